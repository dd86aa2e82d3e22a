// HoldStore: what became of each held message, and who said so.
//
// In:  decisions of officers, answers of the filter and of the mail server     Out:
// states A hold goes held -> releasing -> released, or held -> denied, or held ->
// expired. A release needs as many officers as the configuration asks for; the last of
// them gets a token, which stands in a header of the re-injected message. The filter
// redeems it: once, before it expires, for these bytes and these recipients only. So a
// released message is not caught again, and nothing else slips through as one. Errors:
// kNotFound (no such case), kInvalidInput (not in this state), kIo, kUnavailable,
// kCorrupt. Thread-safe; several processes may use one file. No value found in mail and
// no byte of a message is stored here.
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

enum class HoldState { kHeld, kReleasing, kReleased, kDenied, kExpired };
const char* name(HoldState state) noexcept;  // "held"
std::optional<HoldState> hold_state_from_name(std::string_view text) noexcept;

struct HoldDecision {
  std::int64_t time_us = 0;
  std::string officer;
  std::string decision;  // "release", "deny", "expire", "failed", "released", "read"
  std::string reason;
};

struct Hold {
  std::string case_number;
  HoldState state = HoldState::kHeld;
  std::int64_t held_us = 0;
  std::int64_t changed_us = 0;
  // While releasing: the filter has let the message pass, so it may be on its way.
  bool redeemed = false;
  std::vector<HoldDecision> decisions;  // oldest first
};

// The message that a release is about, as a keyed stand-in.
Fingerprint release_binding(const FingerprintKey& key, std::string_view message,
                            std::vector<std::string> recipients);

// What an officer asks for.
struct ReleaseRequest {
  std::string case_number;
  std::string officer;
  std::string reason;
  Fingerprint binding;
  std::uint32_t officers_needed = 1;
  std::int64_t now_us = 0;
  // Release although an earlier try may have gone out.
  bool again = false;
};

struct ReleaseAnswer {
  std::string token;  // empty: more officers are needed
  std::uint32_t officers_missing = 0;
};

class HoldStore {
 public:
  enum class Access { kReadWrite, kReadOnly };
  // `key` signs the tokens; it is the installation's.
  static Result<std::unique_ptr<HoldStore>> open(const std::filesystem::path& file,
                                                 Access access, FingerprintKey key);
  virtual ~HoldStore() = default;

  // A message lies in the vault; its incident is in the store. One that came again after
  // a decision is held anew; one that comes again during its release changes nothing.
  virtual Result<void> held(const std::string& case_number, std::int64_t now_us) = 0;

  virtual Result<ReleaseAnswer> ask_release(const ReleaseRequest& request) = 0;
  // The case that `token` releases, if it is genuine, fresh and for this message.
  virtual Result<std::optional<std::string>> redeem(const std::string& token,
                                                    const Fingerprint& binding,
                                                    std::int64_t now_us) = 0;
  // Whether `token` was made here for this message. If redeem() does not take such a one,
  // it is what is left of a release that was given up or came through already.
  virtual bool is_genuine(const std::string& token, const Fingerprint& binding) const = 0;
  // The mail server took the message, or refused it: then it is held again, unless a
  // later release has taken the place of this one.
  virtual Result<void> released(const std::string& case_number, std::int64_t now_us) = 0;
  virtual Result<void> refused(const std::string& case_number, const std::string& token,
                               const std::string& reason, std::int64_t now_us) = 0;
  // An officer has seen that a release which nobody confirmed did go out.
  virtual Result<void> confirm_sent(const std::string& case_number,
                                    const std::string& officer, const std::string& reason,
                                    std::int64_t now_us) = 0;
  // Also a release that stopped before the filter let the message pass.
  virtual Result<void> deny(const std::string& case_number, const std::string& officer,
                            const std::string& reason, std::int64_t now_us) = 0;
  // An officer has read the message; kept like a decision, in any state.
  virtual Result<void> was_read(const std::string& case_number,
                                const std::string& officer, const std::string& reason,
                                std::int64_t now_us) = 0;
  // Cases held since before `before_us` that nobody decided; they are expired now.
  virtual Result<std::vector<std::string>> expire(std::int64_t before_us,
                                                  std::int64_t now_us) = 0;

  virtual Result<Hold> find(const std::string& case_number) = 0;
  // Newest first, at most so many; if `senders` are given, only of mail from somebody who
  // fits one of these globs.
  virtual Result<std::vector<Hold>> list(
      std::optional<HoldState> state, std::uint32_t most,
      const std::optional<std::vector<std::string>>& senders = std::nullopt) = 0;
};

}  // namespace noshare::store
