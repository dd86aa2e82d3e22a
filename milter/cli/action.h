// A subcommand that loads the configuration and does one thing with its options.
#pragma once

#include <iostream>
#include <memory>
#include <type_traits>

#include "command.h"

namespace noshare::cli {

// Adds `name` with --config to `parent`. `act` gives an exit status, or nothing for 0; an
// Error of it is told and ends with kFailed.
template <class Options, class Done>
CLI::App* declare_action(CLI::App& parent, Run& run, const char* name, const char* about,
                         Result<Done> (*act)(const Options&),
                         const std::shared_ptr<Options>& options) {
  auto* command = parent.add_subcommand(name, about);
  command->add_option("--config", options->config, "Configuration file")
      ->type_name("FILE");
  command->callback([&run, options, act] {
    run = [options, act]() -> int {
      const auto done = act(*options);
      if (!done) return complain(done.error());
      if (!std::cout.flush()) return kFailed;
      if constexpr (std::is_void_v<Done>) {
        return 0;
      } else {
        return *done;
      }
    };
  });
  return command;
}

}  // namespace noshare::cli
