// See number_format.h.
#include "extract/documents/number_format.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// A format's signs from left to right: a digit's place, or a literal.
struct FormatSign {
  bool place = false;
  char literal = '\0';  // of a place: '0' fills, '#' does not
};

// Nothing for formats of another kind.
std::optional<std::vector<FormatSign>> signs_of(std::string_view code) {
  code = code.substr(0, code.find(';'));  // of positive numbers
  std::vector<FormatSign> signs;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '0' || c == '#' || c == '?') {
      signs.push_back({true, c});
    } else if (c == '"') {
      for (++i; i < code.size() && code[i] != '"'; ++i) signs.push_back({false, code[i]});
    } else if (c == '\\' && i + 1 < code.size()) {
      signs.push_back({false, code[++i]});
    } else if (c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const std::size_t close = code.find(']', i);
      if (close == std::string_view::npos) return std::nullopt;
      i = close;
    } else if (c == '.') {
      break;
    } else if (is_ascii_alpha(c) || c == '%' || c == '@') {
      return std::nullopt;
    } else if (c != ',') {
      signs.push_back({false, c});
    }
  }
  return signs;
}

}  // namespace

std::string formatted_number(std::string_view number, std::string_view code) {
  const auto signs = signs_of(code);
  if (!signs || number.empty() ||
      !std::all_of(number.begin(), number.end(), is_ascii_digit)) {
    return "";
  }
  const auto is_place = [](const FormatSign& sign) { return sign.place; };
  auto places = std::count_if(signs->begin(), signs->end(), is_place);
  if (places == 0) return "";
  std::string text;  // from right to left
  std::size_t left = number.size();
  for (auto sign = signs->rbegin(); sign != signs->rend(); ++sign) {
    if (!sign->place) {
      text += sign->literal;
      continue;
    }
    if (left > 0) {
      text += number[--left];
    } else if (sign->literal == '0') {
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

std::string NumberFormats::shown(std::string_view number, std::size_t style) const {
  if (style >= styles_.size()) return "";
  const auto code = codes_.find(styles_[style]);
  return code == codes_.end() ? "" : formatted_number(number, code->second);
}

}  // namespace noshare::extract
