#include "daemon/background.h"

#include <array>
#include <cstdlib>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace noshare::daemon {

Result<Background> Background::enter() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail_errno("cannot create a pipe");
  UniqueFd reading(ends[0]);
  UniqueFd writing(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) return fail_errno("cannot fork");
  if (child == 0) {
    ::setsid();
    return Background(std::move(writing));
  }
  writing.reset();
  char byte = 0;
  if (::read(reading.get(), &byte, 1) == 1) ::_exit(EXIT_SUCCESS);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : EXIT_FAILURE);
}

void Background::ready() {
  const char byte = '+';
  [[maybe_unused]] const ssize_t written = ::write(told_.get(), &byte, 1);
  told_.reset();
  // What is said from now on goes to the log; a closed terminal must not kill us.
  const UniqueFd null(::open("/dev/null", O_RDWR | O_CLOEXEC));
  ::dup2(null.get(), STDIN_FILENO);
  ::dup2(null.get(), STDOUT_FILENO);
}

}  // namespace noshare::daemon
