// Sheets of a workbook as text: a line per row, cells parted by tabs.
//
// In:  the XML of a sheet (ECMA-376 part 1, section 18.3; ISO/IEC 26300-1, section 9)
// Out: text in which a column stands at the same place in every row
// Numbers are written as they are shown and as they are stored, those in scientific form
// as whole numbers: 4.11E+15 in the file is a card's number on the screen.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/documents/number_format.h"
#include "extract/documents/xml.h"
#include "extract/mapped_text.h"

namespace noshare::extract {

// The texts that cells share by number (sharedStrings.xml).
class SharedStrings final : public XmlReader {
 public:
  // `mapped`, here and below: the texts lead back to the files' places.
  explicit SharedStrings(bool mapped) : mapped_(mapped), aids_(mapped) {}
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;

  // The text of that number, marked as shown in a cell; null if there is none.
  const MappedText* show(std::size_t index);
  // Those that no cell shows, a line each: left behind by deleted cells.
  MappedText unshown() const;

 private:
  bool mapped_;
  std::vector<MappedText> texts_;
  std::vector<bool> shown_;
  bool inside_ = false;
  bool in_aid_ =
      false;  // how to read the text aloud (phonetic run): beside it, not in it
  TextBuilder aids_;
};

// A sheet of an OOXML workbook.
class SheetText final : public XmlReader {
 public:
  // `shown_only`: without cells of hidden rows and columns.
  SheetText(SharedStrings& shared, const NumberFormats& formats, bool mapped,
            bool shown_only = false)
      : mapped_(mapped),
        shown_only_(shown_only),
        shared_(shared),
        formats_(formats),
        others_(mapped),
        text_(mapped),
        value_(mapped),
        header_(mapped) {}
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  MappedText take() { return text_.finish(base); }
  bool hides_cells() const { return hides_cells_; }
  // What stands in no cell: formulas, headers and footers, prompts.
  MappedText take_others() { return others_.finish(base); }

 private:
  void put_cell();
  std::string shown_by_cell(const std::string& stored) const;

  void note_hidden(std::string_view name, const XmlAttributes& attributes);
  bool is_hidden(std::size_t column) const;

  bool mapped_;
  bool shown_only_;
  bool hides_cells_ = false;
  bool hidden_row_ = false;
  std::vector<std::pair<std::size_t, std::size_t>> hidden_columns_;  // from 1, both in
  SharedStrings& shared_;
  const NumberFormats& formats_;
  TextBuilder others_;
  bool in_other_ = false;
  bool in_formula_ = false;
  bool in_header_ = false;
  std::size_t style_ = 0;  // of the cell
  TextBuilder text_;
  std::string type_;         // of the cell, its attribute t
  TextBuilder value_;        // gathered
  std::string formula_;      // gathered
  TextBuilder header_;       // gathered
  std::size_t column_ = 0;   // of the cell, from 0
  std::size_t written_ = 0;  // columns of this row that stand in text_
  bool inside_ = false;
};

// All tables of an OpenDocument file, one after the other.
class OpenDocumentTables final : public XmlReader {
 public:
  struct Table {
    std::string name;
    TextBuilder text;
  };
  explicit OpenDocumentTables(bool mapped) : mapped_(mapped), shown_(mapped) {}
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view text) override;
  std::vector<Table>& tables() { return tables_; }

 private:
  void start_cell(const XmlAttributes& attributes);

  bool mapped_;
  std::vector<Table> tables_;
  std::string stored_;
  std::size_t stored_at_ = 0;
  bool stored_verbatim_ = false;
  TextBuilder shown_;
  unsigned repeated_ = 1;
  bool in_cell_ = false;
  unsigned paragraphs_ = 0;
};

// A number in scientific form as a whole number, if it is one of up to 20 digits; else
// "".
std::string whole_number(std::string_view stored);

}  // namespace noshare::extract
