// What a process keeps in memory for itself alone.
#pragma once

#include <cstdint>

namespace noshare::pool {

// Resident anonymous memory in KiB (proc(5): statm, resident minus shared). 0 when /proc
// does not say. Pages inherited by fork(2) count, so only differences of one process mean
// anything.
std::uint64_t private_memory_kib(int pid);

}  // namespace noshare::pool
