#include "convert/output.h"

#include <utility>

#include <unistd.h>

#include "noshare/base/text.h"
#include "noshare/pool/control.h"

#include "convert/packets.h"
#include "convert/waiting.h"

namespace noshare::convert {

using extract::Found;
using extract::FoundKind;

namespace {

Found item(FoundKind kind, std::string name, std::string bytes) {
  Found made;
  made.kind = kind;
  made.name = std::move(name);
  made.bytes = std::move(bytes);
  return made;
}

}  // namespace

void Output::text(model::Zone zone, std::string name, std::string text) {
  if (trimmed(text).empty()) return;
  Found made = item(FoundKind::kText, std::move(name), std::move(text));
  made.zone = zone;
  put(made);
}

void Output::file(std::string name, std::string bytes) {
  put(item(FoundKind::kFile, std::move(name), std::move(bytes)));
}

void Output::picture(std::string name, std::string bytes) {
  put(item(FoundKind::kPicture, std::move(name), std::move(bytes)));
}

void Output::unreadable(model::UnreadableReason reason, std::string name,
                        std::string detail) {
  Found made = item(FoundKind::kUnreadable, std::move(name), std::move(detail));
  made.reason = reason;
  put(made);
}

void SocketOutput::put(const Found& found) {
  send(encode_head(found));
  std::string_view rest = found.bytes;
  while (!rest.empty()) {
    send(encode_piece(rest.substr(0, kMostPieceBytes)));
    rest.remove_prefix(std::min(kMostPieceBytes, rest.size()));
  }
}

void SocketOutput::end() { send(encode_end()); }

// The process has a timer of its own that bounds all waiting.
void SocketOutput::send(std::string_view packet) {
  if (!send_waiting(socket_, packet, -1, Deadline::never())) ::_exit(pool::kExitDone);
}

}  // namespace noshare::convert
