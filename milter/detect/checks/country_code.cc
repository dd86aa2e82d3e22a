// country_code: the letters at a place are a country of ISO 3166-1.
#include <algorithm>

#include "detect/checks/code_tables.h"
#include "detect/checks/families.h"
#include "detect/checks/parameters.h"

namespace noshare::detect {
namespace {

class CountryCode final : public Check {
 public:
  CountryCode(int at, std::size_t letters, std::vector<std::string> also)
      : at_(at), letters_(letters), also_(std::move(also)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t at = 0;
    if (!resolve_place(at_, normalised.size(), at)) return false;
    const std::string_view code = normalised.substr(at, letters_);
    if (code.size() != letters_) return false;
    return is_country_code(code) ||
           std::find(also_.begin(), also_.end(), code) != also_.end();
  }
  std::string_view name() const noexcept override { return "country_code"; }
  bool proves() const noexcept override { return false; }

 private:
  int at_;
  std::size_t letters_;
  std::vector<std::string> also_;
};

}  // namespace

// at       the place of the code (0)
// letters  2 or 3
// also     codes beyond the standard: XK for Kosovo, "D<<" for Germany in travel
// documents
Result<std::unique_ptr<Check>> make_country_code(const Json& json) {
  Parameters parameters("country_code", json);
  const int at = parameters.integer("at", 0, -64, 64);
  const int letters = parameters.integer("letters", 2, 2, 3);
  std::vector<std::string> also = parameters.texts("also");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<CountryCode>(at, static_cast<std::size_t>(letters),
                                       std::move(also));
}

}  // namespace noshare::detect
