// The frame reader (noshare/pool/channel.h): what arrives on a worker's socket, in any
// pieces.
//
// In:  bytes; the first says how long the pieces are     A frame that is accepted is no
// longer than what was sent, and never comes from bytes that go on behind it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <sys/socket.h>

#include "noshare/base/assert.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace noshare::pool;
  if (size == 0) return 0;
  const std::size_t piece = 1U + data[0];
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  (void)decode_control_message(rest);
  (void)split_number(rest);
  if (rest.size() > 32 * 1024) return 0;  // more than the socket holds
  auto ends = create_socket_pair(SOCK_STREAM);
  if (!ends) return 0;
  FrameReader reader;
  std::size_t sent = 0;
  while (!rest.empty()) {
    const std::string_view now = rest.substr(0, piece);
    rest.remove_prefix(now.size());
    if (::send(ends->theirs.get(), now.data(), now.size(), MSG_NOSIGNAL) < 0) return 0;
    sent += now.size();
    const auto whole = reader.advance(ends->ours.get(),
                                      noshare::Deadline::after(noshare::Milliseconds(0)));
    if (!whole) return 0;
    if (!*whole) continue;
    NOSHARE_ASSERT(reader.take().bytes.size() + 4 == sent);
    sent = 0;
  }
  return 0;
}
