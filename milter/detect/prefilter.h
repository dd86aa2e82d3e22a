// Prefilter: Hyperscan over all text, for literals and for expressions without an anchor.
//
// In:  literals and expressions (bytes, regex.h)     Out: where each of them ends
// The only file beside prefilter.cc that knows Hyperscan. It asks for ends alone, which
// is cheap: beginnings are found by an Automaton near them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"

struct hs_database;
struct hs_scratch;

namespace noshare::detect {

class Prefilter {
 public:
  struct Hit {
    std::uint32_t
        id;  // index of the literal, or count of literals + index of the expression
    std::uint32_t end;
  };
  class Scratch;

  // literals     at least two bytes, matched in any ASCII case
  // expressions  as by to_hyperscan()
  // Errors: kInvalidInput with Hyperscan's own words.
  static Result<Prefilter> compile(const std::vector<std::string>& literals,
                                   const std::vector<std::string>& expressions);
  // From and to bytes. Errors: kCorrupt when made for another machine or version.
  Result<std::string> serialised() const;
  static Result<Prefilter> deserialise(std::string_view bytes);

  Result<Scratch> make_scratch() const;
  // All hits in order of their ends. False when Hyperscan failed.
  bool scan(std::string_view text, Scratch& scratch, std::vector<Hit>& hits) const;

 private:
  struct FreeDatabase {
    void operator()(hs_database* database) const noexcept;
  };
  using Handle = std::unique_ptr<hs_database, FreeDatabase>;
  Handle literals_, expressions_;  // null when there are none
  std::uint32_t literal_count_ = 0;
};

// Hyperscan's working memory, one per thread.
class Prefilter::Scratch {
 public:
  Scratch() = default;

 private:
  friend class Prefilter;
  struct Free {
    void operator()(hs_scratch* scratch) const noexcept;
  };
  std::unique_ptr<hs_scratch, Free> scratch_;
};

// What compiled databases depend on beside their patterns: library version, processor
// features.
std::string prefilter_platform();

}  // namespace noshare::detect
