// `noshare reload` and `noshare status`: one line of JSON to the filter's control socket,
// one line back.
#include <iostream>

#include "command.h"
#include "control_client.h"
#include "engine.h"

namespace noshare::cli {

namespace {

struct ControlOptions {
  std::string config;
  std::string socket;
  std::string format = "text";
};

Result<Json> ask(const ControlOptions& options, const char* command) {
  std::string path = options.socket;
  if (path.empty()) {
    NOSHARE_TRY(const config::Settings settings,
                load_settings_or_defaults(options.config));
    path = settings.control.string();
  }
  return ask_filter(path, command);
}

void print_flat(const Json& json, const std::string& prefix) {
  for (const auto& [key, value] : json.items()) {
    if (value.is_object()) {
      print_flat(value, prefix + key + ".");
    } else {
      std::cout << prefix << key << ": "
                << (value.is_string() ? value.get<std::string>() : to_line(value))
                << "\n";
    }
  }
}

int run_control(const ControlOptions& options, const char* command) {
  const auto answer = ask(options, command);
  if (!answer) return complain(answer.error());
  if (options.format == "json") {
    std::cout << to_line(*answer) << "\n";
  } else {
    print_flat(*answer, "");
  }
  return std::cout.flush() ? 0 : kFailed;
}

void declare_one(CLI::App& app, Run& run, const char* name, const char* about) {
  auto* command = app.add_subcommand(name, about);
  const auto options = std::make_shared<ControlOptions>();
  command->add_option("--config", options->config, "Configuration file")
      ->type_name("FILE");
  command
      ->add_option("--socket", options->socket,
                   "Control socket, instead of the configured one")
      ->type_name("FILE");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([&run, options, name] {
    run = [options, name] { return run_control(*options, name); };
  });
}

}  // namespace

void declare_control(CLI::App& app, Run& run) {
  declare_one(app, run, "reload",
              "Make the filter read its configuration and packs again");
  declare_one(app, run, "status", "What the filter is doing");
}

}  // namespace noshare::cli
