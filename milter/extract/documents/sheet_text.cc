// See sheet_text.h.
#include "extract/documents/sheet_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "noshare/base/text.h"

#include "extract/documents/formula.h"
#include "extract/documents/running_text.h"

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
std::string one_cell(std::string_view cell) {
  std::string text(cell);
  for (char& c : text) c = c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  return text;
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
    aids_.replace("\n", origin());
  }
  inside_ = false;
}

void SharedStrings::text(std::string_view text) {
  if (!inside_ || texts_.empty()) return;
  if (in_aid_) return aids_.put(text, origin(), place.verbatim);
  MappedText& last = texts_.back();
  if (mapped_) {
    last.map.add(static_cast<std::uint32_t>(last.text.size()),
                 static_cast<std::uint32_t>(origin()), place.verbatim);
  }
  last.text += text;
}

const MappedText* SharedStrings::show(std::size_t index) {
  if (index >= texts_.size()) return nullptr;
  shown_.resize(texts_.size());
  shown_[index] = true;
  return &texts_[index];
}

MappedText SharedStrings::unshown() const {
  TextBuilder lines = aids_;
  for (std::size_t i = 0; i < texts_.size(); ++i) {
    if (i < shown_.size() && shown_[i]) continue;
    lines.append(texts_[i], 0, 0);
    lines.replace("\n", base);
  }
  return lines.finish(base);
}

namespace {

// "&L", "&C", "&R", "&\"font\"", "&12": where and how a header's text stands (ECMA-376
// part 1, section 18.3.1.46).
MappedText without_header_codes(const MappedText& header, TextBuilder plain) {
  const std::string_view text = header.text;
  const auto copy = [&](std::size_t i) {
    plain.copy(text.substr(i, 1), header.map.source_begin(static_cast<std::uint32_t>(i)));
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '&' || i + 1 == text.size()) {
      copy(i);
    } else if (text[++i] == '&') {
      copy(i);
    } else if (text[i] == '"') {
      i = std::min(text.find('"', i + 1), text.size());
    } else {
      while (i + 1 < text.size() && is_ascii_digit(text[i]) &&
             is_ascii_digit(text[i + 1]))
        ++i;
      plain.replace(" ", header.map.source_begin(static_cast<std::uint32_t>(i)));
    }
  }
  return plain.finish(0);
}

}  // namespace

void SheetText::note_hidden(std::string_view name, const XmlAttributes& attributes) {
  constexpr std::size_t kMostRanges = 1000;
  const std::string_view word = attributes.get("hidden");
  const bool hidden = word == "1" || word == "true";
  if (name == "row") hidden_row_ = hidden;
  hides_cells_ |= hidden;
  if (name != "col" || !hidden || hidden_columns_.size() == kMostRanges) return;
  std::array<std::size_t, 2> ends{};
  for (std::size_t i = 0; i < 2; ++i) {
    const std::string_view end = attributes.get(i == 0 ? "min" : "max");
    std::from_chars(end.data(), end.data() + end.size(), ends[i]);
  }
  hidden_columns_.emplace_back(ends[0], ends[1]);
}

bool SheetText::is_hidden(std::size_t column) const {
  return hidden_row_ ||
         std::any_of(hidden_columns_.begin(), hidden_columns_.end(),
                     [&](const auto& range) {
                       return range.first <= column + 1 && column + 1 <= range.second;
                     });
}

void SheetText::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "row" || name == "col") note_hidden(name, attributes);
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
    if (value.empty()) continue;
    others_.replace(value, origin());  // a program shows it, or checks by it
    others_.replace("\n", origin());
  }
  if (!attributes_say_number(attributes)) return;
  attributes.each([&](std::string_view, std::string_view value) {
    others_.replace(value, origin());
    others_.replace(" ", origin());
  });
  others_.replace("\n", origin());
}

void SheetText::end(std::string_view name) {
  if (in_header_) {
    const MappedText header = header_.finish(origin());
    others_.append(without_header_codes(header, TextBuilder(mapped_)), 0, 0);
  }
  if (in_other_) others_.replace("\n", origin());
  header_.clear();
  inside_ = in_other_ = in_formula_ = in_header_ = false;
  if (name == "c") put_cell();
  if (name == "row" && !(shown_only_ && hidden_row_)) text_.replace("\n", origin());
}

void SheetText::text(std::string_view text) {
  if (inside_) value_.put(text, origin(), place.verbatim);
  if (in_formula_) formula_.append(text);
  if (in_header_) {
    header_.put(text, origin(), place.verbatim);
  } else if (in_other_) {
    others_.put(text, origin(), place.verbatim);
  }
}

// As shown and as stored, where a format or a formula parts them: programs that do not
// reckon leave a value out or keep an old one.
std::string SheetText::shown_by_cell(const std::string& stored) const {
  const bool number = type_.empty() || type_ == "n";
  const std::string reckoned = formula_text(formula_);
  std::string value = number ? whole_number(stored) : "";
  if (value.empty()) value = stored;
  if (value.empty()) value = reckoned;
  if (value.empty()) return value;
  std::string shown = formats_.shown(value, style_, number);
  if (!shown.empty()) shown += ' ';
  shown += value;
  if (!reckoned.empty() && reckoned != value) shown.append(" ").append(reckoned);
  return shown;
}

void SheetText::put_cell() {
  if (shown_only_ && is_hidden(column_)) return;
  const auto tabs = [&](std::size_t count) {
    text_.replace(std::string(count, '\t'), origin());
  };
  if (column_ >= written_) {
    const std::size_t gap = std::min(column_ - written_, kMostEmptyColumns);
    tabs(gap + (written_ > 0 ? 1 : 0));
    written_ = column_ + 1;
  } else {
    tabs(1);
  }
  MappedText value = value_.finish(origin());
  if (type_ == "s") {
    std::size_t index = 0;
    const std::string& number = value.text;
    const auto [end, error] =
        std::from_chars(number.data(), number.data() + number.size(), index);
    const bool known = error == std::errc() && end == number.data() + number.size();
    const MappedText* shared = known ? shared_.show(index) : nullptr;
    value = shared == nullptr ? MappedText{} : *shared;
  }
  const std::string shown = shown_by_cell(value.text);
  if (shown != value.text) {
    // In another form, which leads to where the stored one begins.
    const std::size_t at = value.text.empty() ? origin() : value.map.source_begin(0);
    return text_.replace(one_cell(shown), at);
  }
  value.text = one_cell(value.text);
  text_.append(value, 0, 0);
}

void OpenDocumentTables::start(std::string_view name, const XmlAttributes& attributes) {
  if (name == "table") {
    tables_.push_back({std::string(attributes.get("name")), TextBuilder(mapped_)});
  }
  if (name == "table-cell" || name == "covered-table-cell") start_cell(attributes);
  if (name == "p" && in_cell_ && shown_.size() > 0) shown_.replace(" ", origin());
  if (name == "p") ++paragraphs_;
  if (name == "s") shown_.replace(" ", origin());
}

void OpenDocumentTables::start_cell(const XmlAttributes& attributes) {
  in_cell_ = true;
  paragraphs_ = 0;
  repeated_ = count_of(attributes.get("number-columns-repeated"));
  stored_ = attributes.get("value");
  stored_at_ = origin();
  stored_verbatim_ = false;
  const std::string_view formula = attributes.get("formula");
  if (stored_.empty()) stored_ = attributes.get("string-value");
  if (stored_.empty()) stored_ = formula_text(formula.substr(formula.find('=') + 1));
  shown_.clear();
  if (!mapped_ || stored_.empty()) return;
  attributes.each([&](std::string_view attribute, std::string_view value) {
    if (attribute.substr(attribute.rfind(':') + 1) != "value") return;
    const auto at = attribute_place(place.raw, attribute, value);
    stored_verbatim_ = at.has_value() && value == stored_;
    if (stored_verbatim_) stored_at_ = origin() + *at;
  });
}

void OpenDocumentTables::end(std::string_view name) {
  if (name == "p" && paragraphs_ > 0) --paragraphs_;
  if (tables_.empty()) return;
  TextBuilder& text = tables_.back().text;
  if (name == "table-row") text.replace("\n", origin());
  if (name != "table-cell" && name != "covered-table-cell") return;
  in_cell_ = false;
  const std::string whole = whole_number(stored_);
  if (!whole.empty()) {
    stored_ = whole;
    stored_verbatim_ = false;
  }
  MappedText shown = shown_.finish(origin());
  const bool parted = !stored_.empty() && stored_ != shown.text;
  shown.text = one_cell(shown.text);
  text.append(shown, 0, 0);
  // As displayed and as stored, where rounding or a format parts them.
  if (parted) {
    text.replace(" ", origin());
    text.put(one_cell(stored_), stored_at_, stored_verbatim_);
  }
  text.replace(std::string(repeated_, '\t'), origin());
}

void OpenDocumentTables::text(std::string_view text) {
  if (in_cell_ && paragraphs_ > 0) shown_.put(text, origin(), place.verbatim);
}

}  // namespace noshare::extract
