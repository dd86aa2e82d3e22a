#include "daemon/options.h"

#include <array>

#include <getopt.h>

#include "noshare/base/files.h"

namespace noshare::daemon {

std::string usage() {
  return "Usage: noshare-milter [--config FILE] [--foreground] [--check]\n"
         "\n"
         "Reads outbound mail for Postfix or Sendmail and finds personal data in it.\n"
         "\n"
         "  -c, --config FILE   configuration, default /etc/noshare/noshare.yaml\n"
         "  -f, --foreground    stay attached; what a supervisor such as systemd wants\n"
         "      --check         read the configuration and all packs, run their "
         "examples, leave\n"
         "      --worker FILE   the worker program, default noshare-worker beside this "
         "one\n"
         "  -h, --help          this text\n"
         "      --version       the version\n"
         "\n"
         "SIGUSR1 or `noshare reload` reads the configuration again. SIGTERM finishes "
         "the\n"
         "messages under way and ends. Exit status: 0 ended as asked, 64 wrong usage, 78 "
         "wrong\n"
         "configuration, 71 something of the system is missing, 1 stopped before all was "
         "done.\n";
}

Result<Options> parse_options(int argc, char** argv) {
  enum : int { kCheck = 256, kWorker, kVersion };
  constexpr std::array<option, 7> kKnown{{{"config", required_argument, nullptr, 'c'},
                                          {"foreground", no_argument, nullptr, 'f'},
                                          {"check", no_argument, nullptr, kCheck},
                                          {"worker", required_argument, nullptr, kWorker},
                                          {"help", no_argument, nullptr, 'h'},
                                          {"version", no_argument, nullptr, kVersion},
                                          {nullptr, 0, nullptr, 0}}};
  Options options;
  options.worker = companion_program("noshare-worker");
  opterr = 0;
  optind = 1;
  for (;;) {
    const int found = ::getopt_long(argc, argv, "c:fh", kKnown.data(), nullptr);
    if (found == -1) break;
    switch (found) {
      case 'c':
        options.config = optarg;
        break;
      case 'f':
        options.foreground = true;
        break;
      case 'h':
        options.help = true;
        break;
      case kCheck:
        options.check = true;
        break;
      case kWorker:
        options.worker = optarg;
        break;
      case kVersion:
        options.version = true;
        break;
      default:
        return fail(
            ErrorCode::kInvalidInput,
            std::string("unknown or incomplete option '") + argv[optind - 1] + "'");
    }
  }
  if (optind < argc) {
    return fail(ErrorCode::kInvalidInput,
                std::string("unexpected argument '") + argv[optind] + "'");
  }
  return options;
}

}  // namespace noshare::daemon
