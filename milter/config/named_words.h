// named_up_to: the words of an enumeration, as SettingsValue::choice takes them.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace noshare::config {

// Every value from 0 to `last` with its name.
template <class Enum>
std::vector<std::pair<std::string, Enum>> named_up_to(Enum last) {
  std::vector<std::pair<std::string, Enum>> words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    words.emplace_back(name(static_cast<Enum>(i)), static_cast<Enum>(i));
  }
  return words;
}

}  // namespace noshare::config
