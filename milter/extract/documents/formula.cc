// See formula.h.
#include "extract/documents/formula.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "noshare/base/text.h"

#include "extract/documents/number_format.h"
#include "extract/documents/xml.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kMostBytes = 4096;  // of a formula, and of what it shows
constexpr unsigned kDeepest = 16;

using Text = std::optional<std::string>;  // nothing: not worked out
using Texts = std::vector<std::string>;

std::size_t number_of(std::string_view text) {
  std::size_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return std::min(number, kMostBytes);
}

std::string joined(const Texts& parts, std::size_t first, std::string_view between) {
  std::string text;
  for (std::size_t i = first; i < parts.size(); ++i) {
    if (i > first) text += between;
    text += parts[i];
  }
  return text;
}

std::string repeated(const Texts& parts) {
  std::string text;
  const std::size_t count = number_of(parts[1]);
  for (std::size_t i = 0; i < count && text.size() < kMostBytes; ++i) text += parts[0];
  return text;
}

std::string substituted(const Texts& parts) {
  std::string text = parts[0];
  if (parts[1].empty()) return text;
  for (std::size_t at = text.find(parts[1]);
       at != std::string::npos && text.size() < kMostBytes;
       at = text.find(parts[1], at + parts[2].size())) {
    text.replace(at, parts[1].size(), parts[2]);
  }
  return text;
}

// What a function makes of its arguments.
Text called(std::string_view name, const Texts& parts) {
  const std::size_t count = parts.size();
  if (name == "CONCATENATE" || name == "CONCAT") return joined(parts, 0, "");
  if (name == "TEXTJOIN" && count > 2) return joined(parts, 2, parts[0]);
  if (count == 1) {
    if (name == "CHAR" || name == "UNICHAR") {
      std::string sign;
      append_utf8(sign, static_cast<char32_t>(number_of(parts[0])));
      return sign;
    }
    if (name == "LOWER") return ascii_lowered(parts[0]);
    if (name == "TRIM") return std::string(trimmed(parts[0]));
    if (name == "UPPER") {
      std::string text = parts[0];
      for (char& c : text) c = ascii_upper(c);
      return text;
    }
    if (is_one_of(name, std::array{"T"sv, "VALUE"sv, "FIXED"sv, "CLEAN"sv})) {
      return parts[0];
    }
  }
  if (count == 2) {
    const std::size_t size = parts[0].size();
    const std::size_t taken = std::min(number_of(parts[1]), size);
    if (name == "LEFT") return parts[0].substr(0, taken);
    if (name == "RIGHT") return parts[0].substr(size - taken);
    if (name == "REPT") return repeated(parts);
    if (name == "TEXT") {
      const std::string shown = formatted_number(parts[0], parts[1]);
      return shown.empty() ? parts[0] : shown;
    }
  }
  if (count == 3 && name == "MID") {
    const std::size_t begin = std::max<std::size_t>(number_of(parts[1]), 1) - 1;
    return parts[0].substr(std::min(begin, parts[0].size()), number_of(parts[2]));
  }
  if (count == 3 && name == "SUBSTITUTE") return substituted(parts);
  return std::nullopt;
}

class Formula {
 public:
  explicit Formula(std::string_view text) : text_(text) {}

  Text whole() {
    Text text = concatenation(0);
    skip_blanks();
    return at_ == text_.size() ? text : std::nullopt;
  }

 private:
  // a & b & ...
  Text concatenation(unsigned depth) {
    if (depth > kDeepest) return std::nullopt;
    std::string text;
    do {
      const Text one = operand(depth);
      if (!one || text.size() > kMostBytes) return std::nullopt;
      text += *one;
    } while (takes('&'));
    return text;
  }

  Text operand(unsigned depth) {
    skip_blanks();
    if (takes('"')) return literal();
    if (takes('(')) {
      Text inside = concatenation(depth + 1);
      return takes(')') ? inside : std::nullopt;
    }
    const std::size_t begin = at_;
    const auto is_name = [](char c) { return is_ascii_alnum(c) || c == '_' || c == '.'; };
    while (at_ < text_.size() && is_name(text_[at_])) ++at_;
    std::string_view name = text_.substr(begin, at_ - begin);
    if (takes('(')) {
      name.remove_prefix(name.rfind('.') + 1);  // "_xlfn.CONCAT", "COM.MICROSOFT.CONCAT"
      return call(name, depth);
    }
    const bool number =
        !name.empty() && std::all_of(name.begin(), name.end(), is_ascii_digit);
    if (number || name == "TRUE" || name == "FALSE") return std::string(name);
    return std::nullopt;  // of another cell, most likely
  }

  // Behind its quotation mark, which is written twice inside.
  Text literal() {
    std::string text;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '"' && (at_ == text_.size() || text_[at_] != '"')) return text;
      if (c == '"') ++at_;
      text += c;
    }
    return std::nullopt;
  }

  Text call(std::string_view name, unsigned depth) {
    Texts parts;
    std::size_t bytes = 0;
    do {
      skip_blanks();
      if (takes(')')) return called(name, parts);
      Text one = concatenation(depth + 1);
      if (!one || (bytes += one->size()) > kMostBytes) return std::nullopt;
      parts.push_back(std::move(*one));
    } while (takes(',') || takes(';'));
    return takes(')') ? called(name, parts) : std::nullopt;
  }

  bool takes(char sign) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != sign) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (at_ < text_.size() && is_ascii_space(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string formula_text(std::string_view formula) {
  if (formula.size() > kMostBytes) return "";
  return Formula(formula).whole().value_or("");
}

}  // namespace noshare::extract
