// Detector: segments to findings. Candidates stay light until it is known which of them
// are reported; only those get their texts, masks and fingerprints.
#include "noshare/detect/detector.h"

#include <algorithm>

#include <fmt/format.h>

#include "noshare/base/fingerprint_maker.h"
#include "noshare/base/text.h"

#include "detect/segment_search.h"
#include "detect/subjects.h"
#include "detect/value_form.h"

namespace noshare::detect {
namespace {

// A settled candidate and where it stands.
struct Found {
  Candidate candidate;
  std::uint32_t segment;
};

// How well a value names a person, by the categories of its entity.
int naming_rank(const config::Pattern& pattern) {
  const auto is = [&](const char* category) {
    return std::find(pattern.categories.begin(), pattern.categories.end(), category) !=
           pattern.categories.end();
  };
  if (pattern.normalise == config::Normalise::kLower && is("contact"))
    return 4;  // e-mail
  if (is("name")) return 3;
  if (is("government_id") || is("tax") || is("health")) return 2;
  return is("contact") || is("financial") || is("payment") || is("address") ? 1 : 0;
}

bool reads_before(const Found& a, const Found& b) {
  return a.segment != b.segment ? a.segment < b.segment
                                : a.candidate.span.begin < b.candidate.span.begin;
}

// Code points in a segment's source text; asked for in rising order, counted once.
class SourcePlaces {
 public:
  SourcePlaces(const model::Segment& segment, bool ascii)
      : segment_(segment), source_(segment.source_text()) {
    ascii_ = segment.source.empty() ? ascii : is_ascii(source_);
  }

  model::Span source_span(model::Span span) const {
    if (segment_.to_source.is_identity()) return span;
    return {segment_.to_source.source_begin(span.begin),
            segment_.to_source.source_end(span.end)};
  }
  std::uint32_t code_points_before(std::uint32_t at) {
    if (ascii_) return at;
    if (at < counted_to_) counted_to_ = count_ = 0;
    count_ += static_cast<std::uint32_t>(count_code_points(
        std::string_view(source_).substr(counted_to_, at - counted_to_)));
    counted_to_ = at;
    return count_;
  }

 private:
  const model::Segment& segment_;
  const std::string& source_;
  bool ascii_;
  std::uint32_t counted_to_ = 0, count_ = 0;
};

// Regions ascend and nest at most a few deep.
bool lies_in(const model::Segment& segment, std::uint32_t at, model::RegionKind kind) {
  constexpr int kMostNested = 8;
  auto region = std::upper_bound(
      segment.regions.begin(), segment.regions.end(), at,
      [](std::uint32_t place, const model::Region& r) { return place < r.span.begin; });
  for (int i = 0; i < kMostNested && region != segment.regions.begin(); ++i) {
    --region;
    if (region->kind == kind && at < region->span.end) return true;
  }
  return false;
}

}  // namespace

struct Detector::Impl {
  std::shared_ptr<const Database> database;
  FingerprintMaker fingerprints;
  SegmentSearch search;
  Weighing weighing;
  SubjectLinker subjects;
  TableView tables = {};  // of the segment that is described
  // The last domain: addresses that stand together often share it.
  std::string last_domain = {};
  Fingerprint last_domain_fingerprint = {};

  const Database::Impl& inside() const { return database->impl(); }
  std::string normalised_value(const CompiledPattern& pattern,
                               std::string_view value) const;
  Fingerprint subject_of(const RawCandidate& raw, std::string_view text) const;
  Fingerprint fingerprint_of_domain(std::string domain);
  Detected described(const Found& found, const model::Segment& segment,
                     const RawCandidate* raw, SourcePlaces& places);
  void describe_all(std::span<const model::Segment> segments,
                    const std::vector<Found>& kept, const std::vector<RawCandidate>& raws,
                    const std::vector<bool>& ascii, std::vector<Detected>& detected);
};

Detector::Detector(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

Result<Detector> Detector::create(std::shared_ptr<const Database> database,
                                  FingerprintKey key) {
  NOSHARE_TRY(SegmentSearch search, SegmentSearch::create(&database->impl()));
  const Database* inside = database.get();
  Weighing weighing(&inside->impl());
  SubjectLinker subjects([inside](const std::string& entity) {
    const config::Pattern* pattern = inside->find(entity);
    return pattern == nullptr ? 0 : naming_rank(*pattern);
  });
  return Detector(std::unique_ptr<Impl>(
      new Impl{std::move(database), FingerprintMaker(key), std::move(search),
               std::move(weighing), std::move(subjects)}));
}

// A recogniser says itself how its values are written, if it knows the text for one.
std::string Detector::Impl::normalised_value(const CompiledPattern& pattern,
                                             std::string_view value) const {
  if (!pattern.recognizer) return normalised(pattern.pattern.normalise, value);
  model::Segment segment;
  segment.text = std::string(value);
  const model::Span whole{0, static_cast<std::uint32_t>(value.size())};
  const Anchor anchor{AnchorKind::kDigits, 0, whole};
  const Window window{whole, {&anchor, 1}};
  std::vector<RawCandidate> raws;
  pattern.recognizer->recognize({segment, segment.text, {&window, 1}, Deadline::never()},
                                raws);
  for (const RawCandidate& raw : raws) {
    if (raw.span == whole && !raw.normalised.empty()) return raw.normalised;
  }
  return normalised(pattern.pattern.normalise, value);
}

Fingerprint Detector::Impl::subject_of(const RawCandidate& raw,
                                       std::string_view text) const {
  if (raw.subject.begin >= raw.subject.end || raw.subject.end > text.size()) return {};
  const std::string_view subject =
      text.substr(raw.subject.begin, raw.subject.end - raw.subject.begin);
  return fingerprints.of("subject", normalised(config::Normalise::kWords, subject));
}

Fingerprint Detector::Impl::fingerprint_of_domain(std::string domain) {
  if (last_domain_fingerprint.is_null() || domain != last_domain) {
    last_domain = std::move(domain);
    last_domain_fingerprint = fingerprints.of("domain", last_domain);
  }
  return last_domain_fingerprint;
}

Detected Detector::Impl::described(const Found& found, const model::Segment& segment,
                                   const RawCandidate* raw, SourcePlaces& places) {
  const Candidate& candidate = found.candidate;
  const CompiledPattern& pattern = inside().patterns[candidate.pattern];
  const std::string_view text = segment.text;
  const model::Span span = candidate.span;
  const std::string_view matched = text.substr(span.begin, span.end - span.begin);
  const model::Span source = places.source_span(span);
  const std::string normal =
      raw != nullptr ? raw->normalised : normalised(pattern.pattern.normalise, matched);

  Detected detected;
  detected.span = span;
  detected.segment = found.segment;
  detected.value =
      Sensitive(segment.source_text().substr(source.begin, source.end - source.begin));
  model::Finding& finding = detected.finding;
  finding.entity = pattern.pattern.id;
  finding.part = segment.part;
  finding.path = segment.path;
  finding.zone = segment.zone;
  finding.start = places.code_points_before(source.begin);
  finding.end = places.code_points_before(source.end);
  finding.masked = masked(finding.entity, matched);
  finding.fingerprint = fingerprints.of(pattern.compared_as, normal);
  if (normal.find('@') != std::string::npos)
    finding.group_fingerprint = fingerprint_of_domain(address_domain(normal));
  if (raw != nullptr) finding.subject_fingerprint = subject_of(*raw, text);
  finding.quoted = lies_in(segment, span.begin, model::RegionKind::kQuoted);
  finding.in_signature = lies_in(segment, span.begin, model::RegionKind::kSignature);
  finding.confidence = weighing.confidence_of(candidate, raw, &finding.why);
  if (candidate.gave_way != Candidate::kNone)
    finding.why.push_back(fmt::format("preferred to {} with {}",
                                      inside().patterns[candidate.gave_way].pattern.id,
                                      candidate.gave_way_confidence));
  return detected;
}

void Detector::Impl::describe_all(std::span<const model::Segment> segments,
                                  const std::vector<Found>& kept,
                                  const std::vector<RawCandidate>& raws,
                                  const std::vector<bool>& ascii,
                                  std::vector<Detected>& detected) {
  detected.reserve(kept.size());
  for (std::size_t i = 0; i < kept.size();) {
    const std::uint32_t number = kept[i].segment;
    const model::Segment& segment = segments[number];
    const std::size_t first = detected.size();
    SourcePlaces places(segment, ascii[number]);
    tables.reset(segment.text, segment.zone);
    weighing.reset(segment, ascii[number], &tables);
    for (; i < kept.size() && kept[i].segment == number; ++i) {
      const std::int32_t raw = kept[i].candidate.raw;
      detected.push_back(described(
          kept[i], segment,
          raw == Candidate::kNoRaw ? nullptr : &raws[static_cast<std::size_t>(raw)],
          places));
    }
    subjects.link(segment, std::span(detected).subspan(first), &tables);
  }
}

Detector::Outcome Detector::detect(std::span<const model::Segment> segments,
                                   Deadline deadline, std::size_t most) {
  Outcome outcome;
  impl_->last_domain_fingerprint = {};
  std::vector<RawCandidate> raws;
  std::vector<Candidate> settled;
  std::vector<Found> kept;
  std::vector<bool> ascii(segments.size());
  const auto keep_best = [&] {
    if (kept.size() <= most) return;
    const auto better = [](const Found& a, const Found& b) {
      return a.candidate.confidence != b.candidate.confidence
                 ? a.candidate.confidence > b.candidate.confidence
                 : reads_before(a, b);
    };
    std::nth_element(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(most),
                     kept.end(), better);
    outcome.dropped += kept.size() - most;
    kept.resize(most);
  };
  for (std::uint32_t number = 0; number < segments.size() && !outcome.timed_out;
       ++number) {
    settled.clear();
    outcome.timed_out = !impl_->search.search(segments[number], deadline, raws, settled);
    ascii[number] = impl_->search.was_ascii();
    for (const Candidate& candidate : settled) kept.push_back({candidate, number});
    if (kept.size() > 8 * most) keep_best();
  }
  keep_best();
  std::sort(kept.begin(), kept.end(), reads_before);
  impl_->describe_all(segments, kept, raws, ascii, outcome.detected);
  return outcome;
}

Fingerprint Detector::fingerprint(const std::string& entity,
                                  std::string_view value) const {
  const auto& inside = impl_->inside();
  const auto found = inside.by_id.find(entity);
  if (found == inside.by_id.end())
    return impl_->fingerprints.of(entity, normalised(config::Normalise::kLower, value));
  const CompiledPattern& pattern = inside.patterns[found->second];
  return impl_->fingerprints.of(pattern.compared_as,
                                impl_->normalised_value(pattern, value));
}

}  // namespace noshare::detect
