// link_umbrellas: which entities stand for which others (noshare/config/pack.h).
#include <algorithm>
#include <map>
#include <set>

#include "noshare/config/pack.h"

#include "config/yaml_map.h"

namespace noshare::config {
namespace {

using Parents = std::map<std::string, std::vector<const Pattern*>>;

tl::unexpected<Error> fault(const Pattern& pattern, const std::string& what) {
  return fail(ErrorCode::kInvalidInput, pattern.file.string() + ":" +
                                            std::to_string(pattern.line) + ": pattern '" +
                                            pattern.id + "': includes " + what);
}

// Who includes an entity, by its id.
Result<Parents> parents_of(const std::vector<Pattern>& patterns) {
  std::vector<std::string> ids;
  ids.reserve(patterns.size());
  for (const Pattern& pattern : patterns) ids.push_back(pattern.id);
  const std::set<std::string> known(ids.begin(), ids.end());
  Parents parents;
  for (const Pattern& pattern : patterns) {
    for (const std::string& id : pattern.includes) {
      if (!known.contains(id))
        return fault(pattern, "an " + unknown_word_message("id", id, ids));
      parents[id].push_back(&pattern);
    }
  }
  return parents;
}

void add_ancestors(const Parents& parents, const std::string& id,
                   std::set<std::string>& into) {
  const auto found = parents.find(id);
  if (found == parents.end()) return;
  for (const Pattern* parent : found->second) {
    if (into.insert(parent->id).second) add_ancestors(parents, parent->id, into);
  }
}

}  // namespace

Result<void> link_umbrellas(std::vector<Pattern>& patterns) {
  NOSHARE_TRY(const Parents parents, parents_of(patterns));
  for (Pattern& pattern : patterns) {
    std::set<std::string> ancestors;
    add_ancestors(parents, pattern.id, ancestors);
    if (ancestors.contains(pattern.id)) return fault(pattern, "itself");
    pattern.umbrellas.assign(ancestors.begin(), ancestors.end());
  }
  return {};
}

}  // namespace noshare::config
