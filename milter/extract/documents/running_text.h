// Running text out of a document's XML: paragraphs, cells and breaks as characters.
//
// In:  events of xml.h     Out: one text; what stands split over runs is joined
// And the same as a reader sees it: without what was deleted or is hidden, and without
// the notes and comments that stand inside a paragraph.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/documents/hidden_styles.h"
#include "extract/documents/xml.h"
#include "extract/html_order.h"
#include "extract/mapped_text.h"

namespace noshare::extract {

// Which elements hold text.
enum class Vocabulary {
  kOoxml,  // <t>, <delText>, <instrText> (ECMA-376 part 1, sections 17, 20, 18); Excel
           // 2003
  kOpenDocument,  // what stands in <p> and <h> (ISO/IEC 26300-1, section 5)
  kAny,           // every text, each element on a line: properties
};

class RunningText final : public XmlReader {
 public:
  // `mapped`: the texts lead back to the file's places.
  // `styles`: those of the whole document, from a file of their own.
  explicit RunningText(Vocabulary vocabulary, bool mapped = false,
                       HiddenStyles styles = {})
      : vocabulary_(vocabulary),
        text_(mapped),
        shown_(mapped),
        mapped_(mapped),
        styles_(std::move(styles)) {}

  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  void comment(std::string_view text) override;

  // Call take_shown() first: its lines as they are shown, where that is otherwise.
  MappedText take_shown();
  MappedText take() { return text_.finish(base); }
  // The texts of boxes in the order in which they stand on the page, where that is
  // another. `whole`: what take() gave.
  MappedText placed(const MappedText& whole);

 private:
  void begin_box(std::string_view name, const XmlAttributes& attributes);
  void end_box(std::string_view name);
  void separate(char separator);
  // `origin`, `verbatim`: as TextBuilder::put.
  void put(std::string_view text, std::size_t origin, bool verbatim);
  void put_sign(std::string_view sign) { put(sign, origin(), false); }
  bool hides(std::string_view name, const XmlAttributes& attributes) const;
  void note_hidden_style(std::string_view name, const XmlAttributes& attributes);
  void read_attributes(std::string_view name, const XmlAttributes& attributes);
  void read_signs(std::string_view name, const XmlAttributes& attributes);

  Vocabulary vocabulary_;
  TextBuilder text_;
  bool names_program_ = false;  // a property: dots of its version are written as "_"
  unsigned inside_ = 0;         // elements around that hold text
  TextBuilder shown_;
  bool in_spreadsheet_ = false;  // OpenDocument: its cells are read by OpenDocumentTables
  unsigned cells_ = 0;           // of it, open
  unsigned unseen_ = 0;          // elements open from the outermost hidden one on
  bool mapped_;
  bool hidden_run_ = false;        // OOXML: the run's properties say so
  bool hidden_paragraph_ = false;  // OOXML: its style does
  bool in_properties_ = false;     // OOXML: of a run
  bool odd_ = false;               // something is hidden
  std::vector<HtmlOrder::Piece> boxes_;
  unsigned box_depth_ = 0;
  std::size_t box_begin_ = 0;
  long long box_place_ = -1;
  HiddenStyles styles_;
};

// True if the attributes of an element tell of a number: names, titles, authors, values.
bool attributes_say_number(const XmlAttributes& attributes);

}  // namespace noshare::extract
