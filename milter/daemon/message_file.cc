#include "daemon/message_file.h"

#include <algorithm>

namespace noshare::daemon {

namespace {
constexpr std::size_t kBufferBytes = 64 * 1024;
}

void MessageFile::append(std::string_view bytes) {
  const std::uint64_t room = limit_ - std::min(limit_, bytes_);
  bytes_ += bytes.size();
  bytes = bytes.substr(
      0, static_cast<std::size_t>(std::min<std::uint64_t>(room, bytes.size())));
  if (!state_ || bytes.empty()) return;
  if (buffer_.size() + bytes.size() > kBufferBytes) flush();
  if (bytes.size() < kBufferBytes) {
    buffer_.append(bytes);
  } else if (state_) {
    state_ = write_all(file_.get(), bytes);
  }
}

void MessageFile::flush() {
  if (!file_) {
    auto file = create_memory_file("noshare-message");
    if (!file) {
      state_ = tl::unexpected(file.error());
      return;
    }
    file_ = std::move(*file);
  }
  if (state_) state_ = write_all(file_.get(), buffer_);
  buffer_.clear();
}

Result<void> MessageFile::finish() {
  if (finished_) return state_;
  finished_ = true;
  flush();
  std::string().swap(buffer_);
  if (state_) state_ = seal_memory_file(file_.get());
  return state_;
}

}  // namespace noshare::daemon
