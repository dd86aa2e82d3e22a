// Window: see window.h.
#include "customers/window.h"

#include <algorithm>

namespace noshare::customers {

namespace {

using config::ColumnType;

constexpr std::size_t kMostWords = 2000;      // of one window
constexpr std::size_t kLongestAddress = 254;  // RFC 5321 section 4.5.3.1.3

bool is_local_char(char c) {
  return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view("._%+-'=#").find(c) != std::string_view::npos;
}
bool is_domain_char(char c) {
  return is_ascii_alnum(c) || c == '.' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

AllTypes types_of(const IndexHeader& header, bool primary_only) {
  AllTypes types;
  for (std::uint32_t i = 0; i < header.columns; ++i) {
    const ColumnHeader& column = header.column[i];
    if (primary_only && column.primary == 0) continue;
    TypeFacts& facts = types.of[column.type];
    facts.exists = true;
    facts.lengths |= column.lengths;
    facts.first |= column.first;
    facts.most_words = std::max<std::size_t>(facts.most_words, column.most_words);
  }
  return types;
}

model::Span email_span(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLongestAddress && is_local_char(text[begin - 1])) {
    --begin;
  }
  std::size_t end = at + 1;
  while (end < text.size() && end - at < kLongestAddress && is_domain_char(text[end]))
    ++end;
  while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
  while (begin < at && (text[begin] == '.' || text[begin] == '\'')) ++begin;
  if (begin == at || end == at + 1) return {};
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

void Window::add(ColumnType type, std::string_view form, model::Span place) {
  if (form.empty()) return;
  const std::uint64_t hash = value_hash(index_->hashes_by, type, form, scratch_);
  values_.push_back({column_check(hash), place});
}

void Window::add_days(const std::vector<Word>& words, std::uint32_t offset) {
  const auto add_all = [&](const std::vector<std::string>& days, model::Span place) {
    for (const std::string& day : days) {
      add(ColumnType::kDate, day, {place.begin + offset, place.end + offset});
    }
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& text = words[i].folded;
    if (text.size() == 8 && is_ascii_digit(text.front())) {
      add_all(day_readings(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2)),
              words[i].span);
    }
    if (i + 2 >= words.size()) continue;
    const model::Span place{words[i].span.begin, words[i + 2].span.end};
    constexpr std::uint32_t kLongestDay = 24;
    if (place.end - place.begin > kLongestDay) continue;
    add_all(day_readings(text, words[i + 1].folded, words[i + 2].folded), place);
  }
}

void Window::add_words(std::string_view text, model::Span stretch,
                       const AllTypes& types) {
  const auto words =
      words_of(text.substr(stretch.begin, stretch.end - stretch.begin), kMostWords);
  if (types[ColumnType::kDate].exists) add_days(words, stretch.begin);
  for (const ColumnType type :
       {ColumnType::kName, ColumnType::kAddress, ColumnType::kText}) {
    const TypeFacts& facts = types[type];
    for (std::size_t first = 0; facts.exists && first < words.size(); ++first) {
      const std::size_t most = std::min(facts.most_words, words.size() - first);
      for (std::size_t count = 1; count <= most; ++count) {
        const std::string form = form_of_words(type, &words[first], count);
        if (form.empty() || (facts.lengths & length_bit(form.size())) == 0) continue;
        add(type, form,
            {words[first].span.begin + stretch.begin,
             words[first + count - 1].span.end + stretch.begin});
      }
    }
  }
}

void Window::read(std::string_view text, model::Span stretch, const Index::Impl& index,
                  const AllTypes& types) {
  index_ = &index;
  values_.clear();
  add_words(text, stretch, types);
  const bool numbers = types[ColumnType::kPhone].exists ||
                       types[ColumnType::kId].exists || types[ColumnType::kIban].exists;
  for (std::size_t at = stretch.begin; at < stretch.end;) {
    if (text[at] == '@' && types[ColumnType::kEmail].exists) {
      const model::Span span = email_span(text, at);
      add(ColumnType::kEmail,
          normal_form(ColumnType::kEmail, text.substr(span.begin, span.end - span.begin)),
          span);
    }
    if (!numbers || !is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    find_groups(text, at, run_);
    for_each_number_form(text, run_, types, number_scratch_,
                         [&](ColumnType type, std::string_view form, model::Span span) {
                           add(type, form, span);
                         });
    at = std::max(run_.end, at + 1);
  }
  std::sort(values_.begin(), values_.end(),
            [](const Value& a, const Value& b) { return a.check < b.check; });
}

bool Window::holds(std::uint32_t check, model::Span beside, model::Span& place) const {
  auto at = std::lower_bound(
      values_.begin(), values_.end(), check,
      [](const Value& value, std::uint32_t wanted) { return value.check < wanted; });
  for (; at != values_.end() && at->check == check; ++at) {
    if (at->place.end <= beside.begin || at->place.begin >= beside.end) {
      place = at->place;
      return true;
    }
  }
  return false;
}

}  // namespace noshare::customers
