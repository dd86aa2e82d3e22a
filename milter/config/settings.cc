// load_settings, parse_settings and what Settings can tell about itself.
#include "noshare/config/settings.h"

#include <algorithm>
#include <functional>
#include <system_error>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

#include "config/categories.h"
#include "config/content_version.h"
#include "config/settings_parser.h"
#include "config/yaml_map.h"

namespace noshare::config {

namespace {

constexpr std::uint64_t kMostFileBytes = 64ULL << 20;  // the parser refuses far less
constexpr int kMostParents = 4;  // from a program up to its build folder

// Names that rules may use although no pack describes them: found by an index of the
// organisation's customers, and by the file of known documents.
constexpr const char* kIndexEntities[] = {"customer_record", "known_document",
                                          "small_group"};

// The source folder that a CMake build folder belongs to.
std::filesystem::path source_folder_of(const std::filesystem::path& build) {
  const auto cache = read_file(build / "CMakeCache.txt");
  if (!cache) return {};
  constexpr std::string_view kKey = "CMAKE_HOME_DIRECTORY:INTERNAL=";
  for (const std::string_view line : split(*cache, '\n')) {
    if (line.substr(0, kKey.size()) == kKey) return trimmed(line.substr(kKey.size()));
  }
  return {};
}

void add_unknown(const Settings& settings, const Rule& rule, const char* kind,
                 const std::vector<std::string>& named,
                 const std::vector<std::string>& known, std::vector<std::string>& into) {
  for (const std::string& name : named) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    into.push_back(settings.file.string() + ":" + std::to_string(rule.line) + ": rule '" +
                   rule.id + "': " + unknown_word_message(kind, name, known));
  }
}

}  // namespace

std::filesystem::path StoreSettings::place() const {
  return postgresql.empty()
             ? sqlite
             : std::filesystem::path(std::string(kPostgresPlace) + postgresql);
}

std::string SocketAddress::libmilter_form() const {
  if (is_unix) return "unix:" + path;
  const char* family = host.find(':') == std::string::npos ? "inet:" : "inet6:";
  return family + std::to_string(port) + "@" + host;
}

namespace {

// A folder of the source tree, or of the installation this program belongs to.
std::filesystem::path shipped_folder(const char* in_source, const char* in_share) {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  std::filesystem::path folder = program.parent_path();
  for (int i = 0; i < kMostParents && folder.has_relative_path(); ++i) {
    const auto source = source_folder_of(folder);
    if (!source.empty()) return source / in_source;
    folder = folder.parent_path();
  }
  const auto beside = program.parent_path().parent_path() / "share/noshare" / in_share;
  if (std::filesystem::is_directory(beside, error)) return beside;
  return std::filesystem::path("/usr/share/noshare") / in_share;
}

// The rules of a pack, behind those of the file itself.
Result<void> add_rule_pack(const std::string& name, Settings& settings) {
  const bool is_file = name.find('/') != std::string::npos || name.ends_with(".yaml");
  const std::filesystem::path file =
      is_file ? std::filesystem::path(name) : default_rule_folder() / (name + ".yaml");
  auto text = read_file(file, kMostFileBytes);
  if (!text) {
    return fail(ErrorCode::kInvalidInput, settings.file.string() + ": rule_packs: '" +
                                              name + "': " + text.error().message);
  }
  // A pack is a file of rules; whose promise it is says the file that names it.
  NOSHARE_TRY(
      Settings pack,
      read_settings(*text + "\norganisation: {domains: [pack.test]}\n", file.string()));
  for (Rule& rule : pack.rules) {
    const auto twin = std::find_if(settings.rules.begin(), settings.rules.end(),
                                   [&](const Rule& one) { return one.id == rule.id; });
    // A rule of the same id in the file itself stands in its place.
    if (twin == settings.rules.end()) settings.rules.push_back(std::move(rule));
  }
  settings.files += *text + pack.files;
  return {};
}

}  // namespace

std::filesystem::path default_pack_folder() {
  return shipped_folder("patterns", "patterns");
}

std::filesystem::path default_rule_folder() {
  return shipped_folder("deploy/rules", "rules");
}

std::filesystem::path default_letter_folder() {
  return shipped_folder("deploy/templates", "templates");
}

Result<Settings> parse_settings(const std::string& text, const std::string& file_name) {
  NOSHARE_TRY(Settings settings, read_settings(text, file_name));
  settings.file = file_name;
  settings.text = text;
  if (settings.packs.empty()) settings.packs = {default_pack_folder()};
  if (settings.rules.empty()) settings.rules = default_rules();
  for (const std::string& pack : settings.rule_packs) {
    NOSHARE_CHECK(add_rule_pack(pack, settings));
  }
  for (const auto& [kind, letters] :
       {std::pair(LetterKind::kHeld, &settings.notices.held_letters),
        std::pair(LetterKind::kDigest, &settings.notices.digest_letters)}) {
    auto read = load_letters(kind, settings.languages, settings.notices.templates);
    if (!read && read.error().code == ErrorCode::kNotFound) {
      return fail(ErrorCode::kInvalidInput, file_name + ": " + read.error().message);
    }
    NOSHARE_TRY(*letters, std::move(read));
  }
  settings.version = content_version(text + settings.files);
  return settings;
}

Result<Settings> load_settings(const std::filesystem::path& file) {
  NOSHARE_TRY(const std::string text, read_file(file, kMostFileBytes));
  return parse_settings(text, file.string());
}

std::vector<std::string> unknown_names(const Settings& settings,
                                       const KnownNames& known) {
  std::vector<std::string> entities = known.entities;
  entities.insert(entities.end(), std::begin(kIndexEntities), std::end(kIndexEntities));
  std::vector<std::string> words = known.categories;
  words.insert(words.end(), categories().begin(), categories().end());
  std::vector<std::string> unknown;
  std::function<void(const Rule&, const Condition&)> check;
  check = [&](const Rule& rule, const Condition& condition) {
    add_unknown(settings, rule, "entity", condition.entities, entities, unknown);
    add_unknown(settings, rule, "category", condition.categories, words, unknown);
    for (const auto* further :
         {&condition.all_of, &condition.any_of, &condition.none_of}) {
      for (const Condition& one : *further) check(rule, one);
    }
  };
  for (const Rule& rule : settings.rules) {
    check(rule, rule.when);
    if (rule.unless) check(rule, *rule.unless);
  }
  const auto check_list = [&](const std::vector<std::string>& named, const char* where) {
    for (const std::string& name : named) {
      if (std::find(entities.begin(), entities.end(), name) != entities.end()) continue;
      unknown.push_back(settings.file.string() + ": " + where + ": " +
                        unknown_word_message("entity", name, entities));
    }
  };
  check_list(settings.disabled_entities, "disabled_entities");
  for (const Processor& one : settings.processors) check_list(one.entities, "processors");
  for (const auto& [entity, values] : settings.organisation.own_data) {
    check_list({entity}, "organisation.own_data");
    const auto& umbrellas = known.umbrellas;
    if (std::find(umbrellas.begin(), umbrellas.end(), entity) == umbrellas.end())
      continue;
    unknown.push_back(settings.file.string() + ": organisation.own_data: '" + entity +
                      "' stands for several entities; name the one that is meant");
  }
  return unknown;
}

}  // namespace noshare::config
