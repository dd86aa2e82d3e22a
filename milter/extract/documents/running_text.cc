// See running_text.h.
#include "extract/documents/running_text.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "noshare/base/text.h"

#include "extract/html_style.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

bool holds_text(Vocabulary vocabulary, std::string_view name) {
  switch (vocabulary) {
    case Vocabulary::kOoxml:
      return is_one_of(name, std::array{"t"sv, "delText"sv, "instrText"sv, "text"sv,
                                        "v"sv, "delInstrText"sv, "Data"sv});
    case Vocabulary::kOpenDocument:
      return is_one_of(name, std::array{"p"sv, "h"sv});
    case Vocabulary::kAny:
      return true;
  }
  return false;
}

// Elements behind which a new line or a new cell begins.
bool ends_line(std::string_view name) {
  return is_one_of(name,
                   std::array{"p"sv, "h"sv, "tr"sv, "table-row"sv, "si"sv, "list-item"sv,
                              "txbxContent"sv, "comment"sv, "annotation"sv, "Row"sv});
}
bool ends_cell(std::string_view name) {
  return is_one_of(name, std::array{"tc"sv, "table-cell"sv, "cell"sv, "pt"sv, "Cell"sv});
}
bool breaks_line(std::string_view name) {
  return is_one_of(name, std::array{"br"sv, "cr"sv, "line-break"sv});
}

// Properties that name the program that wrote the file. Four numbers of a version read
// like a network address.
bool names_program(std::string_view name) {
  return is_one_of(name, std::array{"generator"sv, "Application"sv, "AppVersion"sv});
}

// Attributes that hold words: alternative texts, fields, values of a document's own.
bool holds_words(std::string_view element, std::string_view name) {
  if (name == "val") {
    return is_one_of(element, std::array{"docVar"sv, "alias"sv, "tag"sv, "lvlText"sv,
                                         "default"sv, "statusText"sv, "helpText"sv});
  }
  if (name == "name") {
    return is_one_of(
        element, std::array{"docVar"sv, "cacheField"sv, "tableColumn"sv, "connection"sv});
  }
  if (name == "v") return true;  // cached values of pivot tables
  return is_one_of(name, std::array{"href"sv, "descr"sv, "title"sv, "instr"sv, "string"sv,
                                    "alt"sv, "string-value"sv, "displayText"sv,
                                    "description"sv, "UnicodeString"sv});
}

bool is_off(std::string_view value) {
  return value == "0" || value == "false" || value == "none" || value == "off";
}

// Half points: text that nobody can read.
bool is_tiny(std::string_view half_points) {
  unsigned size = 100;
  std::from_chars(half_points.data(), half_points.data() + half_points.size(), size);
  return size <= 4;
}

}  // namespace

// What hides all that stands in it.
bool RunningText::hides(std::string_view name, const XmlAttributes& attributes) {
  if (vocabulary_ == Vocabulary::kOoxml) {
    return is_one_of(
        name, std::array{"del"sv, "moveFrom"sv, "delText"sv, "rPh"sv, "instrText"sv});
  }
  if (vocabulary_ != Vocabulary::kOpenDocument) return false;
  if (is_one_of(name, std::array{"note"sv, "annotation"sv, "ruby-text"sv, "desc"sv,
                                 "tracked-changes"sv, "hidden-text"sv})) {
    return true;
  }
  const std::string_view style = attributes.get("style-name");
  return (name == "span" || name == "p") && hidden_styles_.contains(style);
}

void RunningText::note_hidden_style(std::string_view name,
                                    const XmlAttributes& attributes) {
  if (vocabulary_ == Vocabulary::kOoxml) {
    if (name == "r" || name == "rPr") hidden_run_ = false;
    const std::string_view value = attributes.get("val");
    if (name == "vanish" || name == "specVanish") hidden_run_ |= !is_off(value);
    if (name == "color") hidden_run_ |= is_white("#" + std::string(value));
    if (name == "sz") hidden_run_ |= is_tiny(value);
    return;
  }
  if (name == "style") style_ = attributes.get("name");
  if (name != "text-properties" || style_.empty()) return;
  const std::string_view size = attributes.get("font-size");
  if (attributes.get("display") == "none" || is_white(attributes.get("color")) ||
      (size.ends_with("pt") && size.size() <= 4 && size < "2.5pt")) {
    hidden_styles_.insert(style_);
  }
}

void RunningText::read_attributes(std::string_view name,
                                  const XmlAttributes& attributes) {
  attributes.each([&](std::string_view attribute, std::string_view value) {
    const std::string_view whole = attribute;
    const std::size_t colon = attribute.rfind(':');
    if (colon != attribute.npos) attribute.remove_prefix(colon + 1);
    if (value.empty() || !holds_words(name, attribute)) return;
    const auto at = mapped_ ? attribute_place(place.raw, whole, value) : std::nullopt;
    text_.replace(" ", origin());
    text_.put(value, origin() + at.value_or(0), at.has_value());
    text_.replace(" ", origin());
    odd_ = true;
  });
  // A character of a font for symbols: its code lies in the private area.
  const std::string_view code = name == "sym" ? attributes.get("char") : "";
  unsigned value = 0;
  std::from_chars(code.data(), code.data() + code.size(), value, 16);
  const char sign = static_cast<char>(value & 0x7FU);
  if (value >= 0xF020 && value <= 0xF07E) put_sign(std::string_view(&sign, 1));
}

void RunningText::start(std::string_view name, const XmlAttributes& attributes) {
  names_program_ = vocabulary_ == Vocabulary::kAny && names_program(name);
  if (unseen_ > 0 || hides(name, attributes)) {
    ++unseen_;
    odd_ = true;
  }
  if (holds_text(vocabulary_, name)) {
    // A note or a text box inside a paragraph begins its own line.
    if (vocabulary_ == Vocabulary::kOpenDocument && inside_ > 0) separate('\n');
    ++inside_;
  }
  if (vocabulary_ == Vocabulary::kAny) return;
  if (name == "spreadsheet") in_spreadsheet_ = true;
  if (in_spreadsheet_ && name == "table-cell") ++cells_;
  note_hidden_style(name, attributes);
  if (breaks_line(name)) separate('\n');
  if (name == "tab") separate('\t');
  if (name == "noBreakHyphen") put_sign("-");
  if (name == "s" && vocabulary_ == Vocabulary::kOpenDocument) put_sign(" ");
  read_attributes(name, attributes);
}

void RunningText::end(std::string_view name) {
  if (holds_text(vocabulary_, name) && inside_ > 0) --inside_;
  if (vocabulary_ == Vocabulary::kAny || ends_line(name)) separate('\n');
  if (ends_cell(name)) {
    for (TextBuilder* text : {&text_, &shown_}) {
      while (text->text().ends_with('\n')) text->pop_back();
    }
    separate('\t');
  }
  if (unseen_ > 0) --unseen_;
  if (name == "table-cell" && cells_ > 0) --cells_;
  if (name == "r") hidden_run_ = false;
  if (name == "style") style_.clear();
}

void RunningText::text(std::string_view text) {
  if (inside_ == 0 || cells_ > 0) return;
  if (!names_program_) return put(text, origin(), place.verbatim);
  for (char c : text) put_sign(c == '.' ? "_" : std::string_view(&c, 1));
}

void RunningText::put(std::string_view text, std::size_t origin, bool verbatim) {
  text_.put(text, origin, verbatim);
  odd_ = odd_ || hidden_run_;
  if (unseen_ == 0 && !hidden_run_) shown_.put(text, origin, verbatim);
}

void RunningText::separate(char separator) {
  for (TextBuilder* builder : {&text_, &shown_}) {
    if (builder == &shown_ && unseen_ > 0) continue;
    const std::string& text = builder->text();
    if (!text.empty() && (separator == '\t' || text.back() != '\n')) {
      builder->replace(std::string_view(&separator, 1), origin());
    }
  }
}

MappedText RunningText::take_shown() {
  if (!odd_) return {};
  const MappedText shown = shown_.finish(base);
  TextBuilder lines(mapped_);
  append_new_lines(shown.text, text_.text(), lines);
  MappedText result = lines.finish(shown.text.size());
  if (mapped_) result.map = compose(result.map, shown.map, result.text.size());
  return result;
}

}  // namespace noshare::extract
