// Name runs: neighbouring words on one line that could be a name, with what is known of
// each.
//
// In:  a text and where a word begins     Out: the words up to the first that cannot
// belong Looks at no more than eight words. Any bytes give an answer.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

struct NameWord {
  model::Span span;
  std::uint16_t classes = 0;  // name_words::Class
  unsigned known = 0;         // name_table::Known, of the best piece of a hyphenated word
  bool capital = false;
  bool all_capitals = false;  // and more than one letter
  bool initial = false;       // "J" or "J."
  bool dotted = false;        // a full stop follows: an abbreviation
  bool comma_after = false;   // "Doe, John"
  bool patronymic = false;  // "Иванович", "Ивановна": stands in names of persons alone
};

// Where the name begins whose link ("de" of "Ana de Souza") or first word stands at `at`.
std::uint32_t name_begin_before(std::string_view text, std::uint32_t at);

// A given name, initials and links, and a family name from `at` on, in small letters as
// in hurried mail; they count as capitalised. Empty if the words there are others.
void read_small_run(std::string_view text, std::uint32_t at, std::vector<NameWord>& run);

// Words with capitals, and small links between them, from `at` on. The last is no link.
void read_name_run(std::string_view text, std::uint32_t at, std::vector<NameWord>& run);

}  // namespace noshare::detect
