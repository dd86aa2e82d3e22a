// Categories: the vocabulary by which packs group entities and rules ask for them.
#pragma once

#include <string>
#include <vector>

namespace noshare::config {

// "financial", "government_id", ... A rule may name one that no pack uses yet.
const std::vector<std::string>& categories();

}  // namespace noshare::config
