// What the readers of one old Office format need, and what each of them gives.
//
// In:  the streams of a document, whole     Out: Found items through the sink
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "noshare/extract/office.h"

#include "extract/documents/compound_file.h"

namespace noshare::extract {

// Text of a document is at most this: references may repeat one text without end.
inline constexpr std::size_t kMostOfficeText = 64U << 20U;

class OfficeOutput {
 public:
  // `prefix` stands before each name: "embedded 1, ".
  OfficeOutput(const FoundSink& sink, std::string prefix)
      : sink_(sink), prefix_(std::move(prefix)) {}

  void text(model::Zone zone, const std::string& name, std::string text) const;
  void file(const std::string& name, std::string bytes) const;
  void unreadable(model::UnreadableReason reason, const std::string& name,
                  std::string detail) const;

 private:
  const FoundSink& sink_;
  std::string prefix_;
};

// UTF-16 little endian, and single bytes of a code page ("windows-1252").
std::string from_utf16(std::string_view bytes);
std::string from_code_page(std::string_view bytes, unsigned page);

// [MS-XLS]: the streams "Workbook" (BIFF8) and "Book" (BIFF5).
void read_workbook(std::string_view stream, const OfficeOutput& out);
// [MS-DOC]: the stream "WordDocument" and the table streams "0Table" and "1Table".
void read_word(std::string_view stream, std::string_view table0, std::string_view table1,
               const OfficeOutput& out);
// [MS-PPT]: the stream "PowerPoint Document".
void read_slides(std::string_view stream, const OfficeOutput& out);
// [MS-OLEPS]: "\5SummaryInformation" and its like.
std::string property_text(std::string_view stream);

}  // namespace noshare::extract
