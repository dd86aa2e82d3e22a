// Matcher: primary values found in a text, then their customers' other values beside
// them.
#include <algorithm>
#include <unordered_map>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "noshare/customers/index.h"

#include "customers/window.h"

namespace noshare::customers {

namespace {

using config::ColumnType;

constexpr std::size_t kSharedByAtMost = 64;  // as the indexer has it
constexpr std::size_t kPause = 256 * 1024;   // bytes between looks at the clock

// Where a primary value may begin: a digit, '@', and a capital or a letter beyond ASCII
// when names are looked for.
bool is_interesting(char c, bool capitals) {
  return is_ascii_digit(c) || c == '@' ||
         (capitals && (is_ascii_upper(c) || static_cast<unsigned char>(c) >= 0xC3));
}

// The first such place from `at` on; the text's size if there is none.
std::size_t next_interesting(std::string_view text, std::size_t at, bool capitals) {
#if defined(__SSE2__)
  const auto among = [](__m128i bytes, char first, char count) {
    const __m128i from = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
    return _mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8(count)), from);
  };
  for (; at + 16 <= text.size(); at += 16) {
    const __m128i bytes =
        _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
    // Digits, and '@'; with capitals '@' to 'Z' is one range.
    __m128i found =
        _mm_or_si128(among(bytes, '0', 9), among(bytes, '@', capitals ? 26 : 0));
    auto mask = static_cast<unsigned>(_mm_movemask_epi8(found));
    if (capitals) mask |= static_cast<unsigned>(_mm_movemask_epi8(bytes));
    if (mask != 0) return at + static_cast<std::size_t>(__builtin_ctz(mask));
  }
#endif
  while (at < text.size() && !is_interesting(text[at], capitals)) ++at;
  return at;
}

// Rows are no longer than this on either side of a value, so that a line of megabytes
// costs no more than others.
constexpr std::size_t kLongestHalfRow = 4096;

model::Span line_at(std::string_view text, std::size_t at) {
  const std::size_t least = at > kLongestHalfRow ? at - kLongestHalfRow : 0;
  const std::size_t most = std::min(text.size(), at + kLongestHalfRow);
  std::size_t begin = at;
  while (begin > least && text[begin - 1] != '\n') --begin;
  std::size_t end = at;
  while (end < most && text[end] != '\n') ++end;
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

// Lines beside each other with as many separators, two or more, are rows of a table.
bool is_row(std::string_view text, model::Span line) {
  const auto slice = [&](model::Span span) {
    return text.substr(span.begin, span.end - span.begin);
  };
  if (slice(line).find('\t') != std::string_view::npos) return true;
  for (const char separator : {',', ';', '|'}) {
    const auto count = [&](model::Span span) {
      const auto part = slice(span);
      return std::count(part.begin(), part.end(), separator);
    };
    const auto mine = count(line);
    if (mine < 2) continue;
    if (line.begin > 0 && count(line_at(text, line.begin - 1)) == mine) return true;
    if (line.end + 1 < text.size() && count(line_at(text, line.end + 1)) == mine)
      return true;
  }
  return false;
}

bool is_contact(ColumnType type) {
  return type == ColumnType::kName || type == ColumnType::kEmail ||
         type == ColumnType::kPhone;
}

// One text tells one thing: "Smith" within "John Smith" is no second column.
bool is_apart(const std::vector<model::Span>& spans, model::Span place) {
  return std::none_of(spans.begin(), spans.end(), [&](model::Span one) {
    return one.begin < place.end && place.begin < one.end;
  });
}

}  // namespace

struct Matcher::Impl {
  std::shared_ptr<const Index> index;
  std::size_t needed = 1;
  std::uint32_t within = 300;
  AllTypes primary;
  AllTypes all;
};

// One segment's search.
class SegmentMatch {
 public:
  SegmentMatch(const Matcher::Impl& matcher, const Index::Impl& index,
               const model::Segment& segment, std::uint32_t number,
               std::vector<Match>& into)
      : matcher_(matcher),
        index_(index),
        text_(segment.text),
        number_(number),
        into_(into) {
    for (const model::Region& one : segment.regions) {
      if (one.kind == model::RegionKind::kSignature) signatures_.push_back(one.span);
    }
  }

  bool run(Deadline deadline, std::size_t most) {
    const bool words = has_words();
    const bool numbers = has_numbers();
    std::size_t pause = kPause;
    std::size_t at = 0;
    while (into_.size() < most) {
      at = next_interesting(text_, at, words);
      if (at >= text_.size()) return true;
      if (at > pause) {
        if (deadline.expired()) return false;
        pause = at + kPause;
      }
      const char c = text_[at];
      if (c == '@') {
        try_email(at++);
      } else if (is_ascii_digit(c)) {
        at = numbers ? try_numbers(at) : at + 1;
      } else {
        at = try_words(at);
      }
    }
    return true;
  }

 private:
  bool has_words() const {
    return matcher_.primary[ColumnType::kName].exists ||
           matcher_.primary[ColumnType::kAddress].exists ||
           matcher_.primary[ColumnType::kText].exists;
  }
  bool has_numbers() const {
    return matcher_.primary[ColumnType::kPhone].exists ||
           matcher_.primary[ColumnType::kId].exists ||
           matcher_.primary[ColumnType::kIban].exists;
  }

  void try_email(std::size_t at) {
    if (!matcher_.primary[ColumnType::kEmail].exists) return;
    const model::Span span = email_span(text_, at);
    if (span.begin == span.end) return;
    try_form(
        ColumnType::kEmail,
        normal_form(ColumnType::kEmail, text_.substr(span.begin, span.end - span.begin)),
        span);
  }

  std::size_t try_numbers(std::size_t at) {
    find_groups(text_, at, run_);
    for_each_number_form(text_, run_, matcher_.primary, scratch_,
                         [&](ColumnType type, std::string_view form, model::Span span) {
                           try_form(type, form, span);
                         });
    return std::max(run_.end, at + 1);
  }

  // Words from a capital on, two or more: a word alone names nobody.
  std::size_t try_words(std::size_t at) {
    constexpr std::size_t kMostBytes = 160;
    const std::size_t next = word_end(at);
    const bool inside_word = at > 0 && is_ascii_alnum(text_[at - 1]);
    if (inside_word) return next;
    for (const ColumnType type :
         {ColumnType::kName, ColumnType::kAddress, ColumnType::kText}) {
      const TypeFacts& facts = matcher_.primary[type];
      if (!facts.exists) continue;
      const auto words = words_of(text_.substr(at, kMostBytes), facts.most_words);
      for (std::size_t count = 2; count <= words.size(); ++count) {
        if (type == ColumnType::kName && !words[count - 1].capital) break;
        const std::string form = form_of_words(type, words.data(), count);
        if ((facts.lengths & length_bit(form.size())) == 0) continue;
        const auto begin = static_cast<std::uint32_t>(at);
        try_form(type, form, {begin, begin + words[count - 1].span.end});
      }
    }
    return next;
  }

  std::size_t word_end(std::size_t at) const {
    const std::size_t begin = at;
    while (at < text_.size() &&
           (is_ascii_alpha(text_[at]) || static_cast<unsigned char>(text_[at]) >= 0x80)) {
      ++at;
    }
    return std::max(at, begin + 1);
  }

  void try_form(ColumnType type, std::string_view form, model::Span span) {
    if (form.empty()) return;
    const std::uint64_t hash = value_hash(index_.hashes_by, type, form, hash_scratch_);
    if (!index_.may_hold(hash)) return;
    std::size_t owners = 0;
    index_.find(hash, [&](std::uint32_t record) {
      if (++owners <= kSharedByAtMost) try_record(record, hash, span);
    });
  }

  void try_record(std::uint32_t record, std::uint64_t hash, model::Span span) {
    const Fingerprint customer = index_.customer(record);
    if (customer.is_null()) return;
    Match match;
    read_window(span);
    const std::uint32_t primary = column_check(hash);
    match.contact_only = true;
    for (std::size_t i = 0; i < index_.header.columns; ++i) {
      const std::uint32_t check = index_.check(record, i);
      model::Span place;
      if (check == 0) continue;
      if (check == primary && match.primary.empty()) {
        match.primary = index_.facts.columns[i].name;
      } else if (check != primary && window_.holds(check, span, place) &&
                 is_apart(match.spans, place)) {
        match.secondary.push_back(index_.facts.columns[i].name);
        match.spans.push_back(place);
      } else {
        continue;
      }
      match.contact_only = match.contact_only && is_contact(index_.facts.columns[i].type);
    }
    // A column whose check does not agree: another value with the same 64 bits, or a
    // damaged file.
    if (match.primary.empty() || match.secondary.size() < matcher_.needed) return;
    match.segment = number_;
    match.span = span;
    match.spans.insert(match.spans.begin(), span);
    match.customer = customer;
    match.subject = index_.subject(record);
    match.in_row = in_row_;
    keep(std::move(match), record);
  }

  // Each customer once: where most of their data stand.
  void keep(Match match, std::uint32_t record) {
    const auto [known, is_new] = kept_.try_emplace(record, into_.size());
    if (is_new) {
      into_.push_back(std::move(match));
    } else if (Match& earlier = into_[known->second];
               earlier.secondary.size() < match.secondary.size()) {
      earlier = std::move(match);
    }
  }

  // A signature names its writer, the text around it others: the sender's number and a
  // name that somebody quotes are no customer together.
  void stay_on_side(model::Span span, model::Span& stretch) const {
    for (const model::Span& one : signatures_) {
      if (one.end <= span.begin) {
        stretch.begin = std::max(stretch.begin, one.end);
      } else if (one.begin >= span.end) {
        stretch.end = std::min(stretch.end, one.begin);
      } else {
        stretch.begin = std::max(stretch.begin, one.begin);
        stretch.end = std::min(stretch.end, one.end);
      }
    }
  }

  void read_window(model::Span span) {
    const model::Span line = line_at(text_, span.begin);
    in_row_ = is_row(text_, line);
    model::Span stretch = line;
    if (!in_row_) {
      stretch.begin = span.begin > matcher_.within ? span.begin - matcher_.within : 0;
      stretch.end = static_cast<std::uint32_t>(
          std::min<std::size_t>(text_.size(), std::size_t{span.end} + matcher_.within));
      stay_on_side(span, stretch);
    }
    if (stretch == last_ && has_last_) return;
    window_.read(text_, stretch, index_, matcher_.all);
    last_ = stretch;
    has_last_ = true;
  }

  const Matcher::Impl& matcher_;
  const Index::Impl& index_;
  std::string_view text_;
  std::vector<model::Span> signatures_;
  std::uint32_t number_;
  std::vector<Match>& into_;
  std::unordered_map<std::uint32_t, std::size_t> kept_;  // record to place in into_
  GroupRun run_;
  std::string scratch_;
  std::string hash_scratch_;
  Window window_;
  model::Span last_;
  bool has_last_ = false;
  bool in_row_ = false;
};

Matcher::Matcher(std::shared_ptr<const Index> index, const config::Customers& settings)
    : impl_(std::make_unique<Impl>()) {
  impl_->needed = settings.secondary;
  impl_->within = settings.within_chars;
  impl_->primary = types_of(index->impl().header, true);
  impl_->all = types_of(index->impl().header, false);
  impl_->index = std::move(index);
}
Matcher::~Matcher() = default;
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;

Matcher::Outcome Matcher::match(std::span<const model::Segment> segments,
                                Deadline deadline, std::size_t most) const {
  Outcome outcome;
  for (std::uint32_t i = 0; i < segments.size() && !outcome.timed_out; ++i) {
    SegmentMatch search(*impl_, impl_->index->impl(), segments[i], i, outcome.matches);
    outcome.timed_out = !search.run(deadline, most);
  }
  return outcome;
}

}  // namespace noshare::customers
