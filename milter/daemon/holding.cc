#include "daemon/holding.h"

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/log.h"
#include "noshare/store/vault.h"

namespace noshare::daemon {

Result<bool> Holding::hold(const Transaction& transaction,
                           const model::Incident& incident) const {
  const MessageFile& file = transaction.file();
  NOSHARE_TRY(const store::Vault vault,
              store::Vault::open(transaction.snapshot().settings.vault));
  NOSHARE_TRY(const auto officers, vault.officers());
  if (officers.empty() || file.too_large()) {
    log::warning("not_in_vault",
                 {{"case", incident.case_number},
                  {"reason", officers.empty() ? "no officer has a key in the vault"
                                              : "larger than limits.message_size"}});
    return false;
  }
  NOSHARE_TRY(const MappedFile message, MappedFile::map(file.fd()));
  const std::int64_t now = now_unix_us();
  NOSHARE_CHECK(vault.put({incident.case_number, incident.envelope.sender,
                           incident.envelope.recipients, incident.verdict.rule, now},
                          message.bytes()));
  NOSHARE_CHECK(store_->held(incident.case_number, now));
  if (const auto notice =
          outbox::held_notice(incident, transaction.snapshot().settings)) {
    NOSHARE_CHECK(courier_->post(*notice));
  }
  return true;
}

Result<std::optional<std::string>> Holding::released_case(
    const Transaction& transaction) const {
  const auto& token = transaction.release_token();
  if (!token || transaction.file().too_large()) return std::optional<std::string>();
  NOSHARE_TRY(const MappedFile message, MappedFile::map(transaction.file().fd()));
  const Fingerprint binding =
      store::release_binding(key_, message.bytes(), transaction.envelope().recipients);
  return store_->redeem(*token, binding, now_unix_us());
}

}  // namespace noshare::daemon
