// Customers: where the index of the organisation's own customers lies, and how a match is
// told from a coincidence.
//
// In:  `customers:` in noshare.yaml     Out: what the indexer and the matcher need
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noshare::config {

// What a column holds decides how its values are compared. The numbers stand in index
// files: they never change.
enum class ColumnType : std::uint8_t {
  kName = 1,
  kEmail = 2,
  kPhone = 3,
  kId = 4,
  kIban = 5,
  kDate = 6,
  kAddress = 7,
  kText = 8,
};
const char* name(ColumnType type) noexcept;  // "email"
std::optional<ColumnType> column_type_from_name(std::string_view text) noexcept;
const std::vector<ColumnType>& column_types();

// How a day such as 03/04/1980 is read.
enum class DateOrder : std::uint8_t { kDayFirst, kMonthFirst };

struct CustomerColumn {
  std::string column;  // its name in the CSV file's first line, or its number from 1
  ColumnType type = ColumnType::kText;
  bool primary = false;  // a value of it alone points to one customer
  DateOrder date_order = DateOrder::kDayFirst;
};

struct Customers {
  std::filesystem::path index;  // empty: there is none
  std::string key;              // the column that names a customer; may be empty
  std::vector<CustomerColumn> columns;
  std::uint32_t secondary = 1;       // values that must stand near a primary one
  std::uint32_t within_chars = 300;  // how near, before and after; or in the same row
};

}  // namespace noshare::config
