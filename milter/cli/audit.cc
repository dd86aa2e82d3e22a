// Acts for the audit log: see audit.h.
#include "audit.h"

#include <unistd.h>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/store/audit_log.h"

namespace noshare::cli {

std::string person_here() {
  const char* user = ::getlogin();
  return std::string("cli:") + (user == nullptr ? "root" : user);
}

Result<void> note_act(const config::Settings& settings, const std::string& act,
                      const std::string& object, const std::string& detail) {
  NOSHARE_TRY(FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  NOSHARE_TRY(const auto log,
              store::AuditLog::open(settings.store.place(),
                                    store::AuditLog::Access::kReadWrite, std::move(key)));
  store::AuditEntry entry;
  entry.time_us = now_unix_us();
  entry.actor = person_here();
  entry.act = act;
  entry.object = object;
  entry.detail = detail;
  return log->append(entry);
}

}  // namespace noshare::cli
