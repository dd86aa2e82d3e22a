// Converter: reads a file of a risky type somewhere else, and says what was in it.
//
// In:  the bytes of a PDF, an old Office file or a picture; a budget     Out: what was
// found, in the file's order. Parsers of these formats are large and break: each runs in
// a process of its own (room convert), whose death costs the rest of this file and no
// more. Extract sees only this door. What comes through it is as hostile as the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/model/segment.h"
#include "noshare/model/unreadable.h"

namespace noshare::extract {

enum class ConverterKind : std::uint8_t { kPdf, kOffice, kImage };
inline constexpr int kConverterKindCount = 3;

enum class FoundKind : std::uint8_t {
  kText,
  kFile,        // a file inside this one
  kPicture,     // what a page shows, for the converter of pictures
  kUnreadable,  // a part of the file that could not be read
};
inline constexpr int kFoundKindCount = 4;

struct Found {
  FoundKind kind = FoundKind::kText;
  model::Zone zone = model::Zone::kDocument;  // of a text
  model::UnreadableReason reason = model::UnreadableReason::kCorrupt;
  std::string name;   // where it stands in the file, "page 3"; of a file its name
  std::string bytes;  // text, the file, or why it is unreadable
};

struct ConvertBudget {
  Deadline deadline = Deadline::never();
  std::uint64_t bytes = 0;  // most that may come back
  bool pictures = false;    // whether pages that show only a picture shall come as such
};

class Converter {
 public:
  virtual ~Converter() = default;
  // Whether there is such a converter; if not, convert() finds nothing.
  virtual bool offers(ConverterKind kind) const = 0;
  // Never fails: what went wrong is one of the things found.
  virtual std::vector<Found> convert(ConverterKind kind, std::string_view bytes,
                                     const ConvertBudget& budget) = 0;
};

}  // namespace noshare::extract
