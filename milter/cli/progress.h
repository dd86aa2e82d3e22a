// Progress: "[=====>    ] 1200/6046" on standard error, if that is a terminal.
#pragma once

#include <cstddef>

#include "noshare/base/clock.h"

namespace noshare::cli {

class Progress {
 public:
  // Shows nothing for fewer than `kFewest` steps, or when standard error is no terminal.
  explicit Progress(std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step() { advance_to(done_ + 1); }
  void advance_to(std::size_t done);

 private:
  static constexpr std::size_t kFewest = 20;
  void draw() const;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_;
  SteadyClock::time_point drawn_{};
};

}  // namespace noshare::cli
