// `noshare pack test|list|explain|coverage`: what is recognised, and the proof by
// examples.
#include <algorithm>
#include <iostream>

#include "noshare/base/json.h"
#include "noshare/base/text.h"

#include "command.h"
#include "engine.h"
#include "pack_coverage.h"

namespace noshare::cli {

namespace {

struct PackOptions {
  EngineOptions engine;
  std::string format = "text";
  std::string entity;
  std::string against;  // a list of entities; empty: the one beside the packs
};

int test_packs(const PackOptions& options) {
  const auto engine = load_engine(options.engine);
  if (!engine) return complain(engine.error());
  const auto failed = detect::failed_examples(engine->database);
  for (const std::string& one : failed) std::cerr << one << "\n";
  std::cout << engine->database->size() << " patterns, " << failed.size()
            << " failed examples, version " << engine->database->version() << "\n";
  return failed.empty() ? 0 : kSomethingFound;
}

Result<std::vector<std::filesystem::path>> folders_of(const PackOptions& options) {
  NOSHARE_TRY(const config::Settings settings,
              load_settings_or_defaults(options.engine.config));
  std::vector<std::filesystem::path> folders = settings.packs;
  if (!options.engine.packs.empty()) {
    folders.assign(options.engine.packs.begin(), options.engine.packs.end());
  }
  if (folders.empty()) folders = {config::default_pack_folder()};
  return folders;
}

Result<config::PackSet> load(const PackOptions& options) {
  NOSHARE_TRY(const auto folders, folders_of(options));
  return config::load_packs(folders);
}

Json pattern_json(const config::Pattern& one) {
  Json checks = Json::array();
  for (const config::CheckSpec& check : one.check) checks.push_back(check.name);
  return {{"entity", one.id},       {"title", one.title},
          {"country", one.country}, {"categories", one.categories},
          {"enabled", one.enabled}, {"checks", std::move(checks)},
          {"source", one.source},   {"file", one.file.filename().string()}};
}

int list_packs(const PackOptions& options) {
  const auto packs = load(options);
  if (!packs) return complain(packs.error());
  for (const config::Pattern& one : packs->patterns) {
    if (options.format == "json") {
      std::cout << to_line(pattern_json(one)) << "\n";
    } else {
      std::cout << one.country << "\t" << one.id << "\t" << one.title
                << (one.enabled ? "" : "\t(disabled)") << "\n";
    }
  }
  return std::cout.flush() ? 0 : kFailed;
}

void print_context(const char* label, const std::vector<config::Context>& groups,
                   const char* sign) {
  for (const config::Context& one : groups) {
    std::cout << label << sign << one.points << " within " << one.within_chars
              << " characters of: " << joined(one.words, ", ") << "\n";
  }
}

void print_examples(const config::Pattern& one) {
  std::cout << "found\n";
  for (const config::Example& example : one.found)
    std::cout << "  " << example.text << "\n";
  std::cout << "not found\n";
  for (const config::Example& example : one.not_found) {
    std::cout << "  " << example.text << "\n      because " << example.because << "\n";
  }
}

int explain_pack(const PackOptions& options) {
  const auto packs = load(options);
  if (!packs) return complain(packs.error());
  std::vector<std::string> ids;
  for (const config::Pattern& one : packs->patterns) {
    ids.push_back(one.id);
    if (one.id != options.entity) continue;
    std::cout << one.id << ": " << one.title << "\n"
              << "country     " << one.country << "\ncategories  "
              << joined(one.categories, ", ") << "\nsource      " << one.source
              << "\nfile        " << one.file.string() << ":" << one.line << "\n";
    if (!one.recognizer.empty()) std::cout << "recognizer  " << one.recognizer << "\n";
    for (const config::Expression& form : one.match)
      std::cout << "match       " << form.regex << "\n";
    for (const config::CheckSpec& check : one.check)
      std::cout << "check       " << check.name << "\n";
    std::cout << "confidence  matched " << one.confidence.matched << ", checked "
              << one.confidence.checked << ", without context at most "
              << one.confidence.without_context;
    if (one.confidence.failed >= 0)
      std::cout << ", with a wrong check digit " << one.confidence.failed;
    std::cout << "\n";
    print_context("near        ", one.near, "+");
    print_context("not near    ", one.not_near, "-");
    if (!one.misses.empty()) std::cout << "misses      " << one.misses << "\n";
    print_examples(one);
    return std::cout.flush() ? 0 : kFailed;
  }
  std::string fault = "no pattern is called '" + options.entity + "'";
  if (const auto meant = closest(options.entity, ids))
    fault += "; did you mean '" + *meant + "'?";
  return complain(fault);
}

Result<std::vector<CoverageRow>> coverage(const PackOptions& options) {
  NOSHARE_TRY(const auto folders, folders_of(options));
  NOSHARE_TRY(const config::PackSet packs, config::load_packs(folders));
  const std::filesystem::path& shipped = folders.front();
  const std::filesystem::path entities = options.against.empty()
                                             ? shipped / kEntityList
                                             : std::filesystem::path(options.against);
  return coverage_of(packs, entities, shipped / kReasonList);
}

int show_coverage(const PackOptions& options) {
  const auto rows = coverage(options);
  if (!rows) return complain(rows.error());
  if (options.format == "json") {
    for (const CoverageRow& row : *rows) std::cout << to_line(coverage_json(row)) << "\n";
  } else {
    std::cout << coverage_text(*rows);
  }
  if (!std::cout.flush()) return kFailed;
  const bool explained = std::all_of(
      rows->begin(), rows->end(),
      [](const CoverageRow& row) { return row.covered || !row.reason.empty(); });
  return explained ? 0 : kSomethingFound;
}

CLI::App* add(CLI::App& parent, Run& run, const char* name, const char* about,
              const std::shared_ptr<PackOptions>& options,
              int (*action)(const PackOptions&)) {
  auto* command = parent.add_subcommand(name, about);
  command->add_option("--config", options->engine.config, "Configuration file")
      ->type_name("FILE");
  command
      ->add_option("--packs", options->engine.packs,
                   "Folder of packs, instead of the configured ones")
      ->type_name("FOLDER")
      ->allow_extra_args(false);
  command->callback(
      [&run, options, action] { run = [options, action] { return action(*options); }; });
  return command;
}

}  // namespace

void declare_pack(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("pack", "What is recognised, and the proof by examples");
  command->require_subcommand(1);
  const auto options = std::make_shared<PackOptions>();
  add(*command, run, "test", "Run the examples of all packs", options, test_packs);
  add(*command, run, "list", "All patterns", options, list_packs)
      ->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  auto* coverage_command =
      add(*command, run, "coverage", "Known kinds of personal data, found or why not",
          options, show_coverage);
  coverage_command
      ->add_option("--against", options->against,
                   "List of known entities, instead of the one beside the packs")
      ->type_name("FILE");
  coverage_command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  add(*command, run, "explain", "One pattern in full", options, explain_pack)
      ->add_option("ENTITY", options->entity, "For example iban")
      ->required();
}

}  // namespace noshare::cli
