// Masking inside an office document (OOXML, OpenDocument): the same package without some
// characters.
//
// In:  the package, and where its characters stand (PackagePlace)
// Out: the package written anew, valid for the programs that open it, or why that is not
// possible. Only words are changed: runs of text, shared strings, comments, headers,
// properties, addresses of links. A number becomes a text in its cell. What programs
// reckon by (formulas, names, numbers of charts) is not touched: there the answer is no.
// A document that is signed is never altered (ECMA-376 part 2, section 13; ISO/IEC
// 26300-3, section 3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/limits.h"

#include "extract/collector.h"

namespace noshare::extract {

// One character to be masked.
struct PackageMark {
  std::size_t at = 0;     // where PackagePlace has it
  std::string character;  // as the text shows it
};

struct MaskedPackage {
  std::string bytes;
  std::string reason;  // why it cannot be masked; then there are no bytes
};

MaskedPackage mask_package(std::string_view package, const PackagePlace& place,
                           std::vector<PackageMark> marks, const Limits& limits,
                           Deadline deadline);

}  // namespace noshare::extract
