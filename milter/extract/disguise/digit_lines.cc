// See digit_lines.h.
#include "extract/disguise/digit_lines.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"

namespace noshare::extract {
bool check_digit_holds(std::span<const Digit> digits) {
  unsigned sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const auto value = static_cast<unsigned>(digit->meant - '0') * (twice ? 2U : 1U);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

void DigitLines::add_written(const DigitToken& token, Digits& digits) const {
  std::size_t at = token.begin;
  for (char digit : token.digits) {
    for (unsigned i = 0; i < token.times; ++i) digits.push_back({digit, at});
    if (token.kind == DigitToken::Kind::kDigits) at += code_point_at(text_, at).bytes;
  }
}

void DigitLines::put(const Digits& digits, std::size_t begin, std::size_t end,
                     std::string_view form) {
  if (out_.full()) return;
  out_.begin(begin);
  for (const Digit& digit : digits) {
    while (!form.empty() && form.front() != 'x') {
      out_.put(form.front(), digit.origin);
      form.remove_prefix(1);
    }
    if (!form.empty()) form.remove_prefix(1);
    out_.put(digit.meant, digit.origin);
  }
  out_.end(end);
}

void DigitLines::put_cells(Digits digits, std::size_t begin, std::size_t end) {
  constexpr std::size_t kMostCells = 1000;
  if (cells_.size() < kMostCells) cells_.push_back({std::move(digits), begin, end});
}

MappedText DigitLines::finish() {
  constexpr std::ptrdiff_t kFewRows = 4;  // too few to tell by
  const auto holding = std::count_if(cells_.begin(), cells_.end(), [](const Cells& one) {
    return check_digit_holds(one.digits);
  });
  const auto rows = static_cast<std::ptrdiff_t>(cells_.size());
  if (rows < kFewRows || 2 * holding >= rows) {
    for (const Cells& one : cells_) put(one.digits, one.begin, one.end, "");
  }
  return out_.finish();
}

}  // namespace noshare::extract
