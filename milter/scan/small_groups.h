// Small groups in tables that count people, as findings.
//
// In:  segments     Out: findings of the entity small_group, one for each cell that
// counts a few people only, added to those of detect A table of totals says nothing of
// anybody; a cell that counts three people may (the minimum frequency rule of statistical
// disclosure control: Hundepool et al., Handbook on Statistical Disclosure Control, 2nd
// edition, ESSNet 2010, section 4.2). Which number is too few is the rule's to say
// (`group_size`). A table is lines of cells, parted by tabs, '|',
// ';', ',' or columns of spaces, under a heading that names people ("Patients",
// "Customers by town").
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "noshare/detect/detector.h"

namespace noshare::scan {

inline constexpr std::string_view kSmallGroupEntity = "small_group";

// What larger cells count is no small group by any rule in use.
inline constexpr std::uint32_t kMostInSmallGroup = 20;

// A cell that counts people.
struct SmallGroup {
  model::Span span;  // of the number, in the text
  model::Span row;   // the line it stands in
  std::uint32_t size = 0;
  int confidence = 0;  // of its table
};
std::vector<SmallGroup> small_groups_in(std::string_view text);

model::EntityInfo small_group_info();

void add_small_groups(std::span<const model::Segment> segments, const FingerprintKey& key,
                      std::vector<detect::Detected>& detected);

}  // namespace noshare::scan
