#include "noshare/pool/channel.h"

#include <string>
#include <thread>

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "noshare/base/files.h"

namespace noshare::pool {
namespace {

Deadline soon() { return Deadline::after(Milliseconds(200)); }

class Channel : public testing::Test {
 protected:
  Channel() : ends_(std::move(*create_socket_pair(SOCK_STREAM))) {}

  ErrorCode error_after(const std::string& raw) {
    EXPECT_EQ(::write(ends_.theirs.get(), raw.data(), raw.size()),
              static_cast<ssize_t>(raw.size()));
    auto frame = receive_frame(ends_.ours.get(), soon());
    EXPECT_FALSE(frame);
    return frame ? ErrorCode::kInternal : frame.error().code;
  }

  SocketPair ends_;
};

TEST_F(Channel, CarriesAFrameAndItsDescriptor) {
  const UniqueFd file = std::move(*create_memory_file("test"));
  ASSERT_TRUE(write_all(file.get(), "content"));
  ASSERT_TRUE(send_frame(ends_.theirs.get(), "hello", file.get(), soon()));
  const auto frame = receive_frame(ends_.ours.get(), soon());
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->bytes, "hello");
  const auto mapped = MappedFile::map(frame->descriptor.get());
  ASSERT_TRUE(mapped);
  EXPECT_EQ(mapped->bytes(), "content");
}

TEST_F(Channel, CarriesFramesLargerThanTheSocketsBuffer) {
  const std::string large(5'000'000, 'x');
  std::thread sender([&] {
    EXPECT_TRUE(
        send_frame(ends_.theirs.get(), large, -1, Deadline::after(Milliseconds(10'000))));
  });
  const auto frame =
      receive_frame(ends_.ours.get(), Deadline::after(Milliseconds(10'000)));
  sender.join();
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->bytes, large);
}

TEST_F(Channel, AnEmptyFrameIsAFrame) {
  ASSERT_TRUE(send_frame(ends_.theirs.get(), "", -1, soon()));
  const auto frame = receive_frame(ends_.ours.get(), soon());
  ASSERT_TRUE(frame);
  EXPECT_EQ(frame->bytes, "");
}

TEST_F(Channel, RefusesALengthBeyondTheBoundUnread) {
  EXPECT_EQ(error_after("\xFF\xFF\xFF\x7F"), ErrorCode::kCorrupt);
}

TEST_F(Channel, RefusesBytesBehindAFrame) {
  EXPECT_EQ(error_after(std::string("\2\0\0\0abc", 7)), ErrorCode::kCorrupt);
}

TEST_F(Channel, AHalfFrameTimesOut) {
  EXPECT_EQ(error_after(std::string("\5\0\0\0ab", 6)), ErrorCode::kTimeout);
}

TEST_F(Channel, APeerThatClosesIsUnavailable) {
  ends_.theirs.reset();
  EXPECT_EQ(receive_frame(ends_.ours.get(), soon()).error().code,
            ErrorCode::kUnavailable);
  EXPECT_EQ(send_frame(ends_.ours.get(), "x", -1, soon()).error().code,
            ErrorCode::kUnavailable);
}

TEST_F(Channel, ASenderWhoseBytesWereNotReadLearnsThat) {
  ASSERT_TRUE(send_frame(ends_.ours.get(), "request", -1, soon()));
  ends_.theirs.reset();
  FrameReader reader;
  EXPECT_EQ(reader.advance(ends_.ours.get(), soon()).error().code,
            ErrorCode::kUnavailable);
  EXPECT_TRUE(reader.peer_left_bytes_unread());
}

TEST_F(Channel, ASenderWhoseBytesWereReadLearnsThatToo) {
  ASSERT_TRUE(send_frame(ends_.ours.get(), "request", -1, soon()));
  ASSERT_TRUE(receive_frame(ends_.theirs.get(), soon()));
  ends_.theirs.reset();
  FrameReader reader;
  EXPECT_FALSE(reader.advance(ends_.ours.get(), soon()));
  EXPECT_FALSE(reader.peer_left_bytes_unread());
}

TEST_F(Channel, APeerThatDoesNotReadTimesOut) {
  const std::string large(5'000'000, 'x');
  EXPECT_EQ(send_frame(ends_.ours.get(), large, -1, soon()).error().code,
            ErrorCode::kTimeout);
}

// A converter that is ended before it took its file has been told of by its keeper.
TEST(Packet, ArrivesThoughItsSenderLeftSomethingUnread) {
  auto ends = create_socket_pair(SOCK_SEQPACKET);
  ASSERT_TRUE(send_packet(ends->ours.get(), "unread", -1));
  ASSERT_TRUE(send_packet(ends->theirs.get(), "last word", -1));
  ends->theirs.reset();
  const auto packet = receive_packet(ends->ours.get());
  ASSERT_TRUE(packet) << packet.error().message;
  EXPECT_EQ(packet->bytes, "last word");
  EXPECT_EQ(receive_packet(ends->ours.get()).error().code, ErrorCode::kUnavailable);
}

TEST(Packet, KeepsItsBorders) {
  const auto ends = create_socket_pair(SOCK_SEQPACKET);
  ASSERT_TRUE(ends);
  ASSERT_TRUE(send_packet(ends->theirs.get(), "one", -1));
  ASSERT_TRUE(send_packet(ends->theirs.get(), "two", -1));
  EXPECT_EQ(receive_packet(ends->ours.get())->bytes, "one");
  EXPECT_EQ(receive_packet(ends->ours.get())->bytes, "two");
  EXPECT_EQ(receive_packet(ends->ours.get()).error().code, ErrorCode::kTimeout);
}

}  // namespace
}  // namespace noshare::pool
