// check_values: says of many values whether the checks of a pack's pattern pass.
//
// In:  the folder of packs as argument; lines "pattern<TAB>value" on standard input
// Out: a line "1" or "0" for each, in order. Only normalisation and checks are asked:
// what the expressions match, and context, are the unit tests' business. Exit status 2
// when a pack or a check is faulty, or a pattern is unknown.
#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "noshare/config/pack.h"
#include "noshare/detect/detector.h"

#include "detect/check.h"

namespace noshare {
namespace {

struct Rule {
  config::Normalise normalise = config::Normalise::kAsIs;
  std::vector<std::unique_ptr<detect::Check>> checks;
};

Result<std::map<std::string, Rule>> load_rules(const char* folder) {
  NOSHARE_TRY(const config::PackSet packs, config::load_packs({folder}));
  std::map<std::string, Rule> rules;
  for (const config::Pattern& pattern : packs.patterns) {
    Rule& rule = rules[pattern.id];
    rule.normalise = pattern.normalise;
    for (const config::CheckSpec& spec : pattern.check) {
      auto check = detect::make_check(spec);
      if (!check) {
        return fail(ErrorCode::kInvalidInput, pattern.file.string() + ":" +
                                                  std::to_string(spec.line) + ": " +
                                                  check.error().message);
      }
      rule.checks.push_back(std::move(*check));
    }
  }
  return rules;
}

bool passes(const Rule& rule, const std::string& value) {
  const std::string normalised = detect::normalised(rule.normalise, value);
  for (const auto& check : rule.checks) {
    if (!check->passes(normalised, value)) return false;
  }
  return true;
}

int run(const char* folder) {
  const auto rules = load_rules(folder);
  if (!rules) {
    std::cerr << rules.error().message << '\n';
    return 2;
  }
  std::string line;
  while (std::getline(std::cin, line)) {
    const std::size_t tab = line.find('\t');
    const auto rule = rules->find(line.substr(0, tab));
    if (tab == std::string::npos || rule == rules->end()) {
      std::cerr << "unknown pattern in line: " << line.substr(0, tab) << '\n';
      return 2;
    }
    std::cout << (passes(rule->second, line.substr(tab + 1)) ? "1\n" : "0\n");
  }
  return 0;
}

}  // namespace
}  // namespace noshare

int main(int argc, char** argv) {
  if (argc != 2) {
    std::cerr << "usage: check_values FOLDER-OF-PACKS\n";
    return 2;
  }
  return noshare::run(argv[1]);
}
