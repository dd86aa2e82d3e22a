// Options: the command line of noshare-milter.
//
// In:  arguments     Out: what to do     Errors: kInvalidInput, with the usage
#pragma once

#include <filesystem>
#include <string>

#include "noshare/base/result.h"

namespace noshare::daemon {

struct Options {
  std::filesystem::path config = "/etc/noshare/noshare.yaml";
  std::filesystem::path worker;  // default: the one that came with this program
  bool foreground = false;
  bool check = false;
  bool help = false;
  bool version = false;
};

Result<Options> parse_options(int argc, char** argv);
std::string usage();

}  // namespace noshare::daemon
