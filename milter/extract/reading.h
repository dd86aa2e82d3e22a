// A message read together with the places of its text parts, as masking needs it.
#pragma once

#include <string_view>
#include <vector>

#include "noshare/extract/extract.h"

#include "extract/collector.h"

namespace noshare::extract {

struct Reading {
  Extracted extracted;
  std::vector<LeafPlace> leaves;
  std::vector<PackagePlace> packages;
};

Reading read_with_places(std::string_view bytes, const Options& options,
                         Deadline deadline);

}  // namespace noshare::extract
