#include "scan/customer_findings.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::scan {

namespace {

using customers::Match;

constexpr int kAlone = 90;    // the configuration says that one value is enough
constexpr int kBesides = 95;  // one other value beside it
constexpr int kCertain = 99;  // several
constexpr int kTakesPart =
    40;  // name and address of somebody who is in the thread anyway

// Code points before a byte of a text; asked for in rising order, counted once.
class CodePoints {
 public:
  std::uint32_t before(const std::string& text, std::uint32_t at) {
    if (at < counted_to_) counted_to_ = count_ = 0;
    count_ += static_cast<std::uint32_t>(
        count_code_points(std::string_view(text).substr(counted_to_, at - counted_to_)));
    counted_to_ = at;
    return count_;
  }

 private:
  std::uint32_t counted_to_ = 0;
  std::uint32_t count_ = 0;
};

bool in_region(const model::Segment& segment, std::uint32_t at, model::RegionKind kind) {
  return std::any_of(
      segment.regions.begin(), segment.regions.end(), [&](const auto& one) {
        return one.kind == kind && one.span.begin <= at && at < one.span.end;
      });
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + one_line(name);
  return text;
}

void weigh(const Match& match, const std::vector<Fingerprint>& participants,
           model::Finding& finding) {
  finding.why.push_back("matched a customer by column '" + one_line(match.primary) + "'");
  finding.confidence = kAlone;
  if (!match.secondary.empty()) {
    finding.why.push_back(std::string(match.in_row ? "in the same row: " : "near it: ") +
                          listed(match.secondary));
    finding.confidence = match.secondary.size() == 1 ? kBesides : kCertain;
  }
  const bool takes_part = std::find(participants.begin(), participants.end(),
                                    match.subject) != participants.end();
  if (takes_part && match.contact_only) {
    finding.confidence = kTakesPart;
    finding.why.push_back(
        "names no more than a person who takes part in the thread, now " +
        std::to_string(kTakesPart));
  }
}

detect::Detected described(const Match& match, const model::Segment& segment,
                           const std::vector<Fingerprint>& participants,
                           CodePoints& code_points) {
  detect::Detected detected;
  detected.span = match.span;
  detected.segment = match.segment;
  const std::string& source = segment.source_text();
  model::Span place = match.span;
  if (!segment.to_source.is_identity()) {
    place = {segment.to_source.source_begin(place.begin),
             segment.to_source.source_end(place.end)};
  }
  const std::string value = source.substr(place.begin, place.end - place.begin);
  model::Finding& finding = detected.finding;
  finding.entity = customers::kCustomerEntity;
  finding.part = segment.part;
  finding.path = segment.path;
  finding.zone = segment.zone;
  finding.start = code_points.before(source, place.begin);
  finding.end = code_points.before(source, place.end);
  finding.masked = detect::masked(finding.entity, value);
  finding.fingerprint = match.customer;
  finding.subject_fingerprint = match.subject;
  finding.quoted = in_region(segment, match.span.begin, model::RegionKind::kQuoted);
  finding.in_signature =
      in_region(segment, match.span.begin, model::RegionKind::kSignature);
  weigh(match, participants, finding);
  detected.value = Sensitive(value);
  return detected;
}

struct Owned {
  std::uint32_t segment;
  model::Span span;
  Fingerprint subject;
};

// A value that is a customer's is that customer's, wherever detect has found it.
void name_subjects(const std::vector<Match>& matches,
                   std::vector<detect::Detected>& detected) {
  std::vector<Owned> owned;
  for (const Match& match : matches) {
    for (const model::Span span : match.spans) {
      owned.push_back({match.segment, span, match.subject});
    }
  }
  const auto before = [](const Owned& a, const Owned& b) {
    return std::pair(a.segment, a.span.begin) < std::pair(b.segment, b.span.begin);
  };
  std::sort(owned.begin(), owned.end(), before);
  for (detect::Detected& one : detected) {
    // The last value that begins before the finding ends.
    auto at = std::upper_bound(owned.begin(), owned.end(), one,
                               [](const detect::Detected& found, const Owned& value) {
                                 return std::pair(found.segment, found.span.end) <=
                                        std::pair(value.segment, value.span.begin);
                               });
    if (at == owned.begin()) continue;
    --at;
    if (at->segment == one.segment && at->span.end > one.span.begin) {
      one.finding.subject_fingerprint = at->subject;
    }
  }
}

}  // namespace

model::EntityInfo customer_info() { return {"Customer record", {"customer"}}; }

void add_customer_findings(std::span<const model::Segment> segments,
                           std::vector<Match> matches,
                           const std::vector<Fingerprint>& participants,
                           std::vector<detect::Detected>& detected) {
  if (matches.empty()) return;
  std::stable_sort(matches.begin(), matches.end(), [](const Match& a, const Match& b) {
    return std::pair(a.segment, a.span.begin) < std::pair(b.segment, b.span.begin);
  });
  name_subjects(matches, detected);
  CodePoints code_points;
  std::uint32_t segment = matches.front().segment;
  for (const Match& match : matches) {
    if (match.segment != segment) code_points = CodePoints();
    segment = match.segment;
    detected.push_back(
        described(match, segments[match.segment], participants, code_points));
  }
}

}  // namespace noshare::scan
