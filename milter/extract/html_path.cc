// See html_path.h.
#include "extract/html_path.h"

#include <algorithm>

#include "extract/html_elements.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostLevels = 512;  // as browsers keep
constexpr std::size_t kMostSiblings = 1000;
constexpr std::size_t kMostKinds = 32;

}  // namespace

void HtmlPath::begin(HtmlElement element) {
  if (deeper_ == 0) close_implied(element.key);
  Level& level = levels_.back();
  element.index = ++level.count;
  auto kind = std::find_if(level.kinds.begin(), level.kinds.end(),
                           [&](const auto& one) { return one.first == element.key; });
  if (kind == level.kinds.end() && level.kinds.size() < kMostKinds) {
    kind = level.kinds.insert(kind, {element.key, 0});
  }
  if (kind != level.kinds.end()) element.index_of_kind = ++kind->second;
  if (level.children.size() == kMostSiblings) {
    level.children.erase(level.children.begin(),
                         level.children.begin() + kMostSiblings / 2);
  }
  level.children.push_back(element);
}

void HtmlPath::open() {
  if (deeper_ > 0 || levels_.size() == kMostLevels) {
    ++deeper_;
  } else {
    levels_.emplace_back();
  }
}

void HtmlPath::end(std::uint64_t key) {
  if (deeper_ > 0) {
    --deeper_;
    return;
  }
  for (std::size_t level = levels_.size() - 1; level > 0; --level) {
    if (levels_[level - 1].children.back().key != key) continue;
    levels_.resize(level);
    return;
  }
}

// "<li>a<li>b": the second ends the first; a row ends the cell and the row before.
void HtmlPath::close_implied(std::uint64_t key) {
  while (levels_.size() > 1 &&
         ends_element(key, levels_[levels_.size() - 2].children.back().key)) {
    levels_.pop_back();
  }
}

}  // namespace noshare::extract
