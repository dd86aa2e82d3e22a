// Tells labels of persons from labels of things.
//
// In:  names that stand behind labels ("name": ...)     Out: the same candidates, some
// doubted "name" heads products, currencies and fonts as well. Where one label stands
// before many values and next to none of them is made of known names, it says nothing: as
// in a column of a table, the values tell what the label means.
#pragma once

#include <cstddef>
#include <vector>

#include "detect/recognizer.h"

namespace noshare::detect {

struct LabelledName {
  std::size_t candidate = 0;  // its place among the candidates
  int score = 0;              // what the name is worth without its label
  std::size_t label = 0;      // which label (NameCue::label)
};

// Lowers what stands behind labels of things to a confidence that no rule counts, and
// takes out what is then below `least`.
void doubt_labels_of_things(const std::vector<LabelledName>& names, int least,
                            std::vector<RawCandidate>& found);

}  // namespace noshare::detect
