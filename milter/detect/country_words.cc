// Names and adjectives; "US" and "IT" are words of other meanings and left out.
#include "detect/country_words.h"

#include <algorithm>
#include <array>

namespace noshare::detect {
namespace {

struct Country {
  std::string_view code;
  std::array<std::string_view, 4> words;  // the rest empty
};

constexpr auto kCountries = std::to_array<Country>({
    {"AD", {"Andorra", "Andorran"}},
    {"AE", {"United Arab Emirates", "Emirati", "UAE"}},
    {"AL", {"Albania", "Albanian"}},
    {"AM", {"Armenia", "Armenian"}},
    {"AR", {"Argentina", "Argentine", "Argentinian"}},
    {"AT", {"Austria", "Austrian"}},
    {"AU", {"Australia", "Australian"}},
    {"AZ", {"Azerbaijan", "Azerbaijani"}},
    {"BE", {"Belgium", "Belgian"}},
    {"BG", {"Bulgaria", "Bulgarian"}},
    {"BR", {"Brazil", "Brazilian"}},
    {"BY", {"Belarus", "Belarusian"}},
    {"CA", {"Canada", "Canadian"}},
    {"CH", {"Switzerland", "Swiss"}},
    {"CL", {"Chile", "Chilean"}},
    {"CN", {"China", "Chinese"}},
    {"CO", {"Colombia", "Colombian"}},
    {"CR", {"Costa Rica", "Costa Rican"}},
    {"CU", {"Cuba", "Cuban"}},
    {"CY", {"Cyprus", "Cypriot"}},
    {"CZ", {"Czech Republic", "Czechia", "Czech"}},
    {"DE", {"Germany", "German"}},
    {"DK", {"Denmark", "Danish"}},
    {"DO", {"Dominican Republic", "Dominican"}},
    {"DZ", {"Algeria", "Algerian"}},
    {"EC", {"Ecuador", "Ecuadorian"}},
    {"EE", {"Estonia", "Estonian"}},
    {"EG", {"Egypt", "Egyptian"}},
    {"ES", {"Spain", "Spanish"}},
    {"FI", {"Finland", "Finnish"}},
    {"FO", {"Faroe Islands", "Faroese"}},
    {"FR", {"France", "French"}},
    {"GB", {"United Kingdom", "British", "UK"}},
    {"GH", {"Ghana", "Ghanaian"}},
    {"GN", {"Guinea", "Guinean"}},
    {"GR", {"Greece", "Greek"}},
    {"GT", {"Guatemala", "Guatemalan"}},
    {"HK", {"Hong Kong"}},
    {"HR", {"Croatia", "Croatian"}},
    {"HU", {"Hungary", "Hungarian"}},
    {"ID", {"Indonesia", "Indonesian"}},
    {"IE", {"Ireland", "Irish"}},
    {"IL", {"Israel", "Israeli"}},
    {"IN", {"India", "Indian"}},
    {"IS", {"Iceland", "Icelandic"}},
    {"IT", {"Italy", "Italian"}},
    {"JP", {"Japan", "Japanese"}},
    {"KE", {"Kenya", "Kenyan"}},
    {"KR", {"South Korea", "South Korean", "Korea", "Korean"}},
    {"KZ", {"Kazakhstan", "Kazakh"}},
    {"LI", {"Liechtenstein"}},
    {"LT", {"Lithuania", "Lithuanian"}},
    {"LU", {"Luxembourg", "Luxembourgish"}},
    {"LV", {"Latvia", "Latvian"}},
    {"MA", {"Morocco", "Moroccan"}},
    {"MC", {"Monaco", "Monegasque"}},
    {"MD", {"Moldova", "Moldovan", "Moldavian"}},
    {"ME", {"Montenegro", "Montenegrin"}},
    {"MK", {"North Macedonia", "Macedonia", "Macedonian"}},
    {"MT", {"Malta", "Maltese"}},
    {"MU", {"Mauritius", "Mauritian"}},
    {"MX", {"Mexico", "Mexican"}},
    {"MY", {"Malaysia", "Malaysian"}},
    {"MZ", {"Mozambique", "Mozambican"}},
    {"NG", {"Nigeria", "Nigerian"}},
    {"NL", {"Netherlands", "Dutch"}},
    {"NO", {"Norway", "Norwegian"}},
    {"NZ", {"New Zealand"}},
    {"OM", {"Oman", "Omani"}},
    {"PE", {"Peru", "Peruvian"}},
    {"PH", {"Philippines", "Philippine", "Filipino"}},
    {"PK", {"Pakistan", "Pakistani"}},
    {"PL", {"Poland", "Polish"}},
    {"PT", {"Portugal", "Portuguese"}},
    {"PY", {"Paraguay", "Paraguayan"}},
    {"QA", {"Qatar", "Qatari"}},
    {"RO", {"Romania", "Romanian"}},
    {"RS", {"Serbia", "Serbian"}},
    {"RU", {"Russia", "Russian", "Russian Federation"}},
    {"SA", {"Saudi Arabia", "Saudi"}},
    {"SE", {"Sweden", "Swedish"}},
    {"SG", {"Singapore", "Singaporean"}},
    {"SI", {"Slovenia", "Slovenian"}},
    {"SK", {"Slovakia", "Slovak"}},
    {"SM", {"San Marino", "Sammarinese"}},
    {"SN", {"Senegal", "Senegalese"}},
    {"SV", {"El Salvador", "Salvadoran"}},
    {"TH", {"Thailand", "Thai"}},
    {"TN", {"Tunisia", "Tunisian"}},
    {"TR", {"Turkey", "Turkish", "Türkiye"}},
    {"TW", {"Taiwan", "Taiwanese"}},
    {"UA", {"Ukraine", "Ukrainian"}},
    {"US", {"United States", "American", "U.S.", "USA"}},
    {"UY", {"Uruguay", "Uruguayan"}},
    {"UZ", {"Uzbekistan", "Uzbek"}},
    {"VE", {"Venezuela", "Venezuelan"}},
    {"VN", {"Vietnam", "Vietnamese"}},
    {"ZA", {"South Africa", "South African"}},
});

}  // namespace

std::span<const std::string_view> country_words(std::string_view code) {
  const auto country = std::lower_bound(
      kCountries.begin(), kCountries.end(), code,
      [](const Country& one, std::string_view wanted) { return one.code < wanted; });
  if (country == kCountries.end() || country->code != code) return {};
  const auto end = std::find(country->words.begin(), country->words.end(), "");
  return {country->words.begin(), end};
}

}  // namespace noshare::detect
