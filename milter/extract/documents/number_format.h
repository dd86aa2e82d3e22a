// Number formats: a stored whole number as its cell shows it.
//
// In:  styles.xml of a workbook (ECMA-376 part 1, section 18.8); numbers     Out: text
// Formats of digits, literals and spaces: "000-00-0000", "0000 0000 0000 0000",
// "\"41\"0", and literals alone; of positive and negative numbers, of zero and of texts
// ("\"41\"@"). Dates, fractions and formats with other signs in them give nothing.
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

  // The value as the cell style of that index shows it; "" if it is shown as stored.
  std::string shown(std::string_view value, std::size_t style, bool number) const;

 private:
  std::map<std::string, std::string, std::less<>> codes_;  // by the format's id
  std::vector<std::string> styles_;                        // ids of the cells' formats
  bool in_cell_styles_ = false;
};

// `number` (digits, perhaps behind a minus sign) in that format; "" if the format is none
// of digits or literals.
std::string formatted_number(std::string_view number, std::string_view code);
std::string formatted_text(std::string_view text, std::string_view code);

}  // namespace noshare::extract
