#include "pool/process_memory.h"

#include <sstream>
#include <string>

#include <unistd.h>

#include "noshare/base/files.h"

namespace noshare::pool {

std::uint64_t private_memory_kib(int pid) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/statm");
  if (!text) return 0;
  std::istringstream numbers(*text);
  std::uint64_t total = 0;
  std::uint64_t resident = 0;
  std::uint64_t shared = 0;
  if (!(numbers >> total >> resident >> shared) || resident < shared) return 0;
  const auto page_kib = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE)) / 1024;
  return (resident - shared) * page_kib;
}

}  // namespace noshare::pool
