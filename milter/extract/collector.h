// Collector: gathers what was read of one message and keeps to its limits.
//
// In:  texts and faults, as the readers find them     Out: Extracted
// Every reached limit becomes one Unreadable, and what was gathered before it stays.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "noshare/extract/extract.h"

#include "extract/mapped_text.h"
#include "extract/transfer.h"

namespace noshare::extract {

inline constexpr std::string_view kPathSeparator = " › ";

// Where a reader stands: the part's number and the readable path of what holds it.
struct Place {
  std::string part;  // "1.2"
  std::string
      path;  // of the holder, with its separator: "forwarded message › "; may be empty
  unsigned depth = 0;  // nested multiparts and messages around it
};

// A text part that stands in the message as it is, so that it can be masked.
struct LeafPlace {
  std::string part;
  std::string_view raw;  // its body, in the message
  Encoding encoding = Encoding::kIdentity;
  bool clean = true;    // it can be encoded again without loss
  std::string charset;  // as decode_charset named it
};

class Collector {
 public:
  Collector(const Options& options, Deadline deadline)
      : options_(options), deadline_(deadline) {}

  const Limits& limits() const { return options_.limits; }
  bool maps() const { return options_.map_to_part; }

  // False when the time is up; says so once.
  bool time_left();
  // False when there are more parts than allowed; says so once.
  bool count_part();

  // Adds a text that is not blank, folded. Its map leads to the part's decoded bytes.
  // Regions are in `text` before folding.
  void add_text(const std::string& part, const std::string& path, model::Zone zone,
                MappedText text, std::vector<model::Region> regions = {});
  void add_unreadable(const std::string& part, const std::string& path,
                      model::UnreadableReason reason, std::string_view detail);
  void add_leaf(LeafPlace place) { leaves_.push_back(std::move(place)); }

  Extracted& extracted() { return extracted_; }
  const std::vector<LeafPlace>& leaves() const { return leaves_; }

  // What protects the message's content: found while reading, judged at the end.
  bool saw_encrypted_content = false;

 private:
  const Options& options_;
  Deadline deadline_;
  Extracted extracted_;
  std::vector<LeafPlace> leaves_;
  std::uint32_t parts_ = 0;
  bool said_time_ = false;
  bool said_parts_ = false;
  bool said_text_ = false;
};

}  // namespace noshare::extract
