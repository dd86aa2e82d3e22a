// Columns: which fields of a CSV file are indexed, and as what.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/customers.h"

namespace noshare::customers {

struct FieldColumn {
  config::CustomerColumn column;
  std::size_t field = 0;  // in a row
};

struct FieldMap {
  std::vector<FieldColumn> columns;
  std::size_t key =
      SIZE_MAX;  // field of the customer's key; SIZE_MAX: first primary value
  std::string key_name;
  std::size_t fields = 0;  // of the first line
};

// Errors: kInvalidInput with the name that is missing and those that are there.
Result<FieldMap> map_fields(const config::Customers& settings,
                            const std::vector<std::string>& names);

// One text for equal maps: an index of other columns is another index.
std::string describe(const FieldMap& map);

}  // namespace noshare::customers
