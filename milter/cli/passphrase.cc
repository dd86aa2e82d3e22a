#include "passphrase.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/base/files.h"

namespace noshare::cli {

namespace {

// The terminal shows nothing of what is typed while this lives.
class EchoOff {
 public:
  explicit EchoOff(int terminal) : terminal_(terminal) {
    known_ = ::tcgetattr(terminal_, &before_) == 0;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (known_) ::tcsetattr(terminal_, TCSAFLUSH, &silent);
  }
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;
  ~EchoOff() {
    if (known_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
  }

 private:
  int terminal_;
  bool known_ = false;
  termios before_{};
};

Result<std::string> type_line(int terminal, const std::string& prompt) {
  NOSHARE_CHECK(write_all(terminal, prompt));
  std::string line;
  {
    const EchoOff silent(terminal);
    for (char c = 0; ::read(terminal, &c, 1) == 1 && c != '\n';) line += c;
  }
  NOSHARE_CHECK(write_all(terminal, "\n"));
  return line;
}

Result<std::string> type_passphrase(const std::string& prompt, bool twice) {
  const UniqueFd terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
  if (!terminal) {
    return fail(ErrorCode::kInvalidInput,
                "there is no terminal to ask for the passphrase; give --passphrase-file");
  }
  NOSHARE_TRY(std::string first, type_line(terminal.get(), prompt + ": "));
  if (!twice) return first;
  NOSHARE_TRY(const std::string second, type_line(terminal.get(), prompt + ", again: "));
  if (first != second) {
    return fail(ErrorCode::kInvalidInput, "the two passphrases are not the same");
  }
  return first;
}

Result<std::string> first_line(const std::string& file) {
  constexpr std::uint64_t kMostBytes = 64 * 1024;
  NOSHARE_TRY(std::string text, read_file(file, kMostBytes));
  text.resize(std::min(text.find_first_of("\r\n"), text.size()));
  return text;
}

}  // namespace

Result<Sensitive> read_passphrase(const std::string& file, const std::string& prompt,
                                  bool twice) {
  auto text = file.empty() ? type_passphrase(prompt, twice) : first_line(file);
  if (!text) return tl::unexpected(std::move(text).error());
  if (text->empty()) return fail(ErrorCode::kInvalidInput, "the passphrase is empty");
  return Sensitive(std::move(*text));
}

}  // namespace noshare::cli
