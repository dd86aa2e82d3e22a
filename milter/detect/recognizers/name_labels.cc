// Tells labels of persons from labels of things; see name_labels.h.
#include "detect/recognizers/name_labels.h"

#include <algorithm>
#include <map>

namespace noshare::detect {
namespace {

// Lists of persons from all over the world have known names in nearly all of their
// values, lists of languages, currencies, countries and fonts in fewer than one of five.
constexpr std::size_t kManyValues = 8;
constexpr std::size_t kLeastShare = 3;  // one value in three
constexpr int kKnownName = 58;  // scored so by the tagger with a listed name alone
constexpr int kDoubted = 45;    // below every level that counts

struct Values {
  std::size_t all = 0, known = 0;
  bool are_things() const { return all >= kManyValues && known * kLeastShare < all; }
};

}  // namespace

void doubt_labels_of_things(const std::vector<LabelledName>& names, int least,
                            std::vector<RawCandidate>& found) {
  if (names.size() < kManyValues) return;
  std::map<std::size_t, Values> by_label;
  for (const LabelledName& name : names) {
    Values& values = by_label[name.label];
    ++values.all;
    if (name.score >= kKnownName) ++values.known;
  }
  std::vector<bool> dropped(found.size());
  bool any = false;
  for (const LabelledName& name : names) {
    if (!by_label[name.label].are_things()) continue;
    RawCandidate& candidate = found[name.candidate];
    candidate.confidence = std::min(name.score, kDoubted);
    candidate.checked = false;
    candidate.why.emplace_back("the label stands before many that are no names, now " +
                               std::to_string(candidate.confidence));
    dropped[name.candidate] = candidate.confidence < least;
    any = any || dropped[name.candidate];
  }
  if (!any) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (dropped[i]) continue;
    if (kept != i) found[kept] = std::move(found[i]);
    ++kept;
  }
  found.resize(kept);
}

}  // namespace noshare::detect
