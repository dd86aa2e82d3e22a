#include "daemon/transaction.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::daemon {

namespace {

// Postfix and Sendmail stop far below by default; without a bound a peer could fill
// memory.
constexpr std::size_t kMostRecipients = 100'000;
// Forged header fields beyond this make the message undecidable rather than slow.
constexpr std::size_t kMostForged = 1000;

// Appends `text` with each fold (LF, or CRLF already) as CRLF.
void append_with_crlf(MessageFile& file, std::string_view text) {
  for (;;) {
    const std::size_t at = text.find('\n');
    if (at == std::string_view::npos) return file.append(text);
    const bool has_cr = at > 0 && text[at - 1] == '\r';
    file.append(text.substr(0, has_cr ? at - 1 : at));
    file.append("\r\n");
    text.remove_prefix(at + 1);
  }
}

}  // namespace

std::string bare_address(std::string_view argument) {
  argument = trimmed(argument);
  if (argument.size() >= 2 && argument.front() == '<' && argument.back() == '>') {
    argument = argument.substr(1, argument.size() - 2);
  }
  return std::string(argument);
}

Transaction::Transaction(SnapshotPtr snapshot, DrainGate::Pass pass,
                         model::Envelope envelope)
    : snapshot_(std::move(snapshot)),
      pass_(std::move(pass)),
      envelope_(std::move(envelope)),
      file_(snapshot_->settings.limits.message_bytes) {}

void Transaction::add_recipient(std::string_view argument) {
  if (recipient_arguments_.size() >= kMostRecipients) return fail("too many recipients");
  recipient_arguments_.emplace_back(argument);
  envelope_.recipients.push_back(bare_address(argument));
}

void Transaction::add_header(std::string_view name, std::string_view value,
                             bool leading_space) {
  if (equal_ignoring_case(name, kReleaseHeader)) {
    if (!release_token_) release_token_ = trimmed(value);
    return note_forged(name);
  }
  file_.append(name);
  file_.append(leading_space ? ":" : ": ");
  append_with_crlf(file_, value);
  file_.append("\r\n");
  if (!subject_ && equal_ignoring_case(name, "Subject")) subject_ = value;
  if (equal_ignoring_case(name.substr(0, kOurHeaders.size()), kOurHeaders)) {
    note_forged(name);
  }
}

void Transaction::note_forged(std::string_view name) {
  if (forged_.size() >= kMostForged) return fail("too many forged header fields");
  const auto same = std::count_if(forged_.begin(), forged_.end(), [&](const auto& other) {
    return equal_ignoring_case(other.name, name);
  });
  forged_.push_back({std::string(name), static_cast<std::uint32_t>(same) + 1});
}

void Transaction::end_header() {
  if (!in_body_) file_.append("\r\n");
  in_body_ = true;
}

void Transaction::add_body(std::string_view bytes) {
  end_header();
  file_.append(bytes);
}

}  // namespace noshare::daemon
