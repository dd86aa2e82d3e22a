// NOSHARE_ASSERT: stops the process when an invariant of ours is broken, so that the mail
// server defers instead of getting an answer nobody can vouch for. Also in release
// builds.
#pragma once

namespace noshare {
[[noreturn]] void assertion_failed(const char* condition, const char* file,
                                   int line) noexcept;
}

#define NOSHARE_ASSERT(condition) \
  ((condition) ? void() : ::noshare::assertion_failed(#condition, __FILE__, __LINE__))
