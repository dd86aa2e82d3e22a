// Frames and packets: see noshare/pool/channel.h.
//
// SCM_RIGHTS as in unix(7): descriptors ride on the first byte of a send and are received
// with it; what does not fit the control buffer is closed by the kernel.
#include "noshare/pool/channel.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "noshare/model/wire.h"

namespace noshare::pool {

namespace {

constexpr std::size_t kLengthBytes = 4;

Result<bool> wait_for(int socket, short events, Deadline until) {
  for (;;) {
    pollfd entry{socket, events, 0};
    const int count = ::poll(&entry, 1, static_cast<int>(until.remaining().count()));
    if (count > 0) return true;
    if (count < 0 && errno != EINTR) return fail_errno("cannot wait for a socket");
    if (count == 0 && until.expired()) return false;
  }
}

// Room for one descriptor, aligned as cmsg(3) wants it.
union DescriptorRoom {
  cmsghdr header;
  std::array<char, CMSG_SPACE(sizeof(int))> bytes;
};

void attach(msghdr& message, DescriptorRoom& room, int descriptor) {
  message.msg_control = room.bytes.data();
  message.msg_controllen = room.bytes.size();
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
}

// Takes the descriptors that came with `message`. False if there were more than one:
// alignment may leave room for a second one.
bool collect(msghdr& message, UniqueFd& kept) {
  bool surplus = (message.msg_flags & MSG_CTRUNC) != 0;
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int descriptor = -1;
      std::memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof descriptor);
      UniqueFd received(descriptor);
      if (kept) {
        surplus = true;
      } else {
        kept = std::move(received);
      }
    }
  }
  return !surplus;
}

// One recvmsg(2) without waiting. The count of bytes, 0 at the end of the stream, or -1
// with errno; EMSGSIZE stands for anything that a well-behaved peer does not send.
ssize_t receive_some(int socket, char* buffer, std::size_t size, UniqueFd& descriptor) {
  iovec vector{buffer, size};
  DescriptorRoom room{};
  msghdr message{};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  message.msg_control = room.bytes.data();
  message.msg_controllen = room.bytes.size();
  ssize_t count = 0;
  do {
    count = ::recvmsg(socket, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return count;
  const bool cut = (message.msg_flags & MSG_TRUNC) != 0;
  if (!collect(message, descriptor) || cut) {
    errno = EMSGSIZE;
    return -1;
  }
  return count;
}

bool peer_has_gone(int error) { return error == EPIPE || error == ECONNRESET; }

tl::unexpected<Error> peer_closed() {
  return fail(ErrorCode::kUnavailable, "the peer has closed the channel");
}

}  // namespace

Result<SocketPair> create_socket_pair(int type) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return fail_errno("cannot create a socket pair");
  }
  return SocketPair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Result<void> send_frame(int socket, std::string_view bytes, int descriptor,
                        Deadline deadline) {
  if (bytes.size() > model::kMaxFrameBytes) {
    return fail(ErrorCode::kLimit,
                "a frame of " + std::to_string(bytes.size()) + " bytes");
  }
  std::array<char, kLengthBytes> length{};
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length[i] = static_cast<char>((bytes.size() >> (8U * i)) & 0xFFU);
  }
  std::string frame(length.data(), length.size());
  frame += bytes;
  std::string_view rest = frame;
  while (!rest.empty()) {
    // sendmsg(2) only reads from the buffer, although iovec is not const.
    iovec vector{const_cast<char*>(rest.data()), rest.size()};
    DescriptorRoom room{};
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    if (descriptor >= 0) attach(message, room, descriptor);
    const ssize_t sent = ::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent > 0) {
      rest.remove_prefix(static_cast<std::size_t>(sent));
      descriptor = -1;
      continue;
    }
    if (errno == EINTR) continue;
    if (peer_has_gone(errno)) return peer_closed();
    if (errno != EAGAIN) return fail_errno("cannot send a frame");
    NOSHARE_TRY(const bool ready, wait_for(socket, POLLOUT, deadline));
    if (!ready) return fail(ErrorCode::kTimeout, "the peer does not read");
  }
  return {};
}

Result<bool> FrameReader::whole() const {
  if (bytes_.size() < kLengthBytes) return false;
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) {
    length |= static_cast<std::size_t>(static_cast<unsigned char>(bytes_[i])) << (8U * i);
  }
  if (length > model::kMaxFrameBytes) {
    return fail(ErrorCode::kCorrupt,
                "a frame said to have " + std::to_string(length) + " bytes");
  }
  const std::size_t got = bytes_.size() - kLengthBytes;
  if (got > length) return fail(ErrorCode::kCorrupt, "bytes behind a frame");
  return got == length;
}

Result<bool> FrameReader::advance(int socket, Deadline until) {
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    const ssize_t count = receive_some(socket, buffer.data(), buffer.size(), descriptor_);
    if (count > 0) {
      bytes_.append(buffer.data(), static_cast<std::size_t>(count));
      NOSHARE_TRY(const bool complete, whole());
      if (complete) return true;
      if (until.expired()) return false;
    } else if (count == 0) {
      return peer_closed();
    } else if (errno == EAGAIN) {
      NOSHARE_TRY(const bool ready, wait_for(socket, POLLIN, until));
      if (!ready) return false;
    } else if (peer_has_gone(errno)) {
      // unix(7) sockets report a reset when the peer closed with unread bytes.
      peer_left_bytes_unread_ = errno == ECONNRESET;
      return peer_closed();
    } else if (errno == EMSGSIZE) {
      return fail(ErrorCode::kCorrupt, "more descriptors than agreed");
    } else {
      return fail_errno("cannot receive a frame");
    }
  }
}

Frame FrameReader::take() {
  Frame frame{std::exchange(bytes_, {}), std::move(descriptor_)};
  frame.bytes.erase(0, kLengthBytes);
  return frame;
}

Result<Frame> receive_frame(int socket, Deadline deadline) {
  FrameReader reader;
  NOSHARE_TRY(const bool complete, reader.advance(socket, deadline));
  if (!complete) return fail(ErrorCode::kTimeout, "no whole frame in time");
  return reader.take();
}

Result<void> send_packet(int socket, std::string_view bytes, int descriptor) {
  iovec vector{const_cast<char*>(bytes.data()), bytes.size()};
  DescriptorRoom room{};
  msghdr message{};
  message.msg_iov = &vector;
  message.msg_iovlen = 1;
  if (descriptor >= 0) attach(message, room, descriptor);
  for (;;) {
    if (::sendmsg(socket, &message, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0) return {};
    if (errno == EINTR) continue;
    if (peer_has_gone(errno)) return peer_closed();
    if (errno == EAGAIN) return fail(ErrorCode::kTimeout, "the peer does not read");
    return fail_errno("cannot send a packet");
  }
}

Result<Frame> receive_packet(int socket) {
  Frame packet;
  packet.bytes.resize(kMaxPacketBytes);
  const auto receive = [&] {
    return receive_some(socket, packet.bytes.data(), packet.bytes.size(),
                        packet.descriptor);
  };
  ssize_t count = receive();
  // Told once, and before what the peer sent: that it left something unread.
  if (count < 0 && errno == ECONNRESET) count = receive();
  if (count > 0) {
    packet.bytes.resize(static_cast<std::size_t>(count));
    return packet;
  }
  if (count == 0 || peer_has_gone(errno)) return peer_closed();
  if (errno == EAGAIN) return fail(ErrorCode::kTimeout, "no packet now");
  if (errno == EMSGSIZE) return fail(ErrorCode::kCorrupt, "a packet larger than agreed");
  return fail_errno("cannot receive a packet");
}

}  // namespace noshare::pool
