// Window: the text around a value, ready to be asked for a customer's other values.
//
// In:  a text, a stretch of it, what the index has columns for     Out: hashes of all
// values that stand there, however written, with their places
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "customers/index_impl.h"
#include "customers/normal_form.h"
#include "customers/number_groups.h"

namespace noshare::customers {

// What may occur of one type, over all its columns.
struct TypeFacts {
  bool exists = false;
  std::uint64_t lengths = 0;
  std::uint8_t first = 0;
  std::size_t most_words = 0;
  bool may_be(std::string_view form) const {
    return exists && !form.empty() && (lengths & length_bit(form.size())) != 0 &&
           (first & first_bit(form)) != 0;
  }
};
struct AllTypes {
  std::array<TypeFacts, 9> of{};  // by ColumnType
  const TypeFacts& operator[](config::ColumnType type) const {
    return of[static_cast<std::size_t>(type)];
  }
};
AllTypes types_of(const IndexHeader& header, bool primary_only);

// Numbers longer than this in groups are nobody's customer number.
inline constexpr std::size_t kMostIdGroups = 4;

// Calls on_form(type, form, span) for the forms that a run of groups may have.
template <class OnForm>
void for_each_number_form(std::string_view text, const GroupRun& run,
                          const AllTypes& types, std::string& scratch, OnForm&& on_form) {
  using config::ColumnType;
  for_each_number(
      text, run, scratch,
      [&](std::string_view alnum, model::Span span, bool has_plus, std::size_t groups) {
        for (const ColumnType type :
             {ColumnType::kPhone, ColumnType::kId, ColumnType::kIban}) {
          if (!types[type].exists) continue;
          if (type == ColumnType::kId &&
              (groups > kMostIdGroups ||
               (types[type].lengths & length_bit(alnum.size())) == 0)) {
            continue;
          }
          const std::string form = number_form(type, alnum, has_plus);
          if (types[type].may_be(form)) on_form(type, std::string_view(form), span);
        }
      });
}

// The address around an '@' at `at`; empty if there is none.
model::Span email_span(std::string_view text, std::size_t at);

class Window {
 public:
  // `text` and `index` are looked at now only.
  void read(std::string_view text, model::Span stretch, const Index::Impl& index,
            const AllTypes& types);

  // Where a column's value stands, apart from `beside`; false if it does not.
  bool holds(std::uint32_t check, model::Span beside, model::Span& place) const;

 private:
  void add(config::ColumnType type, std::string_view form, model::Span place);
  void add_words(std::string_view text, model::Span stretch, const AllTypes& types);
  void add_days(const std::vector<Word>& words, std::uint32_t offset);

  struct Value {
    std::uint32_t check;
    model::Span place;
  };
  const Index::Impl* index_ = nullptr;
  std::vector<Value> values_;  // by check
  std::string scratch_;
  std::string number_scratch_;
  GroupRun run_;
};

}  // namespace noshare::customers
