// Countries by their postcodes, languages and cities; see address_country.h.
#include "detect/recognizers/address_country.h"

#include <algorithm>
#include <charconv>
#include <string_view>

#include "noshare/base/text.h"

#include "detect/recognizers/address_words.h"

namespace noshare::detect {
namespace {

using namespace address_words;

enum class Place { kBeforeCity, kBehindCity, kBehindState };

// How sure a postcode of this form is by itself.
enum class Proof {
  kForm,      // no other country writes it so
  kLanguage,  // with a street in one of the country's languages, if no other fits
  kCity,      // only with a city that is known there
  kMinority,  // likewise, and without one it leaves the others their certainty
};

struct Form {
  CountryCode country;
  Place place;
  const char* shape;  // 9: a digit, A: a letter; one space between tokens
  int least, most;    // the leading digits' range
  std::uint32_t languages;
  Proof proof;
};

constexpr auto code = [](const char (&letters)[3]) { return country_code(letters); };

// Source: UPU addressing database; national postal services' ranges.
constexpr Form kForms[] = {
    {code("AT"), Place::kBeforeCity, "9999", 1010, 9992, kGerman, Proof::kLanguage},
    {code("AU"), Place::kBehindState, "9999", 200, 9999, kEnglish, Proof::kForm},
    {code("BE"), Place::kBeforeCity, "9999", 1000, 9999, kDutch | kFrench | kGerman,
     Proof::kLanguage},
    {code("BG"), Place::kBeforeCity, "9999", 1000, 9999, kBulgarian | kRussian,
     Proof::kLanguage},
    {code("BG"), Place::kBehindCity, "9999", 1000, 9999, kBulgarian | kRussian,
     Proof::kCity},
    {code("BR"), Place::kBehindCity, "99999-999", 1000, 99999, kPortuguese, Proof::kForm},
    {code("BR"), Place::kBehindState, "99999-999", 1000, 99999, kPortuguese,
     Proof::kForm},
    {code("BR"), Place::kBeforeCity, "99999-999", 1000, 99999, kPortuguese, Proof::kForm},
    {code("CA"), Place::kBehindCity, "A9A 9A9", 0, 9, kEnglish | kFrench, Proof::kForm},
    {code("CA"), Place::kBehindState, "A9A 9A9", 0, 9, kEnglish | kFrench, Proof::kForm},
    {code("CA"), Place::kBehindCity, "A9A9A9", 0, 9, kEnglish | kFrench, Proof::kForm},
    {code("CA"), Place::kBehindState, "A9A9A9", 0, 9, kEnglish | kFrench, Proof::kForm},
    {code("CH"), Place::kBeforeCity, "9999", 1000, 9699, kGerman | kFrench | kItalian,
     Proof::kLanguage},
    {code("CY"), Place::kBeforeCity, "9999", 1000, 9999, kGreek, Proof::kCity},
    {code("CZ"), Place::kBeforeCity, "999 99", 100, 799, kCzech, Proof::kLanguage},
    {code("CZ"), Place::kBeforeCity, "99999", 10000, 79999, kCzech, Proof::kCity},
    {code("DE"), Place::kBeforeCity, "99999", 1001, 99998, kGerman, Proof::kLanguage},
    {code("DK"), Place::kBeforeCity, "9999", 800, 9990, kDanish, Proof::kLanguage},
    {code("EE"), Place::kBeforeCity, "99999", 10001, 99999, kEstonian, Proof::kLanguage},
    {code("ES"), Place::kBeforeCity, "99999", 1001, 52999, kSpanish, Proof::kCity},
    {code("FI"), Place::kBeforeCity, "99999", 2, 99999, kFinnish, Proof::kLanguage},
    {code("FI"), Place::kBeforeCity, "99999", 2, 99999, kSwedish, Proof::kMinority},
    {code("FR"), Place::kBeforeCity, "99999", 1000, 97999, kFrench, Proof::kLanguage},
    {code("GR"), Place::kBeforeCity, "999 99", 100, 859, kGreek | kRussian,
     Proof::kLanguage},
    {code("GR"), Place::kBeforeCity, "99999", 10000, 85999, kGreek, Proof::kCity},
    {code("HR"), Place::kBeforeCity, "99999", 10000, 53999, kCroatian, Proof::kLanguage},
    {code("HU"), Place::kBeforeCity, "9999", 1000, 9999, kHungarian, Proof::kLanguage},
    {code("IN"), Place::kBehindCity, "999999", 110000, 859999, kEnglish, Proof::kCity},
    {code("IN"), Place::kBehindState, "999999", 110000, 859999, kEnglish, Proof::kCity},
    {code("IN"), Place::kBehindCity, "999 999", 110, 859, kEnglish, Proof::kCity},
    {code("IS"), Place::kBeforeCity, "999", 101, 950, kIcelandic, Proof::kLanguage},
    {code("IT"), Place::kBeforeCity, "99999", 10, 98168, kItalian, Proof::kLanguage},
    {code("IT"), Place::kBeforeCity, "99999", 39010, 39100, kGerman, Proof::kMinority},
    {code("JP"), Place::kBehindCity, "999-9999", 0, 999, kEnglish, Proof::kForm},
    {code("LI"), Place::kBeforeCity, "9999", 9485, 9498, kGerman, Proof::kLanguage},
    {code("LT"), Place::kBeforeCity, "99999", 0, 99999, kLithuanian, Proof::kLanguage},
    {code("LU"), Place::kBeforeCity, "9999", 1009, 9999, kFrench | kGerman,
     Proof::kLanguage},
    {code("LV"), Place::kBeforeCity, "9999", 1000, 5799, kLatvian, Proof::kLanguage},
    {code("LV"), Place::kBehindCity, "9999", 1000, 5799, kLatvian, Proof::kCity},
    {code("MT"), Place::kBehindCity, "AAA 9999", 0, 9999, kEnglish, Proof::kCity},
    {code("MT"), Place::kBehindCity, "AAA9999", 0, 9999, kEnglish, Proof::kCity},
    {code("NL"), Place::kBeforeCity, "9999 AA", 1000, 9999, kDutch, Proof::kForm},
    {code("NL"), Place::kBeforeCity, "9999AA", 1000, 9999, kDutch, Proof::kForm},
    {code("NL"), Place::kBeforeCity, "9999", 1000, 9999, kDutch, Proof::kCity},
    {code("NO"), Place::kBeforeCity, "9999", 1, 9991, kNorwegian, Proof::kLanguage},
    {code("NZ"), Place::kBehindCity, "9999", 100, 9999, kEnglish, Proof::kCity},
    {code("PL"), Place::kBeforeCity, "99-999", 0, 99, kPolish, Proof::kForm},
    {code("PT"), Place::kBeforeCity, "9999-999", 1000, 9999, kPortuguese, Proof::kForm},
    {code("RO"), Place::kBeforeCity, "999999", 10000, 929999, kRomanian,
     Proof::kLanguage},
    {code("RO"), Place::kBehindCity, "999999", 10000, 929999, kRomanian,
     Proof::kLanguage},
    {code("SE"), Place::kBeforeCity, "999 99", 100, 984, kSwedish, Proof::kLanguage},
    {code("SE"), Place::kBeforeCity, "99999", 10000, 98499, kSwedish, Proof::kCity},
    {code("SI"), Place::kBeforeCity, "9999", 1000, 9600, kSlovene, Proof::kLanguage},
    {code("SK"), Place::kBeforeCity, "999 99", 1, 999, kSlovak, Proof::kLanguage},
    {code("SK"), Place::kBeforeCity, "99999", 1000, 99999, kSlovak, Proof::kCity},
    {code("TR"), Place::kBeforeCity, "99999", 1000, 81999, kTurkish, Proof::kLanguage},
    {code("US"), Place::kBehindState, "99999", 0, 99999, kEnglish, Proof::kForm},
    {code("US"), Place::kBehindState, "99999-9999", 0, 99999, kEnglish, Proof::kForm},
    {code("US"), Place::kBehindState, "999999999", 0, 999999999, kEnglish, Proof::kForm},
};

// What a country writes before its postcode, where that is not its code: "D-70174".
struct Prefix {
  std::string_view letters;
  CountryCode country;
};
constexpr Prefix kPrefixes[] = {
    {"a", code("AT")},   {"b", code("BE")},   {"d", code("DE")},   {"e", code("ES")},
    {"f", code("FR")},   {"fl", code("LI")},  {"h", code("HU")},   {"i", code("IT")},
    {"l", code("LU")},   {"n", code("NO")},   {"p", code("PT")},   {"s", code("SE")},
    {"fin", code("FI")}, {"est", code("EE")}, {"slo", code("SI")},
};

CountryCode prefix_country(std::string_view letters) {
  for (const Prefix& prefix : kPrefixes) {
    if (letters == prefix.letters) return prefix.country;
  }
  if (letters.size() != 2) return 0;
  const auto country =
      static_cast<CountryCode>(ascii_upper(letters[0]) << 8 | ascii_upper(letters[1]));
  const bool known = std::any_of(std::begin(kForms), std::end(kForms),
                                 [&](const Form& f) { return f.country == country; });
  return known ? country : CountryCode{0};
}

struct Postcode {
  Place place = Place::kBeforeCity;
  std::string shape;
  int leading = 0;  // the number of its first digits
  CountryCode prefix = 0;
};

Postcode postcode_of(const AddressTokens& tokens, const LocalityMatch& locality) {
  Postcode postcode;
  std::string text = tokens.name_of(locality.postcode.first, locality.postcode.last);
  const std::size_t hyphen = text.find('-');
  if (hyphen != std::string::npos && is_ascii_alpha(text[0])) {
    postcode.prefix = prefix_country(text.substr(0, hyphen));
    if (postcode.prefix != 0) text.erase(0, hyphen + 1);
  }
  for (const char c : text)
    postcode.shape += is_ascii_digit(c) ? '9' : is_ascii_alpha(c) ? 'A' : c;
  const std::size_t digit = text.find_first_of("0123456789");
  if (digit != std::string::npos)
    std::from_chars(text.data() + digit, text.data() + text.size(), postcode.leading);
  if (locality.state != 0) {
    postcode.place = Place::kBehindState;
  } else if (locality.postcode.first >= locality.city.last) {
    postcode.place = Place::kBehindCity;
  }
  return postcode;
}

bool fits(const Form& form, const Postcode& postcode) {
  return form.place == postcode.place && postcode.shape == form.shape &&
         postcode.leading >= form.least && postcode.leading <= form.most &&
         (postcode.prefix == 0 || postcode.prefix == form.country);
}

// "EC1A 1BB", "D02 X285": letters and digits in no fixed places.
CountryCode country_of_letters(const Postcode& postcode) {
  if (postcode.place == Place::kBeforeCity || postcode.shape.empty() ||
      postcode.shape[0] != 'A')
    return 0;
  const std::string_view shape = postcode.shape;
  const std::size_t space = shape.find(' ');
  const std::string_view last =
      shape.substr(space == std::string_view::npos
                       ? shape.size() - std::min<std::size_t>(3, shape.size())
                       : space + 1);
  if (shape == "A9A 9A9" || shape == "A9A9A9") return 0;
  if (last == "9AA") return code("GB");
  const std::string_view routing = shape.substr(0, 3);
  return (routing == "A99" || routing == "A9A") && space == 3 && last.size() == 4
             ? code("IE")
             : CountryCode{0};
}

bool is_known_city(const AddressTokens& tokens, const LocalityMatch& locality,
                   CountryCode country) {
  const auto [first, last] = locality.city;
  const bool behind = locality.postcode.first >= last;
  // Words before or behind the name are a district's or a sentence's.
  for (std::size_t cut = 0; first + cut < last; ++cut) {
    const std::string name =
        behind ? tokens.name_of(first + cut, last) : tokens.name_of(first, last - cut);
    if (place_table::is_city_of(name, country)) return true;
  }
  return false;
}

CountryCode named_country(const AddressTokens& tokens, const LocalityMatch& locality) {
  const auto [first, last] = locality.country;
  for (std::size_t begin = first; begin < last; ++begin) {
    if (const auto country = place_table::country_named(tokens.name_of(begin, last)))
      return country;
  }
  return 0;
}

bool could_be(CountryCode country, const Postcode& postcode) {
  if (const CountryCode letters = country_of_letters(postcode)) return letters == country;
  return std::any_of(std::begin(kForms), std::end(kForms), [&](const Form& form) {
    return form.country == country && fits(form, postcode);
  });
}

// The one country to which postcode, language and city point.
CountryCode country_by_postcode(const AddressTokens& tokens, const StreetMatch& street,
                                const LocalityMatch& locality, const Postcode& postcode) {
  if (const CountryCode letters = country_of_letters(postcode)) return letters;
  const std::uint32_t languages = street.languages & ~kEnglish;
  CountryCode by_city = 0, by_language = 0;
  int cities = 0, of_language = 0;
  for (const Form& form : kForms) {
    if (!fits(form, postcode)) continue;
    if (form.proof == Proof::kForm || postcode.prefix == form.country)
      return form.country;
    const bool speaks = (languages & form.languages) != 0;
    if (languages != 0 && !speaks) continue;
    if (is_known_city(tokens, locality, form.country)) {
      cities += by_city == form.country ? 0 : 1;
      by_city = form.country;
    }
    if (!speaks || form.proof == Proof::kMinority) continue;
    of_language += form.proof == Proof::kCity ? 2 : 1;  // may be, and proves nothing
    by_language = form.country;
  }
  if (cities > 0) return cities == 1 ? by_city : CountryCode{0};
  return of_language == 1 ? by_language : CountryCode{0};
}

}  // namespace

CountryCode country_of(const AddressTokens& tokens, const StreetMatch& street,
                       const std::optional<LocalityMatch>& locality) {
  if (!locality) return 0;
  if (!locality->country.empty()) {
    const CountryCode country = named_country(tokens, *locality);
    const bool agrees =
        locality->postcode.empty() || could_be(country, postcode_of(tokens, *locality));
    return country != 0 && agrees ? country : CountryCode{0};
  }
  if (locality->postcode.empty()) return 0;
  Postcode postcode = postcode_of(tokens, *locality);
  if (const CountryCode country =
          country_by_postcode(tokens, street, *locality, postcode))
    return country;
  // A table's columns are in any order: "Ilica 14,Zagreb,10000".
  const bool cells = postcode.place == Place::kBehindCity &&
                     tokens.is(locality->postcode.first - 1, TokenKind::kComma);
  if (!cells) return 0;
  postcode.place = Place::kBeforeCity;
  return country_by_postcode(tokens, street, *locality, postcode);
}

std::string letters_of(CountryCode country) {
  if (country == 0) return {};
  return {static_cast<char>(country >> 8), static_cast<char>(country & 0xFF)};
}

}  // namespace noshare::detect
