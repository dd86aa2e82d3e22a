// See number_format.h.
#include "extract/documents/number_format.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// A format's signs from left to right: a digit's place, a text's, or a literal.
struct FormatSign {
  enum Kind { kLiteral, kDigit, kText };
  Kind kind = kLiteral;
  char sign = '\0';  // of a digit's place: '0' fills, '#' does not
};

// For positive numbers, negative ones, zero, and texts.
std::vector<std::string_view> sections_of(std::string_view code) {
  std::vector<std::string_view> sections;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (code[i] == '\\') {
      ++i;
    } else if (code[i] == ';') {
      sections.push_back(code.substr(begin, i - begin));
      begin = i + 1;
    }
  }
  sections.push_back(code.substr(begin));
  return sections;
}

// Nothing for formats of another kind.
std::optional<std::vector<FormatSign>> signs_of(std::string_view code) {
  std::vector<FormatSign> signs;
  const auto literal = [&](char c) { signs.push_back({FormatSign::kLiteral, c}); };
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '0' || c == '#' || c == '?') {
      signs.push_back({FormatSign::kDigit, c});
    } else if (c == '@') {
      signs.push_back({FormatSign::kText, c});
    } else if (c == '"') {
      for (++i; i < code.size() && code[i] != '"'; ++i) literal(code[i]);
    } else if (c == '\\' && i + 1 < code.size()) {
      literal(code[++i]);
    } else if (c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t close = code.find(']', i);
      if (close == std::string_view::npos) return std::nullopt;
      i = close;
    } else if (c == '.') {
      break;
    } else if (is_ascii_alpha(c) || c == '%') {
      return std::nullopt;
    } else if (c != ',') {
      literal(c);
    }
  }
  return signs;
}

std::ptrdiff_t count_of(const std::vector<FormatSign>& signs, FormatSign::Kind kind) {
  return std::count_if(signs.begin(), signs.end(),
                       [&](const FormatSign& sign) { return sign.kind == kind; });
}

std::string literals_of(const std::vector<FormatSign>& signs) {
  std::string text;
  for (const FormatSign& sign : signs) text += sign.sign;
  return text;
}

}  // namespace

std::string formatted_number(std::string_view number, std::string_view code) {
  const auto sections = sections_of(code);
  const bool negative = number.starts_with('-');
  std::size_t section = 0;
  if (negative && sections.size() > 1) section = 1;
  if (number == "0" && sections.size() > 2) section = 2;
  if (negative) number.remove_prefix(1);
  const auto signs = signs_of(sections[section]);
  if (!signs || number.empty() || count_of(*signs, FormatSign::kText) > 0) return "";
  auto places = count_of(*signs, FormatSign::kDigit);
  if (places == 0) return literals_of(*signs);
  if (!std::all_of(number.begin(), number.end(), is_ascii_digit)) return "";
  std::string text;  // from right to left
  std::size_t left = number.size();
  for (auto sign = signs->rbegin(); sign != signs->rend(); ++sign) {
    if (sign->kind != FormatSign::kDigit) {
      text += sign->sign;
      continue;
    }
    if (left > 0) {
      text += number[--left];
    } else if (sign->sign == '0') {
      text += '0';
    }
    // What has no place of its own stands at the first.
    if (--places == 0) {
      while (left > 0) text += number[--left];
    }
  }
  std::reverse(text.begin(), text.end());
  return text == number ? "" : text;
}

std::string formatted_text(std::string_view text, std::string_view code) {
  constexpr std::size_t kOfTexts = 3;
  const auto sections = sections_of(code);
  const auto signs =
      signs_of(sections.size() > kOfTexts ? sections[kOfTexts] : sections.back());
  if (!signs || count_of(*signs, FormatSign::kDigit) > 0) return "";
  const bool takes_text = count_of(*signs, FormatSign::kText) > 0;
  if (!takes_text && sections.size() <= kOfTexts) return "";  // of numbers
  std::string shown;
  for (const FormatSign& sign : *signs) {
    sign.kind == FormatSign::kText ? shown.append(text) : shown += sign.sign;
  }
  return shown == text ? "" : shown;
}

void NumberFormats::start(std::string_view name, const XmlAttributes& attributes) {
  constexpr std::size_t kMostStyles = 65'490;  // of a workbook, in Excel
  if (name == "numFmt") {
    codes_[std::string(attributes.get("numFmtId"))] = attributes.get("formatCode");
  }
  if (name == "cellXfs") in_cell_styles_ = true;
  if (name == "xf" && in_cell_styles_ && styles_.size() < kMostStyles) {
    styles_.emplace_back(attributes.get("numFmtId"));
  }
}

void NumberFormats::end(std::string_view name) {
  if (name == "cellXfs") in_cell_styles_ = false;
}

std::string NumberFormats::shown(std::string_view value, std::size_t style,
                                 bool number) const {
  if (style >= styles_.size()) return "";
  const auto code = codes_.find(styles_[style]);
  if (code == codes_.end()) return "";
  return number ? formatted_number(value, code->second)
                : formatted_text(value, code->second);
}

}  // namespace noshare::extract
