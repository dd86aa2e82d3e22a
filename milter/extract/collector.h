// Collector: gathers what was read of one message and keeps to its limits.
//
// In:  texts and faults, as the readers find them     Out: Extracted
// Every reached limit becomes one Unreadable, and what was gathered before it stays.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/extract/extract.h"

#include "extract/mapped_text.h"
#include "extract/transfer.h"

namespace noshare::extract {

inline constexpr std::string_view kPathSeparator = " › ";
// Behind the path of a text that is read once more, as kAsMeant: as it is shown, where
// its characters stand in another order; with its escapes undone. All lead back to the
// part's bytes as the text itself does.
inline constexpr std::string_view kAsShown = " (as shown)";
inline constexpr std::string_view kUnescaped = " (unescaped)";
inline constexpr std::string_view kDecoded = " (decoded)";  // has no way back

// Where a reader stands: the part's number and the readable path of what holds it.
struct Place {
  std::string part;  // "1.2"
  std::string
      path;  // of the holder, with its separator: "forwarded message › "; may be empty
  unsigned depth = 0;  // nested multiparts and messages around it
};

// An office document that is a part of the message. Its texts lead to its members as if
// they stood one behind the other, unpacked.
struct PackagePlace {
  struct Member {
    std::string name;
    std::size_t begin = 0;
    std::size_t size = 0;
  };
  std::string part;
  std::string path;
  std::vector<Member> members;               // those that texts lead to
  std::set<std::string, std::less<>> texts;  // paths of those texts
  bool whole = true;                         // all of it was read
  bool opendocument = false;                 // not OOXML
};

// A text part that stands in the message as it is, so that it can be masked.
struct LeafPlace {
  std::string part;
  std::string path;      // of its text; other texts of the part are not its bytes' own
  std::string_view raw;  // its body, in the message
  Encoding encoding = Encoding::kIdentity;
  bool clean = true;     // it can be encoded again without loss
  std::string charset;   // as decode_charset named it
  bool package = false;  // it is an office document, whose PackagePlace has the same path
};

// An encrypted archive, kept until the whole message is read: the password may stand in a
// later part.
struct LockedFile {
  std::string part;
  std::string path;
  unsigned depth = 0;
  std::string bytes;
  std::vector<std::string> members;  // names of the encrypted ones
};

class Collector {
 public:
  Collector(const Options& options, Deadline deadline)
      : options_(options),
        deadline_(deadline),
        unpack_left_(options.limits.unpacked_bytes) {}

  const Limits& limits() const { return options_.limits; }
  bool maps() const { return options_.map_to_part; }
  Converter* converter() const { return options_.converter; }
  Deadline deadline() const { return deadline_; }

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
  // How many bytes archives may still unpack to.
  std::uint64_t unpack_left() const { return unpack_left_; }
  void charge_unpacked(std::uint64_t bytes) {
    unpack_left_ -= bytes < unpack_left_ ? bytes : unpack_left_;
  }
  // Says how large the input is, from which follows what may be unpacked of it.
  void set_input_size(std::uint64_t bytes);
  // False if passwords are not to be tried, or too much was set aside already.
  bool set_aside(LockedFile file);
  std::vector<LockedFile> take_locked();
  void add_leaf(LeafPlace place) { leaves_.push_back(std::move(place)); }
  // True if ways back into the office document of that place are wanted: it is a part.
  bool is_package_leaf(const std::string& part, const std::string& path) const {
    return !leaves_.empty() && leaves_.back().package && leaves_.back().part == part &&
           leaves_.back().path == path;
  }
  void add_package(PackagePlace place) { packages_.push_back(std::move(place)); }
  const std::vector<PackagePlace>& packages() const { return packages_; }

  Extracted& extracted() { return extracted_; }
  const std::vector<LeafPlace>& leaves() const { return leaves_; }

  // Of what reading pictures may take, what was taken.
  Milliseconds ocr_used{0};
  // What protects the message's content: found while reading, judged at the end.
  bool saw_encrypted_content = false;
  // How many encoded runs stand around the text that is read (embedded.h).
  unsigned decoding_depth = 0;

 private:
  // False if nothing was added.
  bool add_segment(const std::string& part, const std::string& path, model::Zone zone,
                   MappedText text, std::vector<model::Region> regions);
  void add_meant(std::size_t index);

  const Options& options_;
  Deadline deadline_;
  Extracted extracted_;
  std::vector<LeafPlace> leaves_;
  std::vector<PackagePlace> packages_;
  std::vector<LockedFile> locked_;
  std::uint64_t locked_bytes_ = 0;
  std::uint64_t unpack_left_ = 0;
  std::uint32_t parts_ = 0;
  bool said_time_ = false;
  bool said_parts_ = false;
  bool said_text_ = false;
};

}  // namespace noshare::extract
