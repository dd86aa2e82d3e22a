// PolicyArchive: each configuration that verdicts were made with, by its version, so that
// an old verdict can be made again.
//
// In:  the text of noshare.yaml as it was read     Out: the same, years later
// Kept sealed under the installation's key: a configuration may name addresses and
// passwords. Errors: kNotFound, kIo, kUnavailable, kCorrupt. Thread-safe; several
// processes may use one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"

namespace noshare::store {

class PolicyArchive {
 public:
  static Result<std::unique_ptr<PolicyArchive>> open(const std::filesystem::path& file,
                                                     FingerprintKey key);
  virtual ~PolicyArchive() = default;

  // Nothing happens if it is there.
  virtual Result<void> keep(const std::string& version, const std::string& text,
                            std::int64_t now_us) = 0;
  virtual Result<std::string> find(const std::string& version) = 0;
};

}  // namespace noshare::store
