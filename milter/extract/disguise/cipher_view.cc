// See cipher_view.h.
#include "extract/disguise/cipher_view.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "noshare/base/text.h"

#include "extract/header_block.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

std::string each_sign(std::string_view text, const std::function<char(char)>& turn) {
  std::string turned(text);
  for (char& c : turned) c = turn(c);
  return turned;
}

char shifted(char c, int letters, int digits) {
  if (is_ascii_digit(c)) return static_cast<char>('0' + (c - '0' + digits + 10) % 10);
  if (is_ascii_lower(c)) return static_cast<char>('a' + (c - 'a' + letters + 26) % 26);
  if (is_ascii_upper(c)) return static_cast<char>('A' + (c - 'A' + letters + 26) % 26);
  return c;
}

char mirrored(char c) {
  if (is_ascii_lower(c)) return static_cast<char>('a' + 'z' - c);
  return is_ascii_upper(c) ? static_cast<char>('A' + 'Z' - c) : c;
}

char rotated47(char c) {
  return c > 32 && c < 127 ? static_cast<char>(33 + (c + 14) % 94) : c;
}

// The line with its digits in another order: `order` makes it of all of them.
std::string reordered(std::string_view line,
                      const std::function<std::string(const std::string&)>& order) {
  std::string digits;
  std::size_t first = line.size();
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!is_ascii_digit(line[i])) continue;
    if (digits.empty()) first = i;
    digits += line[i];
  }
  return std::string(line.substr(0, first)) + order(digits);
}

std::string pairs_swapped(const std::string& digits) {
  std::string swapped = digits;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    std::swap(swapped[i], swapped[i + 1]);
  return swapped;
}

std::string every_second(const std::string& digits) {
  std::string both;
  for (const std::size_t first : {std::size_t{0}, std::size_t{1}}) {
    for (std::size_t i = first; i < digits.size(); i += 2) both += digits[i];
    both += ' ';
  }
  return both;
}

// Groups of digits and capitals, the last one first.
std::string groups_turned(std::string_view line) {
  std::string turned;
  for (std::string_view group : split(line, ' ')) {
    const bool number = std::any_of(group.begin(), group.end(), is_ascii_digit);
    if (number) turned.insert(0, std::string(group) + " ");
  }
  const std::size_t digit = line.find_first_of("0123456789");
  return std::string(line.substr(0, std::min(digit, line.size()))) + turned;
}

bool holds(std::string_view line, std::initializer_list<std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return line.find(word) != line.npos; });
}

// "add 1", "subtract three": by how much each digit is to be changed.
std::optional<int> number_behind(std::string_view line, std::string_view word) {
  constexpr std::array kNames = {"one"sv, "two"sv,   "three"sv, "four"sv, "five"sv,
                                 "six"sv, "seven"sv, "eight"sv, "nine"sv};
  const std::size_t at = line.find(word);
  if (at == line.npos) return std::nullopt;
  const std::string_view rest = trimmed(line.substr(at + word.size()));
  int number = 0;
  if (std::from_chars(rest.data(), rest.data() + rest.size(), number).ec == std::errc()) {
    return number > 0 && number < 10 ? std::optional(number) : std::nullopt;
  }
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (rest.starts_with(kNames[i])) return static_cast<int>(i) + 1;
  }
  return std::nullopt;
}

using Undo = std::function<std::string(std::string_view)>;

void add_digit_shifts(std::string_view line, std::vector<Undo>& undos) {
  if (!holds(line, {"each digit", "every digit", "all digits", "each number"})) return;
  const auto shift = [&](int by) {
    undos.emplace_back([by](std::string_view text) {
      return each_sign(text, [by](char c) { return shifted(c, 0, by); });
    });
  };
  for (std::string_view word : {"add ", "plus ", "+"}) {
    if (const auto by = number_behind(line, word)) shift(*by);
  }
  for (std::string_view word : {"subtract ", "minus ", "take "}) {
    if (const auto by = number_behind(line, word)) shift(-*by);
  }
}

// What the ciphers do that a line, in small letters, names.
std::vector<Undo> undos_of(std::string_view line) {
  std::vector<Undo> undos;
  const auto shift = [&](int letters, int digits) {
    undos.emplace_back([=](std::string_view text) {
      return each_sign(text, [=](char c) { return shifted(c, letters, digits); });
    });
  };
  if (holds(line, {"rot13", "rot-13", "rot 13"})) shift(13, 0);
  if (holds(line, {"rot18", "rot-18", "rot 18"})) shift(13, 5);
  if (holds(line, {"rot5 ", "rot5:", "rot-5"})) shift(0, 5);
  if (holds(line, {"rot47", "rot-47", "rot 47"})) {
    undos.emplace_back([](std::string_view text) { return each_sign(text, rotated47); });
  }
  if (line.find("caesar") != line.npos) {
    for (int by = 1; by < 26; ++by) shift(by, 0);
  }
  if (line.find("atbash") != line.npos) {
    undos.emplace_back([](std::string_view text) { return each_sign(text, mirrored); });
  }
  if (holds(line, {"nines complement", "nine's complement", "nines' complement"})) {
    undos.emplace_back([](std::string_view text) {
      return each_sign(text, [](char c) {
        return is_ascii_digit(c) ? static_cast<char>('0' + '9' - c) : c;
      });
    });
  }
  if (holds(line,
            {"pairs swapped", "pairs are swapped", "swap pairs", "swap each pair"})) {
    undos.emplace_back(
        [](std::string_view text) { return reordered(text, pairs_swapped); });
  }
  if (holds(line, {"every second digit", "every other digit"})) {
    undos.emplace_back(
        [](std::string_view text) { return reordered(text, every_second); });
  }
  if (holds(line, {"groups in reverse", "groups reversed", "groups are reversed"})) {
    undos.emplace_back(groups_turned);
  }
  add_digit_shifts(line, undos);
  return undos;
}

}  // namespace

MappedText cipher_view(std::string_view text, bool mapped) {
  constexpr std::size_t kMostLines = 40;  // behind the one that names the cipher
  constexpr std::size_t kLooked = 64U << 10U;
  TextBuilder out(mapped);
  const std::string head = ascii_lowered(text.substr(0, kLooked));
  if (!holds(head, {"rot13",          "rot-13",      "rot 13",        "rot18",
                    "rot-18",         "rot 18",      "rot5",          "rot-5",
                    "rot47",          "rot-47",      "rot 47",        "caesar",
                    "atbash",         "complement",  "pairs",         "swap each",
                    "second digit",   "other digit", "groups in rev", "groups rev",
                    "groups are rev", "each digit",  "every digit",   "all digits",
                    "each number"})) {
    return {};
  }
  std::vector<Undo> undos;
  std::size_t left = 0;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t begin = at;
    const Line small = line_at(head, at);
    at = small.next;
    if (auto named = undos_of(small.text); !named.empty()) {
      undos = std::move(named);
      left = undos.size() > 4 ? 4 : kMostLines;
    } else if (left > 0) {
      --left;
    }
    if (left == 0 || trimmed(small.text).empty()) continue;
    const std::string_view line = text.substr(begin, small.text.size());
    for (const Undo& undo : undos) out.replace(undo(line) + "\n", begin);
  }
  return out.text().empty() ? MappedText{} : out.finish(text.size());
}

}  // namespace noshare::extract
