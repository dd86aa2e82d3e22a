#include "daemon/holding.h"

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/log.h"
#include "noshare/store/vault.h"

namespace noshare::daemon {

Result<bool> Holding::seal(const Transaction& transaction,
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
  NOSHARE_CHECK(
      vault.put({incident.case_number, incident.envelope.sender,
                 incident.envelope.recipients, incident.verdict.rule, now_unix_us()},
                message.bytes()));
  return true;
}

Result<void> Holding::enter(const model::Incident& incident, const std::string& sealed_as,
                            std::int64_t held_us,
                            const config::Settings& settings) const {
  if (sealed_as != incident.case_number) {
    NOSHARE_TRY(const store::Vault vault, store::Vault::open(settings.vault));
    if (vault.has(sealed_as)) {
      NOSHARE_CHECK(vault.rename(sealed_as, incident.case_number));
    }
  }
  NOSHARE_CHECK(store_->held(incident.case_number, held_us));
  const auto notice = outbox::held_notice(incident, settings);
  return notice ? courier_->post(*notice) : Result<void>();
}

Result<Holding::Released> Holding::released_case(const Transaction& transaction) const {
  const auto& token = transaction.release_token();
  if (!token || transaction.file().too_large()) return Released();
  NOSHARE_TRY(const MappedFile message, MappedFile::map(transaction.file().fd()));
  const Fingerprint binding =
      store::release_binding(key_, message.bytes(), transaction.envelope().recipients);
  NOSHARE_TRY(const auto case_number, store_->redeem(*token, binding, now_unix_us()));
  if (case_number) return Released{*case_number, false};
  return Released{{}, store_->is_genuine(*token, binding)};
}

}  // namespace noshare::daemon
