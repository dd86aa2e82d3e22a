// Which texts of an office document of Microsoft's may be masked (ECMA-376). See
// mask_writer.h.
#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "extract/documents/mask_writer.h"
#include "extract/mask.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

// Texts that no program reckons by: runs (ECMA-376 part 1, sections 17, 18, 20), headers
// of sheets, and properties that are words (part 2, section 11; part 1, section 22.2).
bool is_words(std::string_view element) {
  return is_one_of(
      element,
      std::array{"t"sv,          "delText"sv,        "instrText"sv,   "delInstrText"sv,
                 "text"sv,       "oddHeader"sv,      "oddFooter"sv,   "evenHeader"sv,
                 "evenFooter"sv, "firstHeader"sv,    "firstFooter"sv, "title"sv,
                 "subject"sv,    "creator"sv,        "keywords"sv,    "description"sv,
                 "category"sv,   "lastModifiedBy"sv, "Company"sv,     "contentStatus"sv,
                 "Manager"sv,    "HyperlinkBase"sv,  "lpwstr"sv,      "lpstr"sv,
                 "bstr"sv});
}

bool is_words(std::string_view element, std::string_view attribute) {
  const std::size_t colon = attribute.rfind(':');
  if (colon != attribute.npos) attribute.remove_prefix(colon + 1);
  if (attribute == "Target") return element == "Relationship";
  if (attribute == "v") return element == "s";  // a text in the cache of a pivot table
  if (attribute == "val") {
    return is_one_of(element, std::array{"docVar"sv, "alias"sv, "tag"sv});
  }
  return is_one_of(attribute, std::array{"descr"sv, "title"sv, "alt"sv, "href"sv,
                                         "string"sv, "instr"sv});
}

class OoxmlMaskWriter final : public MaskWriter {
 public:
  OoxmlMaskWriter(std::string_view member, std::vector<PackageMark> marks)
      : MaskWriter(std::move(marks)),
        any_words_(member.starts_with("customXml/")),
        sheet_(member.starts_with("xl/worksheets/")) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    open_.emplace_back(name);
    if (name == "c") {
      cell_ = {place.begin, place.raw, std::string(attributes.get("t")), false, {}};
      value_ = {0, 0};
    }
    if (name == "f") cell_.formula = true;
    if (!has_marks(place.begin, place.raw.size())) return;
    attributes.each([&](std::string_view attribute, std::string_view value) {
      if (is_words(name, attribute)) mask_attribute(attribute, value);
    });
  }

  void end(std::string_view name) override {
    if (name == "v" && sheet_) finish_value();
    if (!open_.empty()) open_.pop_back();
  }

  void text(std::string_view text) override {
    if (open_.empty()) return;
    if (sheet_ && open_.back() == "v") {
      if (cell_.value.empty()) value_.begin = place.begin;
      value_.size = place.begin + place.raw.size() - value_.begin;
      cell_.value += place.verbatim ? text : "?"sv;
      return;
    }
    if (!any_words_ && !is_words(open_.back()) && !in_chart_text()) return;
    mask_characters(place.begin, place.raw);
  }

 private:
  struct Cell {
    std::size_t begin = 0;
    std::string_view tag;
    std::string type;
    bool formula = false;
    std::string value;
  };
  struct Bytes {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  // Texts that a chart repeats from its sheet.
  bool in_chart_text() const {
    const std::size_t n = open_.size();
    if (n < 3 || open_[n - 1] != "v" || open_[n - 2] != "pt") return false;
    return open_[n - 3] == "strCache" || open_[n - 3] == "lvl";
  }

  // A cell's value: a number in any form leads to its first digit. With stars it is a
  // text.
  void finish_value() {
    if (!has_marks(value_.begin, value_.size)) return;
    pass_marks(value_.begin, value_.size);
    if (cell_.formula || cell_.type == "s") refuse();
    edit({value_.begin, value_.size, masked_value(cell_.value)});
    if (cell_.type == "str" || cell_.type == "inlineStr") return;
    const auto type = attribute_place(cell_.tag, "t", cell_.type);
    if (type && !cell_.type.empty()) {
      edit({cell_.begin + *type, cell_.type.size(), "str"});
    } else {
      const std::size_t name_end = cell_.tag.find_first_of(" \t\r\n/>");
      edit({cell_.begin + name_end, 0, " t=\"str\""});
    }
  }

  static std::string masked_value(const std::string& value) {
    const model::Span all{0, static_cast<std::uint32_t>(value.size())};
    const bool plain = std::all_of(value.begin(), value.end(), is_ascii_digit);
    std::string masked = value;
    for (char& c : masked) {
      if (!plain && is_ascii_alnum(c)) c = '*';
    }
    if (!plain) return masked;
    for (const model::Span& one : masked_characters(value, all)) masked[one.begin] = '*';
    return masked;
  }

  bool any_words_;
  bool sheet_;
  std::vector<std::string> open_;
  Cell cell_;
  Bytes value_;
};

}  // namespace

std::unique_ptr<MaskWriter> ooxml_mask_writer(std::string_view member,
                                              std::vector<PackageMark> marks) {
  return std::make_unique<OoxmlMaskWriter>(member, std::move(marks));
}

}  // namespace noshare::extract
