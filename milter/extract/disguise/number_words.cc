// See number_words.h.
#include "extract/disguise/number_words.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// Zero to nine of one language, parted by spaces; spellings and synonyms by '|'. Without
// accents.
constexpr std::array<std::string_view, kNumberLanguages> kLanguages = {
    "zero|oh|o|nought|nil one|wun two|too three|tree four|fower five|fife six seven "
    "eight|ait nine|niner",
    "null eins|ein|eine zwei|zwo drei vier funf|fuenf sechs sieben acht neun",
    "zero un|une deux trois quatre cinq six sept huit neuf",
    "cero uno|un dos tres cuatro cinco seis siete ocho nueve",
    "zero uno due tre quattro cinque sei sette otto nove",
    "zero um|uma dois|duas tres quatro cinco seis|meia sete oito nove",
    "nul een twee drie vier vijf zes zeven acht negen",
    "zero jeden dwa trzy cztery piec szesc siedem osiem dziewiec",
    "nula jedna|jeden dva|dve tri ctyri pet sest sedm osm devet",
    "nula jeden dva tri styri pat sest sedem osem devat",
    "noll ett|en tva tre fyra fem sex sju atta nio",
    "nul|null en|et|ett to tre fire fem seks syv|sju otte|atte ni",
    "nolla yksi kaksi kolme nelja viisi kuusi seitseman kahdeksan yhdeksan",
    "nulla egy ketto|ket harom negy ot hat het nyolc kilenc",
    "sifir bir iki uc dort bes alti yedi sekiz dokuz",
    "zero unu doi trei patru cinci sase sapte opt noua",
    "ноль|нуль один|одна два|две три четыре пять шесть семь восемь девять",
    "нуль один два три чотири пять|пять шість сім вісім девять|девять",
    "μηδεν ενα δυο τρια τεσσερα πεντε εξι επτα|εφτα οκτω|οχτω εννεα|εννια",
    "nol|kosong satu dua tiga empat lima enam tujuh delapan sembilan",
    "rei|zero ichi ni san yon|shi go roku nana|shichi hachi kyuu|kyu",
    "ling yi|yao er san si wu liu qi ba jiu",
    "nula jedan dva tri cetiri pet sest sedam osam devet",
    "صفر واحد|واحدة اثنان|اثنين|اثنان ثلاثة|ثلاث اربعة|اربع خمسة|خمس "
    "ستة|ست سبعة|سبع ثمانية|ثمان تسعة|تسع",
    "صفر یک دو سه چهار پنج شش|شیش هفت هشت نه",
    "शनय|जीरो एक दो तीन चार पाच|पाच छह|छः|छ सात आठ नौ",
    "영|공|령 일|하나 이|둘 삼|셋 사|넷 오|다섯 육|여섯 칠|일곱 팔|여덟 구|아홉",
    "אפס אחת|אחד שתיים|שניים|שתים|שנים שלוש|שלושה|שלש ארבע|ארבעה חמש|חמישה "
    "שש|שישה שבע|שבעה שמונה|שמנה תשע|תשעה",
    "khong|linh mot hai ba bon|tu nam|lam sau bay tam chin",
    "セロ|れい|まる いち|イチ に|ニ さん|サン よん|し|ヨン こ|コ ろく|ロク "
    "なな|しち|ナナ はち|ハチ きゅう|く|キュウ",
    "ноль|нула един|една две|два три четири пет шест седем осем девет",
    "нула један|једна два|две три четири пет шест седам осам девет",
    "zero hudhu|moja mbili tatu nne tano sita saba nane tisa",
    "nulle viens divi tris cetri pieci sesi septini astoni devini",
    "null uks kaks kolm neli viis kuus seitse kaheksa uheksa",
    "nulis vienas du trys keturi penki sesi septyni astuoni devyni",
    "ศนย หนง สอง สาม ส หา หก เจด แปด เกา",
    "shunya ek do teen char paanch chhah|chhe saat aath nau"};

constexpr std::array<std::pair<std::string_view, int>, 18> kEnglishTens = {
    {{"ten", 10},
     {"eleven", 11},
     {"twelve", 12},
     {"thirteen", 13},
     {"fourteen", 14},
     {"fifteen", 15},
     {"sixteen", 16},
     {"seventeen", 17},
     {"eighteen", 18},
     {"nineteen", 19},
     {"twenty", 20},
     {"thirty", 30},
     {"forty", 40},
     {"fifty", 50},
     {"sixty", 60},
     {"seventy", 70},
     {"eighty", 80},
     {"ninety", 90}}};

constexpr std::array<std::string_view, 23> kSeparators = {
    "dash",    "hyphen",      "dot",    "slash",  "space", "minus",
    "point",   "bar",         "pipe",   "comma",  "punkt", "bindestrich",
    "strich",  "leerzeichen", "tiret",  "espace", "guion", "punto",
    "espacio", "trattino",    "spazio", "hifen",  "ponto"};

constexpr std::array<std::pair<std::string_view, unsigned>, 6> kRepeats = {
    {{"double", 2},
     {"triple", 3},
     {"treble", 3},
     {"quadruple", 4},
     {"doppel", 2},
     {"dreifach", 3}}};

// Which first two letters words have, and which of them with what length and last letter:
// what nearly all words of prose are told apart by.
class WordShapes {
 public:
  constexpr WordShapes() {
    for (std::string_view names : kLanguages) {
      while (!names.empty()) {
        const std::size_t end = std::min(names.find_first_of(" |"), names.size());
        add(names.substr(0, end));
        names.remove_prefix(std::min(end + 1, names.size()));
      }
    }
    for (const auto& [name, value] : kEnglishTens) add(name);
    for (std::string_view word : kSeparators) add(word);
    for (const auto& [word, times] : kRepeats) add(word);
  }
  constexpr bool may_begin(char first, char second) const {
    return begins_[index(first) * 32 + index(second)];
  }
  constexpr bool may_be(std::string_view word) const { return shapes_[shape_of(word)]; }

 private:
  static constexpr std::size_t kShapes = 8192;

  static constexpr std::size_t index(char c) {
    return static_cast<unsigned char>(c) & 31U;
  }
  static constexpr char second_of(std::string_view word) {
    return word.size() > 1 ? word[1] : '\0';
  }
  static constexpr std::size_t shape_of(std::string_view word) {
    const std::size_t letters =
        (index(word[0]) * 32 + index(second_of(word))) * 32 + index(word.back());
    return (letters * 37 + word.size()) % kShapes;
  }
  constexpr void add(std::string_view word) {
    if (word.empty()) return;
    begins_[index(word[0]) * 32 + index(second_of(word))] = true;
    shapes_[shape_of(word)] = true;
  }
  std::array<bool, std::size_t{32} * 32> begins_{};
  std::array<bool, kShapes> shapes_{};
};
constexpr WordShapes kShapes;

// A letter in lower case, without accents; 0 for a mark on one or an apostrophe.
char32_t plain_letter(char32_t letter) {
  const UChar32 c = u_tolower(static_cast<UChar32>(letter));
  if (c >= 0xAC00 && c <= 0xD7A3) return letter;  // a syllable is made of letters
  if (c == '\'' || c == 0x2BC || u_charType(c) == U_NON_SPACING_MARK) return 0;
  if (c == 0x142) return U'l';
  if (c == 0x131) return U'i';
  if (c == 0xF8) return U'o';
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFDInstance(&status);
  std::array<UChar, 8> units{};
  const int32_t size = unorm2_getDecomposition(
      form, c, units.data(), static_cast<int32_t>(units.size()), &status);
  return static_cast<char32_t>(U_SUCCESS(status) && size > 0 ? units[0] : c);
}

// The same for the letters of Latin, Greek and Cyrillic, kept.
char32_t quick_plain_letter(char32_t letter) {
  constexpr std::size_t kKept = 0x530;
  static const auto kept = [] {
    std::array<char32_t, kKept> table{};
    for (char32_t c = 0; c < kKept; ++c) table[c] = plain_letter(c);
    return table;
  }();
  return letter < kKept ? kept[letter] : plain_letter(letter);
}

// In lower case, without accents: letters that have them, and some that are close to
// others.
std::string plain(std::string_view word) {
  std::string result;
  if (is_ascii(word)) return ascii_lowered(word);
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = code_point_at(word, at);
    at += point.bytes;
    const char32_t letter = quick_plain_letter(point.value);
    if (letter != 0) append_utf8(result, letter);
  }
  return result;
}

class Dictionary {
 public:
  Dictionary() {
    for (std::size_t language = 0; language < kLanguages.size(); ++language) {
      std::int8_t digit = 0;
      for (std::string_view names : split(kLanguages[language], ' ')) {
        for (std::string_view name : split(names, '|')) add(name, language, digit);
        ++digit;
      }
    }
    for (const auto& [name, value] : kEnglishTens) {
      add(name, 0, static_cast<std::int8_t>(value));
    }
    file_by_beginning();
  }

  const NumberWord* find(const std::string& plain_word) const {
    const auto found = words_.find(plain_word);
    return found == words_.end() ? nullptr : &found->second;
  }
  std::size_t longest() const { return longest_; }

  // The longest word of `language` that `text` begins with; a letter alone is none.
  struct Entry {
    std::string_view word;
    const NumberWord* meant;
  };
  const Entry* longest_at(std::string_view text, std::size_t language) const {
    if (text.size() < 2) return nullptr;
    for (const Entry& entry : by_beginning_[beginning(text)]) {
      if (entry.meant->value[language] >= 0 && text.starts_with(entry.word)) {
        return &entry;
      }
    }
    return nullptr;
  }
  // False if `text` begins with no word of any language.
  bool any_at(std::string_view text) const {
    if (text.size() < 2) return false;
    const auto& entries = by_beginning_[beginning(text)];
    return std::any_of(entries.begin(), entries.end(),
                       [&](const Entry& entry) { return text.starts_with(entry.word); });
  }

 private:
  // Words are filed by their first two bytes, the longest first.
  static std::size_t beginning(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    return (byte(0) * 7U + byte(1)) % kBeginnings;
  }
  void file_by_beginning() {
    for (const auto& [word, meant] : words_) {
      if (word.size() > 1) by_beginning_[beginning(word)].push_back({word, &meant});
    }
    for (auto& entries : by_beginning_) {
      std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
        return a.word.size() > b.word.size();
      });
    }
  }

  void add(std::string_view name, std::size_t language, std::int8_t value) {
    const std::string word = plain(name);
    auto [entry, added] = words_.try_emplace(word);
    if (added) entry->second.value.fill(-1);
    entry->second.value[language] = value;
    longest_ = std::max(longest_, word.size());
  }

  static constexpr std::size_t kBeginnings = 512;

  std::unordered_map<std::string, NumberWord> words_;
  std::array<std::vector<Entry>, kBeginnings> by_beginning_;
  std::size_t longest_ = 0;
};

const Dictionary& dictionary() {
  static const Dictionary words;
  return words;
}

std::string letters_of(int value) {
  return value < 10 ? std::string(1, static_cast<char>('0' + value))
                    : std::to_string(value);
}

// The words of `word` from its beginning, the longest first; "" if a rest stays.
std::string taken_apart(std::string_view word, std::size_t language) {
  std::string digits;
  std::size_t words = 0;
  while (!word.empty()) {
    const Dictionary::Entry* found = dictionary().longest_at(word, language);
    if (found == nullptr) return "";
    digits += letters_of(found->meant->value[language]);
    word.remove_prefix(found->word.size());
    ++words;
  }
  return words >= 4 ? digits : "";
}

}  // namespace

const NumberWord* number_word(std::string_view word) {
  if (word.empty() || !may_be_number_word(word)) return nullptr;
  return dictionary().find(plain(word));
}

std::string run_of_number_words(std::string_view word) {
  constexpr std::size_t kMost = 300;  // letters of a card's number, in any language
  if (word.size() > kMost) return "";
  const std::string letters = plain(word);
  if (!dictionary().any_at(letters)) return "";
  for (std::size_t language = 0; language < kNumberLanguages; ++language) {
    const std::string digits = taken_apart(letters, language);
    if (!digits.empty()) return digits;
  }
  return "";
}

unsigned repeating_word(std::string_view word) {
  if (!may_be_number_word(word)) return 1;
  for (const auto& [name, times] : kRepeats) {
    if (equal_ignoring_case(word, name)) return times;
  }
  return 1;
}

bool is_separator_word(std::string_view word) {
  return may_be_number_word(word) &&
         std::any_of(kSeparators.begin(), kSeparators.end(), [&](std::string_view name) {
           return equal_ignoring_case(word, name);
         });
}

bool may_be_number_word(std::string_view word) {
  if (word.empty()) return false;
  if (!is_ascii(word)) {
    // Accents take bytes of their own.
    if (word.size() > 2 * dictionary().longest()) return false;
    const std::string letters = plain(word);
    return !letters.empty() && kShapes.may_be(letters);
  }
  return kShapes.may_be(word);
}

bool may_be_number_word_ascii(std::string_view word) { return kShapes.may_be(word); }

bool may_begin_number_word(char first, char second) {
  return static_cast<unsigned char>(first) >= 0x80 ||
         static_cast<unsigned char>(second) >= 0x80 || kShapes.may_begin(first, second);
}

}  // namespace noshare::extract
