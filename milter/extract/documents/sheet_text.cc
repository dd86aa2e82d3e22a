// See sheet_text.h.
#include "extract/documents/sheet_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostColumns = 16'384;   // of a sheet, in Excel and in Calc
constexpr std::size_t kMostEmptyColumns = 64;  // more are one gap

// Column of a reference: "AB12" is 27. What is no reference: the column given.
std::size_t column_of(std::string_view reference, std::size_t otherwise) {
  std::size_t column = 0;
  for (char c : reference) {
    if (!is_ascii_alpha(c)) break;
    column = column * 26 + static_cast<std::size_t>(ascii_upper(c) - 'A') + 1;
    if (column > kMostColumns) return otherwise;
  }
  return column == 0 ? otherwise : column - 1;
}

unsigned count_of(std::string_view text) {
  unsigned count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::clamp(count, 1U, static_cast<unsigned>(kMostEmptyColumns));
}

// A cell's text must not look like several cells or rows.
void append_cell(std::string& text, std::string_view cell) {
  for (char c : cell) text += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
}

}  // namespace

std::string whole_number(std::string_view stored) {
  if (stored.find_first_of("eE") == std::string_view::npos) return "";
  double value = 0;
  const auto [end, error] =
      std::from_chars(stored.data(), stored.data() + stored.size(), value);
  constexpr double kMost = 1e20;
  if (error != std::errc() || end != stored.data() + stored.size() || value < 1 ||
      value >= kMost || value != std::floor(value)) {
    return "";
  }
  char digits[32];
  const auto done =
      std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed, 0);
  return {digits, done.ptr};
}

void SharedStrings::start(std::string_view name, const XmlAttributes&) {
  if (name == "si") texts_.emplace_back();
  if (name == "rPh") in_aid_ = true;
  inside_ = name == "t";
}

void SharedStrings::end(std::string_view name) {
  if (name == "rPh") {
    in_aid_ = false;
    aids_ += '\n';
  }
  inside_ = false;
}

void SharedStrings::text(std::string_view text) {
  if (!inside_ || texts_.empty()) return;
  (in_aid_ ? aids_ : texts_.back()).append(text);
}

std::string_view SharedStrings::show(std::size_t index) {
  if (index >= texts_.size()) return "";
  shown_.resize(texts_.size());
  shown_[index] = true;
  return texts_[index];
}

std::string SharedStrings::unshown() const {
  std::string lines = aids_;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (i >= shown_.size() || !shown_[i]) lines += texts_[i] + "\n";
  }
  return lines;
}

namespace {

// "&L", "&C", "&R", "&\"font\"", "&12": where and how a header's text stands (ECMA-376
// part 1, section 18.3.1.46).
std::string without_header_codes(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&' || i + 1 == text.size()) {
      plain += text[i];
    } else if (text[++i] == '&') {
      plain += '&';
    } else if (text[i] == '"') {
      i = std::min(text.find('"', i + 1), text.size());
    } else {
      while (i + 1 < text.size() && is_ascii_digit(text[i]) &&
             is_ascii_digit(text[i + 1]))
        ++i;
      plain += ' ';
    }
  }
  return plain;
}

// What a formula of texts joined by "&" shows; "" for any other.
std::string joined_literals(std::string_view formula) {
  std::string shown;
  for (std::size_t at = 0; at < formula.size();) {
    if (formula[at] != '"') return "";
    const std::size_t end = formula.find('"', at + 1);
    if (end == std::string_view::npos) return "";
    shown += formula.substr(at + 1, end - at - 1);
    at = end + 1;
    while (at < formula.size() && (formula[at] == '&' || formula[at] == ' ')) ++at;
  }
  return shown;
}

}  // namespace

void SheetText::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row") written_ = column_ = 0;
  if (name == "c") {
    type_ = attributes.get("t");
    column_ = column_of(attributes.get("r"), written_);
    value_.clear();
    formula_.clear();
    style_ = 0;
    const std::string_view style = attributes.get("s");
    std::from_chars(style.data(), style.data() + style.size(), style_);
  }
  inside_ = name == "v" || name == "t";
  in_formula_ = name == "f";
  in_header_ = name.ends_with("Header") || name.ends_with("Footer");
  constexpr std::array<std::string_view, 10> kOthers = {
      "f",           "oddHeader",   "oddFooter", "evenHeader", "evenFooter",
      "firstHeader", "firstFooter", "formula",   "formula1",   "formula2"};
  in_other_ = std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
  for (std::string_view words :
       {"prompt", "promptTitle", "error", "tooltip", "display"}) {
    const std::string_view value = attributes.get(words);
    if (!value.empty()) others_.append(value).append("\n");
  }
}

void SheetText::end(std::string_view name) {
  if (in_header_) others_ += without_header_codes(header_);
  if (in_other_) others_ += '\n';
  header_.clear();
  inside_ = in_other_ = in_formula_ = in_header_ = false;
  if (name == "c") put_cell();
  if (name == "row") text_ += '\n';
}

void SheetText::text(std::string_view text) {
  if (inside_) value_.append(text);
  if (in_formula_) formula_.append(text);
  if (in_header_) {
    header_.append(text);
  } else if (in_other_) {
    others_.append(text);
  }
}

// As shown and as stored, where a format parts them.
std::string SheetText::number_of_cell(std::string_view stored) const {
  std::string whole = whole_number(stored);
  if (whole.empty()) whole = stored;
  const std::string shown = formats_.shown(whole, style_);
  return shown.empty() ? whole : shown + " " + whole;
}

void SheetText::put_cell() {
  if (column_ >= written_) {
    const std::size_t gap = std::min(column_ - written_, kMostEmptyColumns);
    text_.append(gap + (written_ > 0 ? 1 : 0), '\t');
    written_ = column_ + 1;
  } else {
    text_ += '\t';
  }
  // Programs that do not reckon leave the value out.
  if (value_.empty()) value_ = joined_literals(formula_);
  std::string_view cell = value_;
  if (type_ == "s") {
    std::size_t index = 0;
    const auto [end, error] =
        std::from_chars(value_.data(), value_.data() + value_.size(), index);
    const bool known = error == std::errc() && end == value_.data() + value_.size();
    cell = known ? shared_.show(index) : std::string_view();
  }
  const bool number = type_.empty() || type_ == "n";
  if (number && !cell.empty()) {
    append_cell(text_, number_of_cell(cell));
  } else {
    append_cell(text_, cell);
  }
}

void OpenDocumentTables::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "table") tables_.push_back({std::string(attributes.get("name")), ""});
  if (name == "table-cell" || name == "covered-table-cell") {
    in_cell_ = true;
    paragraphs_ = 0;
    repeated_ = count_of(attributes.get("number-columns-repeated"));
    stored_ = attributes.get("value");
    shown_.clear();
  }
  if (name == "p" && in_cell_ && !shown_.empty()) shown_ += ' ';
  if (name == "p") ++paragraphs_;
  if (name == "s") shown_ += ' ';
}

void OpenDocumentTables::end(std::string_view name) {
  if (name == "p" && paragraphs_ > 0) --paragraphs_;
  if (tables_.empty()) return;
  std::string& text = tables_.back().text;
  if (name == "table-row") text += '\n';
  if (name != "table-cell" && name != "covered-table-cell") return;
  in_cell_ = false;
  const std::string whole = whole_number(stored_);
  if (!whole.empty()) stored_ = whole;
  append_cell(text, shown_);
  // As displayed and as stored, where rounding or a format parts them.
  if (!stored_.empty() && stored_ != shown_) {
    text += ' ';
    append_cell(text, stored_);
  }
  text.append(repeated_, '\t');
}

void OpenDocumentTables::text(std::string_view text) {
  if (in_cell_ && paragraphs_ > 0) shown_.append(text);
}

}  // namespace noshare::extract
