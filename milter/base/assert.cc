#include "noshare/base/assert.h"

#include <cstdlib>

#include "noshare/base/log.h"

namespace noshare {

void assertion_failed(const char* condition, const char* file, int line) noexcept {
  try {
    log::error("assertion_failed",
               {{"condition", condition}, {"file", file}, {"line", line}});
  } catch (...) {  // out of memory: stopping matters more than saying why
  }
  std::abort();
}

}  // namespace noshare
