// The recognisers by name, as a pack's `recognizer:` field says it.
#include <array>

#include "noshare/base/text.h"

#include "detect/recognizer.h"
#include "detect/recognizers/address_recognizer.h"
#include "detect/recognizers/name_recognizer.h"
#include "detect/recognizers/phone_recognizer.h"

namespace noshare::detect {
namespace {

template <class Kind>
std::unique_ptr<Recognizer> make(const config::Pattern& pattern) {
  return std::make_unique<Kind>(pattern);
}

struct Entry {
  const char* name;
  std::unique_ptr<Recognizer> (*make)(const config::Pattern&);
};

constexpr std::array kRecognizers{
    Entry{"address", &make<AddressRecognizer>},
    Entry{"name", &make<NameRecognizer>},
    Entry{"phone", &make<PhoneRecognizer>},
};

}  // namespace

Result<std::unique_ptr<Recognizer>> make_recognizer(const config::Pattern& pattern) {
  for (const Entry& entry : kRecognizers) {
    if (pattern.recognizer == entry.name) return entry.make(pattern);
  }
  std::string message = "unknown recognizer '" + pattern.recognizer + "'";
  if (const auto meant = closest(pattern.recognizer, recognizer_names())) {
    message += ", did you mean '" + *meant + "'?";
  }
  return fail(ErrorCode::kInvalidInput, std::move(message));
}

std::vector<std::string> recognizer_names() {
  std::vector<std::string> names;
  for (const Entry& entry : kRecognizers) names.emplace_back(entry.name);
  return names;
}

}  // namespace noshare::detect
