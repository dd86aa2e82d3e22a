#include "progress.h"

#include <algorithm>
#include <iostream>
#include <string>

#include <unistd.h>

namespace noshare::cli {

namespace {
constexpr std::size_t kWidth = 40;
constexpr Milliseconds kRedraw{100};
}  // namespace

Progress::Progress(std::size_t total)
    : total_(total), shown_(total >= kFewest && ::isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::cerr << "\r\x1b[K" << std::flush;  // leave a clean line
}

void Progress::advance_to(std::size_t done) {
  done_ = done;
  if (!shown_ || SteadyClock::now() - drawn_ < kRedraw) return;
  drawn_ = SteadyClock::now();
  draw();
}

void Progress::draw() const {
  const std::size_t filled = std::min(kWidth, kWidth * done_ / total_);
  std::cerr << "\r[" << std::string(filled, '=') << '>'
            << std::string(kWidth - filled, ' ') << "] " << done_ << '/' << total_
            << std::flush;
}

}  // namespace noshare::cli
