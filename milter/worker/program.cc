#include "worker/program.h"

#include <cstdio>
#include <exception>
#include <string_view>

#include <fcntl.h>

#include "noshare/pool/control.h"

#include "worker/zygote.h"

namespace noshare::worker {

namespace {

constexpr int kExitUsage = 64;
constexpr int kExitSoftware = 70;

constexpr char kUsage[] =
    "noshare-worker is started by noshare-milter, which speaks to it over descriptor 3.\n"
    "Usage: noshare-worker --zygote --config FILE\n"
    "       noshare-worker --version\n"
    "To scan a file by hand: noshare scan FILE\n";

}  // namespace

int run_program(int argument_count, const char* const* arguments, const Loader& load) {
  if (argument_count == 2 && std::string_view(arguments[1]) == "--version") {
    std::puts("noshare-worker " NOSHARE_VERSION);
    return 0;
  }
  const bool understood = argument_count == 4 &&
                          std::string_view(arguments[1]) == "--zygote" &&
                          std::string_view(arguments[2]) == "--config";
  if (!understood || ::fcntl(pool::kControlDescriptor, F_GETFD) < 0) {
    std::fputs(kUsage, stderr);
    return kExitUsage;
  }
  try {
    return run_zygote(arguments[3], load);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "noshare-worker: %s\n", error.what());
    return kExitSoftware;
  }
}

}  // namespace noshare::worker
