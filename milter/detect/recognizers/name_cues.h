// Name cues: what around a stretch of text says that it is a person's name.
//
// In:  a text and the place of a possible name     Out: points, and what gave them
// Looks at no more than 120 bytes before and 40 behind. Any bytes give an answer.
#pragma once

#include <string_view>

#include "noshare/model/segment.h"

namespace noshare::detect {

struct NameCue {
  int points = 0;
  const char* why = "";
  std::size_t label = 0;  // the same for the same label; 0: it is none
};

// The strongest cue for a name at `name`: a title, a greeting, a label with a colon, a
// closing line above, a phrase such as "my name is", an e-mail address in brackets behind
// it.
NameCue find_name_cue(std::string_view text, model::Span name, model::Zone zone);

}  // namespace noshare::detect
