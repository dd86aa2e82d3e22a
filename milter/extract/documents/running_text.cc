// See running_text.h.
#include "extract/documents/running_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "noshare/base/text.h"

#include "extract/disguise/view_lines.h"

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
  return is_one_of(
      name, std::array{"p"sv, "h"sv, "tr"sv, "table-row"sv, "si"sv, "list-item"sv,
                       "txbxContent"sv, "comment"sv, "annotation"sv, "Row"sv, "rt"sv});
}
bool ends_cell(std::string_view name) {
  return is_one_of(name, std::array{"tc"sv, "table-cell"sv, "cell"sv, "pt"sv, "Cell"sv});
}
bool breaks_line(std::string_view name) {
  return is_one_of(name, std::array{"br"sv, "cr"sv, "line-break"sv});
}

// Properties that name the program that wrote the file. Four numbers of a version read
// like a network address.
// The names of properties of a document's own, which say what their values are.
bool names_property(std::string_view element, std::string_view name) {
  return name == "name" && (element == "property" || element == "user-defined");
}

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

}  // namespace

bool attributes_say_number(const XmlAttributes& attributes) {
  constexpr std::ptrdiff_t kFewestDigits = 9;
  std::string all;
  bool digits = false;
  attributes.each([&](std::string_view name, std::string_view value) {
    if (name.starts_with("xmlns")) return;
    digits |= std::count_if(value.begin(), value.end(), is_ascii_digit) >= kFewestDigits;
    all.append(value).append(" ");
  });
  return digits && says_number(all);
}

// What hides all that stands in it.
bool RunningText::hides(std::string_view name, const XmlAttributes& attributes) const {
  if (vocabulary_ == Vocabulary::kOoxml) {
    return is_one_of(name, std::array{"del"sv, "moveFrom"sv, "delText"sv, "rPh"sv,
                                      "instrText"sv, "rt"sv});
  }
  if (vocabulary_ != Vocabulary::kOpenDocument) return false;
  if (is_one_of(name, std::array{"note"sv, "annotation"sv, "ruby-text"sv, "desc"sv,
                                 "tracked-changes"sv, "hidden-text"sv})) {
    return true;
  }
  if (name == "section" && attributes.get("display") == "none") return true;
  const std::string_view style = attributes.get("style-name");
  return (name == "span" || name == "p") && styles_.hides(style);
}

void RunningText::note_hidden_style(std::string_view name,
                                    const XmlAttributes& attributes) {
  if (vocabulary_ == Vocabulary::kOoxml) {
    if (name == "p") hidden_paragraph_ = false;
    if (name == "r" || name == "rPr") hidden_run_ = hidden_paragraph_;
    const std::string_view value = attributes.get("val");
    if (name == "rStyle") hidden_run_ |= styles_.hides(value);
    if (name == "pStyle") hidden_run_ = hidden_paragraph_ = styles_.hides(value);
    if (name == "rPr") in_properties_ = true;
    // Of drawings: colours of other things stand elsewhere, sizes are hundredths of
    // points.
    const bool drawn = name == "srgbClr" || name == "schemeClr";
    if (drawn && !in_properties_) return;
    if (hidden_by_property(name, attributes).value_or(false)) hidden_run_ = true;
    const std::string_view size = name == "rPr" ? attributes.get("sz") : "";
    hidden_run_ |= size.size() == 3 && size <= "200";
    return;
  }
  styles_.start(name, attributes);
}

void RunningText::read_attributes(std::string_view name,
                                  const XmlAttributes& attributes) {
  const bool telling = attributes_say_number(attributes);
  const bool running = vocabulary_ != Vocabulary::kAny;
  attributes.each([&](std::string_view attribute, std::string_view value) {
    const std::string_view whole = attribute;
    const std::size_t colon = attribute.rfind(':');
    if (colon != attribute.npos) attribute.remove_prefix(colon + 1);
    const bool wanted =
        running ? holds_words(name, attribute) : names_property(name, attribute);
    if (value.empty() || whole.starts_with("xmlns") || (!wanted && !telling)) return;
    const auto at = mapped_ ? attribute_place(place.raw, whole, value) : std::nullopt;
    text_.replace(" ", origin());
    text_.put(value, origin() + at.value_or(0), at.has_value());
    text_.replace(" ", origin());
    odd_ = true;
  });
  if (telling && !running) separate('\n');
}

// Signs that are elements.
void RunningText::read_signs(std::string_view name, const XmlAttributes& attributes) {
  if (name == "noBreakHyphen") put_sign("-");
  if (name == "s" && vocabulary_ == Vocabulary::kOpenDocument) put_sign(" ");
  constexpr std::string_view kOverride = "\xE2\x80\xAE";  // U+202E
  if (name == "bdo" && attributes.get("val") == "rtl") put_sign(kOverride);
  // A character by its code, which lies in the private area in a font for symbols.
  const std::string_view code = name == "sym" ? attributes.get("char") : "";
  unsigned value = 0;
  std::from_chars(code.data(), code.data() + code.size(), value, 16);
  const char sign = static_cast<char>(value & 0x7FU);
  const unsigned area = value & ~0x7FU;
  if (sign >= ' ' && sign <= '~' && (area == 0 || area == 0xF000)) {
    put_sign(std::string_view(&sign, 1));
  }
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
  if (vocabulary_ == Vocabulary::kAny) return read_attributes(name, attributes);
  if (name == "spreadsheet") in_spreadsheet_ = true;
  if (in_spreadsheet_ && name == "table-cell") ++cells_;
  note_hidden_style(name, attributes);
  if (breaks_line(name)) separate('\n');
  if (name == "tab") separate('\t');
  begin_box(name, attributes);
  read_signs(name, attributes);
  read_attributes(name, attributes);
}

// Boxes of slides and drawings, where they stand: in thousandths of a millimetre.
void RunningText::begin_box(std::string_view name, const XmlAttributes& attributes) {
  const bool box = name == "sp" || name == "frame" || name == "graphicFrame";
  if (box && box_depth_++ == 0) {
    box_begin_ = text_.size();
    box_place_ = -1;
  }
  constexpr std::array<std::string_view, 2> kNames = {"x", "y"};
  std::array<double, 2> spot{};
  if (!(name == "off" && box_depth_ > 0) && !(name == "frame" && box_depth_ == 1)) return;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const std::string_view value = attributes.get(kNames[i]);
    double number = 0;
    const char* end = value.data() + value.size();
    if (std::from_chars(value.data(), end, number).ec != std::errc()) return;
    const double unit = value.ends_with("cm")   ? 10'000
                        : value.ends_with("mm") ? 1'000
                        : value.ends_with("in") ? 25'400
                        : value.ends_with("pt") ? 353
                                                : 1.0 / 36;  // English Metric Units
    spot[i] = std::clamp(number * unit, 0.0, 10'000'000.0);
  }
  constexpr long long kLine = 3'000;  // closer boxes stand beside each other
  constexpr long long kWidest = 1LL << 24U;
  if (box_place_ >= 0) return;
  box_place_ = std::llround(spot[1]) / kLine * kWidest + std::llround(spot[0]);
}

void RunningText::end_box(std::string_view name) {
  constexpr std::size_t kMostBoxes = 2000;
  const bool box = name == "sp" || name == "frame" || name == "graphicFrame";
  if (!box || box_depth_ == 0 || --box_depth_ > 0 || box_place_ < 0) return;
  if (box_begin_ == text_.size() || boxes_.size() == kMostBoxes) return;
  boxes_.push_back({box_place_,
                    {static_cast<std::uint32_t>(box_begin_),
                     static_cast<std::uint32_t>(text_.size())}});
}

MappedText RunningText::placed(const MappedText& whole) {
  const auto before = [](const HtmlOrder::Piece& one, const HtmlOrder::Piece& other) {
    return one.place < other.place;
  };
  if (std::is_sorted(boxes_.begin(), boxes_.end(), before)) return {};
  HtmlOrder order;
  order.arrange(std::move(boxes_));
  return order.applied(whole, whole.text, mapped_);
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
  if (name == "r") hidden_run_ = hidden_paragraph_;
  if (name == "rPr") in_properties_ = false;
  end_box(name);
  if (name == "p") hidden_run_ = hidden_paragraph_ = false;
  constexpr std::string_view kOverrideEnds = "\xE2\x80\xAC";  // U+202C
  if (name == "bdo") put_sign(kOverrideEnds);
  if (vocabulary_ == Vocabulary::kOpenDocument) styles_.end(name);
}

void RunningText::comment(std::string_view text) {
  if (!says_number(text)) return;
  separate('\n');
  put_sign(text);
  separate('\n');
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
