// Transaction: one message from MAIL FROM to its verdict.
//
// In:  envelope, header fields and body pieces, in the order of RFC 5321     Out: the
// message as the mail server sent it, byte for byte, in a memory file; its envelope; what
// must be known of its header to change it. Nothing here is kept for the next message of
// a connection. Can go wrong: memory, descriptors, too many recipients. It is remembered
// in `failure` and answered at the end of the message, since the steps before have no
// reply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/envelope.h"

#include "daemon/drain.h"
#include "daemon/message_file.h"
#include "daemon/snapshot.h"

namespace noshare::daemon {

// Header fields that are ours alone: whoever sends them to us forges them. All are taken
// out of a message that goes on.
inline constexpr std::string_view kOurHeaders = "X-Noshare-";
// The one that a released message carries. It is not part of the message's bytes, so that
// these are the same as when the message was held.
inline constexpr std::string_view kReleaseHeader = "X-Noshare-Release";

class Transaction {
 public:
  Transaction(SnapshotPtr snapshot, DrainGate::Pass pass, model::Envelope envelope);

  void add_recipient(std::string_view argument);
  // `value` as libmilter gives it: folds are LF; with `leading_space` it begins with the
  // very spaces that stood after the colon, else with one of them taken away.
  void add_header(std::string_view name, std::string_view value, bool leading_space);
  void add_body(std::string_view bytes);
  Result<void> finish() {
    end_header();
    return file_.finish();
  }

  const Snapshot& snapshot() const { return *snapshot_; }
  const SnapshotPtr& snapshot_ptr() const { return snapshot_; }
  bool stopping() const { return !pass_; }  // began after the daemon was told to stop
  model::Envelope& envelope() { return envelope_; }
  const model::Envelope& envelope() const { return envelope_; }
  // As the mail server wrote them, "<x@example.com>", in the envelope's order.
  const std::vector<std::string>& recipient_arguments() const {
    return recipient_arguments_;
  }
  const MessageFile& file() const { return file_; }
  const std::optional<std::string>& subject() const {
    return subject_;
  }  // the first one's value

  // Of the first X-Noshare-Release header; genuine or not.
  const std::optional<std::string>& release_token() const { return release_token_; }

  struct ForgedHeader {
    std::string name;
    std::uint32_t index;  // among those of equal name, from 1
  };
  const std::vector<ForgedHeader>& forged() const { return forged_; }

  void fail(std::string reason) {
    if (failure_.empty()) failure_ = std::move(reason);
  }
  const std::string& failure() const { return failure_; }

 private:
  void end_header();
  void note_forged(std::string_view name);

  SnapshotPtr snapshot_;
  DrainGate::Pass pass_;
  model::Envelope envelope_;
  std::vector<std::string> recipient_arguments_;
  MessageFile file_;
  bool in_body_ = false;
  std::optional<std::string> subject_;
  std::optional<std::string> release_token_;
  std::vector<ForgedHeader> forged_;
  std::string failure_;
};

// "<user@example.com>" without its brackets.
std::string bare_address(std::string_view argument);

}  // namespace noshare::daemon
