// Background: leaves the terminal, but only once it is known that the daemon serves.
#pragma once

#include "noshare/base/fd.h"

namespace noshare::daemon {

// Forks; must come before any thread. In the parent it does not return: the parent waits
// for the child to call ready() and exits with 0, or with the child's status if it ended
// before.
class Background {
 public:
  static Result<Background> enter();
  void ready();

 private:
  explicit Background(UniqueFd told) : told_(std::move(told)) {}
  UniqueFd told_;
};

}  // namespace noshare::daemon
