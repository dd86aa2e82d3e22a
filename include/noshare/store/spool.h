// Spool: incidents on the mail host's own disk, while the store is away.
//
// In:  incidents, and which of them lie in the vault     Out: the same, oldest first, to
// be handed to the store once it is back. A small SQLite file with the store's own
// tables, so that what is promised of the store (on disk before the mail server hears the
// answer, a retry is no second incident) holds here, too. It takes so many incidents and
// no more. Errors: kLimit (full), kIo, kUnavailable, kCorrupt. Thread-safe. One process.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/model/incident.h"

namespace noshare::store {

struct Spooled {
  std::int64_t row = 0;
  model::Incident incident;  // with the case number that it was given here
  std::int64_t held_us = 0;  // when its message went into the vault; 0: it did not
};

class Spool {
 public:
  // Creates the file; takes at most `most` incidents.
  static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& file,
                                             const FingerprintKey& key,
                                             std::uint32_t most);
  virtual ~Spool() = default;

  // Gives its case number: its own if it has one, that of an earlier try, or a new one.
  virtual Result<std::string> record(const model::Incident& incident) = 0;
  // Its message lies in the vault. Records it, should it not be here (any more).
  virtual Result<std::string> held(const model::Incident& incident,
                                   std::int64_t now_us) = 0;
  // The first one behind a row; none: there is nothing more.
  virtual Result<std::optional<Spooled>> next(std::int64_t after_row) = 0;
  // Removes what the store has now. False: it has changed since it was read; read again.
  virtual Result<bool> remove(const Spooled& spooled) = 0;

  virtual std::uint64_t size() const noexcept = 0;
  virtual std::uint64_t most() const noexcept = 0;
};

}  // namespace noshare::store
