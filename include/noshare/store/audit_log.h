// Audit log: who did what, in a chain that shows every later change.
//
// In:  acts of people and programs     Out: the list, and whether it is still whole
// Each entry carries a keyed hash (HMAC-SHA-256 under the installation's key) of itself
// and of the entry before. Who changes, removes or inserts an entry without the key
// breaks the chain at that place; who cuts off its end is noticed by whoever kept an
// earlier head. Entries name accounts and case numbers, no value found in mail. Errors:
// kIo, kUnavailable, kCorrupt. Thread-safe; several processes may use one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"

namespace noshare::store {

struct AuditEntry {
  std::int64_t number = 0;  // from 1, without gaps; given by the log
  std::int64_t time_us = 0;
  std::string actor;   // an account's or officer's name, or "noshare"
  std::string act;     // "release", "sign_in", "account_created", ...
  std::string object;  // a case number or an account's name; may be empty
  std::string detail;  // the reason given
};

struct AuditFilter {
  std::string actor;
  std::string object;
  std::optional<std::int64_t> before_number;  // for the next page
  std::uint32_t most = 100;
};

struct AuditCheck {
  std::int64_t entries = 0;
  std::string head;  // of the last entry, 32 hexadecimal digits; keep it elsewhere
  // The first entry that is not what was written, and why; empty if all are.
  std::optional<std::int64_t> broken_at;
  std::string fault;
};

class AuditLog {
 public:
  enum class Access { kReadWrite, kReadOnly };
  static Result<std::unique_ptr<AuditLog>> open(const std::filesystem::path& file,
                                                Access access, FingerprintKey key);
  virtual ~AuditLog() = default;

  virtual Result<void> append(const AuditEntry& entry) = 0;  // `number` is ignored
  virtual Result<std::vector<AuditEntry>> list(const AuditFilter& filter) = 0;
  // With `known_head`, an earlier head must still be in the chain.
  virtual Result<AuditCheck> verify(const std::string& known_head) = 0;
};

}  // namespace noshare::store
