// MessageFile: a message's bytes on their way to a worker.
//
// In:  pieces as the mail server sends them     Out: a sealed memory file
// Small pieces are gathered first: a header line does not cost a system call. Beyond the
// limit bytes are only counted. A failed write is remembered and told by finish().
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/fd.h"
#include "noshare/base/result.h"

namespace noshare::daemon {

class MessageFile {
 public:
  explicit MessageFile(std::uint64_t limit) : limit_(limit) {}

  void append(std::string_view bytes);
  // Writes what is left and seals the file; once it did, it does nothing. Errors: kIo,
  // from here or from an earlier append().
  Result<void> finish();

  int fd() const { return file_.get(); }          // valid after finish()
  std::uint64_t bytes() const { return bytes_; }  // of the whole message
  bool too_large() const { return bytes_ > limit_; }

 private:
  void flush();

  std::uint64_t limit_;
  std::uint64_t bytes_ = 0;
  std::string buffer_;
  UniqueFd file_;
  bool finished_ = false;
  Result<void> state_;
};

}  // namespace noshare::daemon
