// Columns: see columns.h.
#include "customers/columns.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "noshare/base/text.h"
#include "noshare/customers/indexer.h"

#include "customers/index_format.h"
#include "customers/normal_form.h"

namespace noshare::customers {

namespace {

using config::ColumnType;
using config::CustomerColumn;

struct KnownName {
  std::string_view word;
  ColumnType type;
  bool primary;
};

// Words in the names of columns, the telling ones first; English, German, French,
// Spanish.
constexpr std::array<KnownName, 45> kKnownNames = {
    {{"email", ColumnType::kEmail, true},
     {"mail", ColumnType::kEmail, true},
     {"correo", ColumnType::kEmail, true},
     {"courriel", ColumnType::kEmail, true},
     {"iban", ColumnType::kIban, true},
     {"phone", ColumnType::kPhone, true},
     {"mobile", ColumnType::kPhone, true},
     {"tel", ColumnType::kPhone, true},
     {"telephone", ColumnType::kPhone, true},
     {"telefon", ColumnType::kPhone, true},
     {"telefono", ColumnType::kPhone, true},
     {"fax", ColumnType::kPhone, true},
     {"cell", ColumnType::kPhone, true},
     {"birth", ColumnType::kDate, false},
     {"birthday", ColumnType::kDate, false},
     {"dob", ColumnType::kDate, false},
     {"birthdate", ColumnType::kDate, false},
     {"geburtsdatum", ColumnType::kDate, false},
     {"naissance", ColumnType::kDate, false},
     {"nacimiento", ColumnType::kDate, false},
     {"name", ColumnType::kName, false},
     {"surname", ColumnType::kName, false},
     {"vorname", ColumnType::kName, false},
     {"nachname", ColumnType::kName, false},
     {"nom", ColumnType::kName, false},
     {"nombre", ColumnType::kName, false},
     {"apellido", ColumnType::kName, false},
     {"street", ColumnType::kAddress, false},
     {"address", ColumnType::kAddress, false},
     {"strasse", ColumnType::kAddress, false},
     {"adresse", ColumnType::kAddress, false},
     {"direccion", ColumnType::kAddress, false},
     {"ssn", ColumnType::kId, true},
     {"passport", ColumnType::kId, true},
     {"policy", ColumnType::kId, true},
     {"account", ColumnType::kId, true},
     {"konto", ColumnType::kId, true},
     {"member", ColumnType::kId, true},
     {"contract", ColumnType::kId, true},
     {"id", ColumnType::kId, true},
     {"no", ColumnType::kId, true},
     {"nr", ColumnType::kId, true},
     {"number", ColumnType::kId, true},
     {"nummer", ColumnType::kId, true},
     {"kundennummer", ColumnType::kId, true}}};

// "firstName", "e-mail", "LAST_NAME" to words; "e mail" is "email".
std::vector<std::string> words_of_name(std::string_view name) {
  std::string parted;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0 && is_ascii_upper(name[i]) && is_ascii_lower(name[i - 1])) parted += ' ';
    parted += name[i] == '_' ? ' ' : name[i];
  }
  std::vector<std::string> words;
  for (const Word& word : words_of(parted, 16)) {
    if (!words.empty() && words.back() == "e" && word.folded == "mail") {
      words.back() = "email";
    } else {
      words.push_back(word.folded);
    }
  }
  return words;
}

const KnownName* known_name(std::string_view name) {
  const auto words = words_of_name(name);
  for (const KnownName& known : kKnownNames) {
    if (std::find(words.begin(), words.end(), known.word) != words.end()) return &known;
  }
  return nullptr;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names)
    text += (text.empty() ? "" : ", ") + one_line(name);
  return text;
}

Result<std::size_t> field_of(const std::string& column,
                             const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (equal_ignoring_case(trimmed(names[i]), trimmed(column))) return i;
  }
  std::size_t number = 0;
  const auto [end, error] =
      std::from_chars(column.data(), column.data() + column.size(), number);
  if (error == std::errc() && end == column.data() + column.size() && number >= 1 &&
      number <= names.size()) {
    return number - 1;
  }
  std::string fault =
      "the CSV file has no column '" + column + "', expected one of " + listed(names);
  if (const auto meant = closest(column, names))
    fault += "; did you mean '" + *meant + "'?";
  return fail(ErrorCode::kInvalidInput, std::move(fault));
}

}  // namespace

std::vector<CustomerColumn> columns_by_name(const std::vector<std::string>& names) {
  std::vector<CustomerColumn> columns;
  for (const std::string& name : names) {
    const KnownName* known = known_name(name);
    if (known == nullptr || columns.size() == kMostColumns) continue;
    CustomerColumn column;
    column.column = std::string(trimmed(name));
    column.type = known->type;
    column.primary = known->primary;
    columns.push_back(std::move(column));
  }
  return columns;
}

Result<FieldMap> map_fields(const config::Customers& settings,
                            const std::vector<std::string>& names) {
  FieldMap map;
  map.fields = names.size();
  const auto columns =
      settings.columns.empty() ? columns_by_name(names) : settings.columns;
  for (const CustomerColumn& column : columns) {
    NOSHARE_TRY(const std::size_t field, field_of(column.column, names));
    map.columns.push_back({column, field});
  }
  const auto first =
      std::find_if(map.columns.begin(), map.columns.end(),
                   [](const FieldColumn& one) { return one.column.primary; });
  if (first == map.columns.end()) {
    return fail(ErrorCode::kInvalidInput,
                "no column can point to a customer (e-mail, phone, id, iban) among " +
                    listed(names) + "; say in 'customers.columns' what they are");
  }
  map.key_name = settings.key;
  if (!settings.key.empty()) {
    NOSHARE_TRY(map.key, field_of(settings.key, names));
  }
  return map;
}

std::string describe(const FieldMap& map) {
  std::string text = std::to_string(map.key);
  for (const FieldColumn& one : map.columns) {
    text += "|" + one.column.column + ":" + config::name(one.column.type) + ":" +
            std::to_string(one.field) + (one.column.primary ? "p" : "") +
            (one.column.date_order == config::DateOrder::kMonthFirst ? "m" : "");
  }
  return text;
}

}  // namespace noshare::customers
