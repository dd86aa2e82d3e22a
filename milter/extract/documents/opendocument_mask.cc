// Which texts of an OpenDocument file may be masked (ISO/IEC 26300-1). See mask_writer.h.
//
// Text of paragraphs, and properties that are words. A cell whose value is masked becomes
// a cell of text (section 19.385, office:value-type): what it is reckoned by goes. Text
// of fields, which programs write anew, is left alone.
#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "extract/documents/mask_writer.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

std::string_view local_name(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

bool is_cell(std::string_view element) {
  return element == "table-cell" || element == "covered-table-cell";
}

// Texts that stand in the file as they are shown (sections 5.1, 6.1).
bool is_shown_text(std::string_view element) {
  return is_one_of(element, std::array{"p"sv, "h"sv, "span"sv, "a"sv, "ruby-base"sv,
                                       "ruby-text"sv, "title"sv, "desc"sv});
}

// Properties that are words (section 4.3).
bool is_property(std::string_view element) {
  return is_one_of(element, std::array{"title"sv, "description"sv, "subject"sv,
                                       "keyword"sv, "creator"sv, "initial-creator"sv,
                                       "printed-by"sv, "user-defined"sv});
}

bool is_words(std::string_view element, std::string_view attribute) {
  if (attribute == "string-value") return !is_cell(element);
  return element == "a" && (attribute == "href" || attribute == "title");
}

// What a cell is reckoned by (section 19.384 and the like).
bool is_stored(std::string_view attribute) {
  return is_one_of(attribute,
                   std::array{"value"sv, "string-value"sv, "date-value"sv, "time-value"sv,
                              "boolean-value"sv, "currency"sv});
}

class OpenDocumentMaskWriter final : public MaskWriter {
 public:
  OpenDocumentMaskWriter(std::string_view member, std::vector<PackageMark> marks)
      : MaskWriter(std::move(marks)), properties_(member == "meta.xml") {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    open_.emplace_back(name);
    if (is_cell(name)) return start_cell(attributes);
    if (name == "annotation") ++annotations_;
    const std::string_view type = attributes.get("value-type");
    typed_ = !type.empty() && type != "string";
    if (!has_marks(place.begin, place.raw.size())) return;
    attributes.each([&](std::string_view attribute, std::string_view value) {
      if (is_words(name, local_name(attribute))) mask_attribute(attribute, value);
    });
  }

  void end(std::string_view name) override {
    if (name == "annotation" && annotations_ > 0) --annotations_;
    if (is_cell(name) && !cells_.empty()) {
      finish(cells_.back());
      cells_.pop_back();
    }
    if (!open_.empty()) open_.pop_back();
    typed_ = false;
  }

  void text(std::string_view) override {
    if (open_.empty()) return;
    const bool words =
        properties_ ? is_property(open_.back()) && !typed_ : is_shown_text(open_.back());
    if (!words) return;
    if (!cells_.empty() && annotations_ == cells_.back().annotations) {
      Cell& cell = cells_.back();
      cell.shown = cell.shown || has_marks(place.begin, place.raw.size());
      cell.texts.push_back({place.begin, place.raw, place.verbatim});
    }
    mask_characters(place.begin, place.raw);
  }

 private:
  struct Text {
    std::size_t begin;
    std::string_view raw;
    bool verbatim;
  };
  struct Cell {
    bool formula = false;
    bool stored = false;   // what it is reckoned by shows a value
    bool shown = false;    // its text does
    bool changed = false;  // some attribute is written in a form that cannot be edited
    unsigned annotations = 0;
    std::vector<Edit> to_text;
    std::vector<Text> texts;
  };

  void start_cell(const XmlAttributes& attributes) {
    Cell cell;
    cell.formula = !attributes.get("formula").empty();
    cell.annotations = annotations_;
    attributes.each([&](std::string_view attribute, std::string_view value) {
      const std::string_view local = local_name(attribute);
      if (local != "value-type" && !is_stored(local)) return;
      const auto at = attribute_place(place.raw, attribute, value);
      if (!at) {
        cell.changed = true;
      } else if (local == "value-type") {
        cell.to_text.push_back({place.begin + *at, value.size(), "string"});
      } else {
        const std::size_t name = place.raw.rfind(attribute, *at - 1);
        cell.stored = cell.stored || has_marks(place.begin + *at, value.size());
        pass_marks(place.begin + *at, value.size());
        cell.to_text.push_back({place.begin + name, *at + value.size() + 1 - name, ""});
      }
    });
    cells_.push_back(std::move(cell));
  }

  void finish(Cell& cell) {
    if (!cell.stored && !cell.shown) return;
    if (cell.formula || cell.changed) refuse();
    for (Edit& one : cell.to_text) edit(std::move(one));
    // Its text may be the value in another form: "4.11E+15", "$4,111".
    if (!cell.shown) hide(cell.texts);
  }

  void hide(const std::vector<Text>& texts) {
    for (const Text& one : texts) {
      if (!one.verbatim) {
        edit({one.begin, one.raw.size(), "*"});
        continue;
      }
      for (std::size_t i = 0; i < one.raw.size(); ++i) {
        if (is_ascii_alnum(one.raw[i])) edit({one.begin + i, 1, "*"});
      }
    }
  }

  bool properties_;
  bool typed_ = false;  // a property that is no text
  unsigned annotations_ = 0;
  std::vector<std::string> open_;
  std::vector<Cell> cells_;
};

}  // namespace

std::unique_ptr<MaskWriter> opendocument_mask_writer(std::string_view member,
                                                     std::vector<PackageMark> marks) {
  return std::make_unique<OpenDocumentMaskWriter>(member, std::move(marks));
}

}  // namespace noshare::extract
