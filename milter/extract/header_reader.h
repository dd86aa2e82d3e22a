// Header fields to segments and participants.
//
// In:  a header block     Out: the subject, names of people and other fields' text
// Fields that mail systems write about the way of a mail (trace, signatures, list
// management) are left out: they hold addresses and numbers of machines, and nobody reads
// them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/collector.h"
#include "extract/header_block.h"

namespace noshare::extract {

enum class FieldUse { kSubject, kAuthors, kAddresses, kText, kMachine };

FieldUse use_of_field(std::string_view name);

// One header text as it is scanned. The mapping leads to the field's raw value.
struct FieldText {
  model::Zone zone = model::Zone::kHeader;
  MappedText text;
};
FieldText field_text(const HeaderField& field);

// A segment per field. `part` is the number for headers ("0", "2.0"), or a MIME part's
// own. `index` of a repeated field is part of its path: "X-Note (2)".
void read_headers(const HeaderBlock& block, const std::string& part,
                  const std::string& path, Collector& out);

// "Subject", or "X-Note (2)": the path under which read_headers files a field.
std::string field_path(std::string_view name, std::uint32_t index);

}  // namespace noshare::extract
