// Normal forms: values of a customer's columns in the form in which equal data are equal.
//
// In:  a value as a CSV file or a mail writes it     Out: bytes to be hashed; empty if it
// is no usable value of its type. Any input gives an answer. The same functions serve the
// indexer and the matcher: what they make of a spelling is what a match means.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/config/customers.h"
#include "noshare/model/segment.h"

namespace noshare::customers {

// A word of a text: letters and digits, folded to lower case without accents.
struct Word {
  std::string folded;
  model::Span span;
  bool capital = false;  // begins with a capital letter, or its script has none
};

// At most `most` words.
std::vector<Word> words_of(std::string_view text, std::size_t most);

// "Ærøskøbing" to "aeroskobing"; Greek and Cyrillic letters to lower case.
std::string folded_letters(std::string_view text);

// The form of a value of a column. Names are sets of words, addresses lists of words with
// abbreviated kinds of street, telephone numbers lack their calling code.
std::string normal_form(config::ColumnType type, std::string_view value,
                        config::DateOrder order = config::DateOrder::kDayFirst);

// The same from words that have been split already; for name, address and text.
std::string form_of_words(config::ColumnType type, const Word* first, std::size_t count);
// How many words a value has once normalised, so that a text is searched no wider.
std::size_t count_words(config::ColumnType type, std::string_view value);

// Letters and digits of a number in capitals, for id and iban; digits alone for phone.
std::string number_form(config::ColumnType type, std::string_view alnum, bool has_plus);

// "1980-04-03" for the three parts of a day; a month may be a name. Ambiguous ones give
// two readings, the one with the day first before the other.
std::vector<std::string> day_readings(std::string_view a, std::string_view b,
                                      std::string_view c);

}  // namespace noshare::customers
