// What a cell of a sheet shows for a stored number.
//
// In:  a number, the format of its cell     Out: the number as stored; before it, where a
// format makes it look otherwise, as shown: a date, or digits in a pattern (000-00-0000)
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::extract {

// "1234.5"; whole numbers without exponent and without a fraction.
std::string stored_number(double value);

// "2026-11-24" of a day count from 1899-12-30, or of 1904-01-01 where a workbook says so;
// "" for what is no day.
std::string shown_date(double days, bool from_1904);

// Whether a format shows dates: of the built-in ones by number ([MS-XLS]
// section 2.4.126), of the others by their letters.
bool is_date_format(std::uint16_t number, std::string_view format);

// The digits of a whole number in a pattern of 0, # and literal characters; "" where the
// pattern has anything else.
std::string shown_digits(double value, std::string_view format);

}  // namespace noshare::extract
