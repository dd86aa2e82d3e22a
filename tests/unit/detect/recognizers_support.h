// Runs one recogniser on a text as the engine would, without an engine.
//
// In:  a recogniser, a text     Out: its candidates, in order of place
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/recognizer.h"

namespace noshare::detect {

struct SeenCandidate {
  std::string value;
  int confidence = 0;
  std::string normalised;
  std::string country;
};

// The anchors that `request` asks for, each in a window of its own where they do not
// touch.
std::vector<SeenCandidate> run_recognizer(const Recognizer& recognizer,
                                          std::string_view text,
                                          model::Zone zone = model::Zone::kBody);

// A pattern as packs would give it, with one list of near words.
config::Pattern pattern_of(std::string recognizer, std::vector<std::string> near_words);

}  // namespace noshare::detect
