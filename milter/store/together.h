// Many rows by their keys, asked for in one question.
//
// In:  keys     Out: the places of an SQL list for them, and the keys bound to these
// The text is the same for any number of keys, since statements are kept prepared by
// their text: the last key fills the places that are left.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "database.h"

namespace noshare::store {

inline constexpr std::size_t kTogether = 64;  // keys in one question, at most

// "?" for one key, otherwise kTogether of them.
inline std::string places_for(std::size_t keys) {
  std::string text = "?";
  for (std::size_t i = 1; keys > 1 && i < kTogether; ++i) text += ",?";
  return text;
}

template <class Key>
void bind_places(Statement& statement, const std::vector<Key>& keys) {
  for (const Key& one : keys) statement.bind(one);
  for (std::size_t i = keys.size(); i > 1 && i < kTogether; ++i) {
    statement.bind(keys.back());
  }
}

}  // namespace noshare::store
