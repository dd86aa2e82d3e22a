// `noshare config check|explain`: the configuration, checked and explained.
#include <iostream>
#include <iterator>

#include "noshare/base/clock.h"
#include "noshare/config/keys.h"

#include "command.h"
#include "engine.h"

namespace noshare::cli {

namespace {

struct ExplainOptions {
  std::string key;
  bool all = false;
  std::string format = "text";
};

// Names of entities and categories that the packs know, for `config check`.
Result<config::KnownNames> known_names(const config::Settings& settings) {
  std::vector<std::filesystem::path> folders = settings.packs;
  if (folders.empty()) folders = {config::default_pack_folder()};
  NOSHARE_TRY(const config::PackSet packs, config::load_packs(folders));
  config::KnownNames known;
  for (const config::Pattern& pattern : packs.patterns) {
    known.entities.push_back(pattern.id);
    if (!config::finds(pattern)) known.umbrellas.push_back(pattern.id);
    known.categories.insert(known.categories.end(), pattern.categories.begin(),
                            pattern.categories.end());
  }
  return known;
}

Result<config::Settings> settings_to_check(const std::string& file) {
  if (file != "-") {
    return config::load_settings(file.empty() ? kSystemConfig
                                              : std::filesystem::path(file));
  }
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  return config::parse_settings(text, "standard input");
}

// What is allowed and probably not meant.
void warn(const config::Settings& settings) {
  const std::string today = rfc3339_utc(now_unix_us()).substr(0, 10);
  for (const config::Processor& one : settings.processors) {
    if (one.until.empty() || one.until >= today) continue;
    std::cout << "warning: the agreement with processor " << one.domain << " ended on "
              << one.until << "; it counts as a third party\n";
  }
}

int check(const std::string& file) {
  const auto settings = settings_to_check(file);
  if (!settings) return complain(settings.error());
  const auto known = known_names(*settings);
  if (!known) return complain(known.error());
  const auto unknown = config::unknown_names(*settings, *known);
  for (const std::string& fault : unknown) complain(fault);
  if (!unknown.empty()) return kFailed;
  warn(*settings);
  std::cout << settings->file.string() << ": correct, " << settings->rules.size()
            << " rules, version " << settings->version << "\n";
  return 0;
}

int explain(const ExplainOptions& options) {
  if (options.all) {
    if (options.format == "markdown") {
      std::cout << config::configuration_reference();
    } else {
      for (const config::KeyHelp& key : config::all_keys()) {
        std::cout << key.path << ": " << key.summary << "\n";
      }
    }
    return 0;
  }
  if (options.key.empty()) return complain("expected a KEY, or --all");
  if (const auto text = config::explain_key(options.key)) {
    std::cout << *text;
    return 0;
  }
  std::string fault = "there is no key '" + options.key + "'";
  if (const auto meant = config::closest_key(options.key)) {
    fault += "; did you mean '" + *meant + "'?";
  }
  return complain(fault);
}

}  // namespace

void declare_config(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("config", "Check and explain the configuration");
  command->require_subcommand(1);
  auto* check_command =
      command->add_subcommand("check", "Tell every fault with line and column");
  const auto file = std::make_shared<std::string>();
  check_command->add_option("FILE", *file,
                            "Default: /etc/noshare/noshare.yaml; '-' is standard input");
  check_command->callback([&run, file] { run = [file] { return check(*file); }; });

  auto* explain_command = command->add_subcommand("explain", "What a key means");
  const auto options = std::make_shared<ExplainOptions>();
  explain_command->add_option("KEY", options->key, "For example rules.when.confidence");
  explain_command->add_flag("--all", options->all, "Every key");
  explain_command->add_option("--format", options->format, "text or markdown")
      ->check(CLI::IsMember({"text", "markdown"}));
  explain_command->callback(
      [&run, options] { run = [options] { return explain(*options); }; });
}

}  // namespace noshare::cli
