// The keys that say what the filter knows of people: customers, what they have sent.
#include <algorithm>
#include <array>

#include "config/field_text.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

void begin_column(Value, Draft& draft) {
  draft.customer_column = &draft.settings.customers.columns.emplace_back();
}

void read_type(Value value, Draft& draft) {
  std::vector<std::pair<std::string, ColumnType>> words;
  for (const ColumnType type : column_types()) words.emplace_back(name(type), type);
  value.choice(words, draft.customer_column->type);
}

void finish_customers(Value value, Draft& draft) {
  const Customers& customers = draft.settings.customers;
  if (customers.columns.empty()) return;  // the CSV file's first line decides
  constexpr std::size_t kMostColumns = 16;
  if (customers.columns.size() > kMostColumns) {
    value.fault("expected at most 16 columns");
  }
  if (std::none_of(customers.columns.begin(), customers.columns.end(),
                   [](const auto& one) { return one.primary; })) {
    value.fault("expected at least one column with 'primary: true'");
  }
  if (customers.secondary >= customers.columns.size()) {
    value.fault("'secondary' asks for more columns than there are beside a primary one");
  }
}

constexpr std::array kKeys = {
    SettingsKey{
        {"customers", "section", "", "The organisation's own customers",
         "`noshare customers index FILE.csv` writes an index of keyed hashes from "
         "a CSV file. A customer's data found in a message is a finding of the "
         "entity customer_record.",
         ""},
        Shape::kSection,
        nullptr,
        finish_customers},
    SettingsKey{{"customers.index", "path", "", "The index file",
                 "Without it there is none. The filter reads it when it starts and at "
                 "each reload.",
                 "/var/lib/noshare/customers.index", true},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.customers.index, d.folder); }},
    SettingsKey{{"customers.key", "column", "", "The column that names a customer",
                 "Without it, the first primary column with a value. Its value's "
                 "fingerprint is that of the finding, and permissions may be "
                 "given for it.",
                 "customer_no"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.settings.customers.key = *text;
                }},
    SettingsKey{{"customers.columns", "list of sections",
                 "from the CSV file's first line", "Which columns are indexed, and how",
                 "Without this key, columns are known by common names such as e-mail, "
                 "phone, last_name, birth_date, iban, street.",
                 ""},
                Shape::kItems,
                begin_column},
    SettingsKey{{"customers.columns[].column", "column", "",
                 "Its name in the CSV file's first line, or its number from 1", "",
                 "e-mail", true},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.customer_column->column = *text;
                }},
    SettingsKey{{"customers.columns[].type",
                 "one of: name, email, phone, id, iban, date, address, text", "",
                 "How its values are compared",
                 "Without regard to case and punctuation; names in any order and with or "
                 "without accents, phone numbers with or without the calling code, days "
                 "however written.",
                 "email", true},
                Shape::kValue,
                read_type},
    SettingsKey{{"customers.columns[].primary", "true or false", "false",
                 "Whether one of its values points to a customer",
                 "A match begins at a value of a primary column. A value that more than "
                 "64 customers share points to nobody and is left out.",
                 "true"},
                Shape::kValue,
                [](Value v, Draft& d) { v.truth(d.customer_column->primary); }},
    SettingsKey{{"customers.columns[].date_order", "one of: day_first, month_first",
                 "day_first", "How a day such as 03/04/1980 is read", "", "month_first"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.choice({{"day_first", DateOrder::kDayFirst},
                            {"month_first", DateOrder::kMonthFirst}},
                           d.customer_column->date_order);
                }},
    SettingsKey{
        {"customers.secondary", "whole number", "1",
         "How many other columns of the same customer must stand near a primary value",
         "0: a primary value alone is a match.", "2"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.customers.secondary, 0, 15); }},
    SettingsKey{
        {"customers.within_chars", "whole number", "300",
         "How near: so many characters before and after, or in the same row of a table",
         "", "500"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.customers.within_chars, 1, 5000); }},
    SettingsKey{
        {"forms", "section", "", "Blank forms and confidential documents",
         "`noshare forms add NAME FILE` learns one. A message that repeats it, filled in "
         "or in part, has a finding of the entity known_document, whose confidence is "
         "how much of the document it repeats, in per cent.",
         ""},
        Shape::kSection},
    SettingsKey{{"forms.index", "path", "", "The file of known documents",
                 "The filter reads it when it starts and at each reload.",
                 "/var/lib/noshare/forms.json", true},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.forms, d.folder); }},
    SettingsKey{
        {"received", "section", "", "What correspondents have sent us before",
         "A value that came in with mail from a domain is no news to that domain: "
         "it does not count as disclosed to it. Kept as fingerprints.",
         ""},
        Shape::kSection},
    SettingsKey{
        {"received.keep_days", "whole number", "0",
         "How many days such values are remembered",
         "0: none are, and mail from outside is not read for them.", "90"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.received.keep_days, 0, 3650); }},
    SettingsKey{{"received.by_address", "list of domains", "",
                 "Domains whose addresses are strangers to each other",
                 "What one of them has sent is no news to that address only. Without "
                 "this key, the "
                 "large mail providers.",
                 "[mail.test, \"mail.*\"]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  d.settings.received.by_address.clear();
                  v.texts(check_domain_glob, d.settings.received.by_address);
                }},
};

}  // namespace

std::span<const SettingsKey> knowledge_keys() { return kKeys; }

const std::vector<ColumnType>& column_types() {
  static const std::vector<ColumnType> kAll = {
      ColumnType::kName, ColumnType::kEmail, ColumnType::kPhone,   ColumnType::kId,
      ColumnType::kIban, ColumnType::kDate,  ColumnType::kAddress, ColumnType::kText};
  return kAll;
}

const char* name(ColumnType type) noexcept {
  switch (type) {
    case ColumnType::kName:
      return "name";
    case ColumnType::kEmail:
      return "email";
    case ColumnType::kPhone:
      return "phone";
    case ColumnType::kId:
      return "id";
    case ColumnType::kIban:
      return "iban";
    case ColumnType::kDate:
      return "date";
    case ColumnType::kAddress:
      return "address";
    case ColumnType::kText:
      return "text";
  }
  return "unknown";
}

std::optional<ColumnType> column_type_from_name(std::string_view text) noexcept {
  for (const ColumnType type : column_types()) {
    if (text == name(type)) return type;
  }
  return std::nullopt;
}

}  // namespace noshare::config
