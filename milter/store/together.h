// Many rows by their keys, asked for in one question.
//
// In:  keys, at least one     Out: the places of an SQL list for them, and the keys bound
// to these
// A statement for each key costs as much again as its answer, and on a server a round
// trip. Statements are kept prepared by their text: lists are filled up to a power of two
// by their last key, so that few texts are needed.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <string>

namespace noshare::store {

inline constexpr std::size_t kTogether = 64;  // keys in one question, at most

// "?,?,?,?" for three keys or four.
inline std::string places_for(std::size_t keys) {
  std::string text = "?";
  for (std::size_t i = 1; i < std::bit_ceil(keys); ++i) text += ",?";
  return text;
}

// Calls bind(key) for each of these places.
template <class Keys, class Bind>
void bind_places(const Keys& keys, const Bind& bind) {
  for (std::size_t i = 0; i < std::bit_ceil(keys.size()); ++i) {
    bind(keys[std::min(i, keys.size() - 1)]);
  }
}

}  // namespace noshare::store
