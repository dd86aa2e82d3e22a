// RegisterStore: what the organisation knows about permission and about past mail.
//
// In:  permissions of data subjects; values that came in; Questions about one message
// Out: lists; model::Known, read anew for each message, so that a revocation counts for
// the next one Errors: kNotFound, kIo, kUnavailable (locked, disk full), kCorrupt.
// Thread-safe. Several processes may open one file. Values are keyed fingerprints; labels
// are sealed for the officers of the vault.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"
#include "noshare/model/verdict.h"
#include "noshare/store/officer_key.h"

namespace noshare::store {

class SharedVolumes;

struct PermissionFilter {
  std::vector<Fingerprint> subjects;  // any of these; empty: all
  std::string recipient;              // as it was granted; empty: any
  bool revoked = false;               // list those that were revoked, too
  std::uint32_t most = 1000;
};

class RegisterStore {
 public:
  enum class Access { kReadWrite, kReadOnly };
  static Result<std::unique_ptr<RegisterStore>> open(const std::filesystem::path& file,
                                                     Access access);
  virtual ~RegisterStore() = default;

  // From now on volumes are counted together with other machines. While those cannot be
  // asked, and where they know of less, this store's own counts hold.
  virtual void share_volumes(std::unique_ptr<SharedVolumes> shared) = 0;

  // `now_us` ends the windows of volumes.
  virtual Result<model::Known> answer(const model::Questions& questions,
                                      std::int64_t now_us) = 0;

  // Gives its id; `permission.id` is ignored. All or none of several.
  virtual Result<std::vector<std::string>> grant(
      const std::vector<model::Permission>& permissions) = 0;
  // Errors: kNotFound, also when it was revoked before.
  virtual Result<void> revoke(const std::string& id, std::int64_t now_us) = 0;
  virtual Result<std::vector<model::Permission>> list(const PermissionFilter& filter) = 0;

  // `make_signature` gets the new id. Gives the whole token.
  virtual Result<std::string> open_disclosure(
      const model::LawfulDisclosure& disclosure,
      const std::function<std::string(const model::LawfulDisclosure&)>&
          make_signature) = 0;
  // Errors: kNotFound.
  virtual Result<void> close_disclosure(const std::string& id, std::int64_t now_us) = 0;
  virtual Result<std::vector<model::LawfulDisclosure>> disclosures() = 0;

  // What a message that goes out relies on and shows; all or nothing. Errors: kNotFound
  // if the override was used before.
  virtual Result<void> record_sharing(const model::Verdict& verdict,
                                      const std::string& sender, std::int64_t now_us) = 0;

  virtual Result<void> remember(const std::vector<model::Received>& received) = 0;
  // Forgets what came in before a day. Gives how many values.
  virtual Result<std::uint64_t> forget_before(const std::string& day) = 0;
  // Forgets what went out before a time. Gives how many data.
  virtual Result<std::uint64_t> forget_shared(std::int64_t before_us) = 0;
};

// A label that only the vault's officers can read.
Result<std::string> seal_label(const std::vector<OfficerPublicKey>& officers,
                               const Sensitive& label);
Result<Sensitive> unseal_label(const std::string& sealed, const OfficerKey& key);

}  // namespace noshare::store
