// SettingsKeys: the table of noshare.yaml's keys, each with its reader.
//
// In:  a SettingsValue     Out: the typed value in the Draft
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string_view>

#include "noshare/config/keys.h"
#include "noshare/config/settings.h"

#include "config/settings_value.h"

namespace noshare::config {

// Settings while they are read. The pointers lead to the list item that is being read.
struct Draft {
  Settings settings;
  std::filesystem::path folder;  // of the file, for relative paths
  std::string files;             // texts of further files that were read, for the version
  Rule* rule = nullptr;
  Condition* condition = nullptr;
  Processor* processor = nullptr;
  CustomerColumn* customer_column = nullptr;
  Authority* authority = nullptr;
  FeedSettings* feed = nullptr;
};

enum class Shape {
  kValue,    // `read` takes it all
  kSection,  // a mapping whose keys stand in the table below this path
  kItems,    // a list of such mappings
  // Further conditions with the keys of the one they stand in: a list of mappings or one;
  // texts among them go to `read`. `child` makes the place for each.
  kConditions,
};

struct SettingsKey {
  KeyHelp help;
  Shape shape = Shape::kValue;
  // kValue: reads it. kSection, kItems: called before each mapping's keys are read.
  void (*read)(const SettingsValue&, Draft&) = nullptr;
  // Called after each mapping's keys were read; may be null.
  void (*finish)(const SettingsValue&, Draft&) = nullptr;
  Condition& (*child)(Condition&) = nullptr;
};

// The table's parts, by file.
std::span<const SettingsKey> running_keys();       // how the filter runs
std::span<const SettingsKey> record_keys();        // what is kept, and who hears of it
std::span<const SettingsKey> organisation_keys();  // whose promise it is
std::span<const SettingsKey> rule_keys();          // what happens
std::span<const SettingsKey> condition_keys();     // and when
std::span<const SettingsKey> knowledge_keys();     // what it knows of people

inline std::array<std::span<const SettingsKey>, 6> key_tables() {
  return {running_keys(), record_keys(),    organisation_keys(),
          rule_keys(),    condition_keys(), knowledge_keys()};
}

// `unless` and further conditions have the keys of `when`: where a path's own description
// stands.
std::string described_path(std::string_view path);

}  // namespace noshare::config
