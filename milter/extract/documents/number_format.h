// Number formats: a stored whole number as its cell shows it.
//
// In:  styles.xml of a workbook (ECMA-376 part 1, section 18.8); numbers     Out: text
// Formats of digits, literals and spaces: "000-00-0000", "0000 0000 0000 0000",
// "\"41\"0". Dates, fractions and formats with words in them give nothing.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "extract/documents/xml.h"

namespace noshare::extract {

class NumberFormats final : public XmlReader {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view) override {}

  // The number as the cell style of that index shows it; "" if it is shown as stored.
  std::string shown(std::string_view number, std::size_t style) const;

 private:
  std::map<std::string, std::string, std::less<>> codes_;  // by the format's id
  std::vector<std::string> styles_;                        // ids of the cells' formats
  bool in_cell_styles_ = false;
};

// `number` (digits) in that format; "" if the format is none of digits.
std::string formatted_number(std::string_view number, std::string_view code);

}  // namespace noshare::extract
