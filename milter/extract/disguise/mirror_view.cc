// See mirror_view.h.
#include "extract/disguise/mirror_view.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/header_block.h"

namespace noshare::extract {
namespace {

struct Point {
  char32_t value;
  std::size_t origin;
};
using Points = std::vector<Point>;

constexpr char32_t kOverrideLeft = 0x202D;
constexpr char32_t kOverrideRight = 0x202E;
constexpr char32_t kPop = 0x202C;

// Words that nobody writes, since they are words backwards.
constexpr std::array<std::string_view, 12> kBackwards = {
    "drac",   "rebmun", "tiderc",  "nabi",    "ytiruces", "enohp",
    "liam-e", "liame",  "tnuocca", "sserdda", "etrak",    "knab"};
constexpr std::array<std::string_view, 4> kTops = {"moc.", "gro.", "ten.", "ed."};

bool is_control(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F;
}

Points points_of(std::string_view text, std::size_t begin) {
  Points points;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    points.push_back({point.value, begin + at});
    at += point.bytes;
  }
  return points;
}

constexpr std::uint32_t kBackwardsFirst = [] {
  std::uint32_t letters = 0;  // bit i: one of them begins with the i-th of the alphabet
  for (std::string_view word : kBackwards) letters |= 1U << (word[0] & 31);
  return letters;
}();
bool may_be_backwards(char first) {
  return is_ascii_alpha(first) && (kBackwardsFirst >> (first & 31) & 1U) != 0;
}

bool has_word_backwards(std::string_view line) {
  constexpr std::size_t kLongest = 8;
  const auto in_words = [](Bytes bytes) { return bytes.is_alnum() | bytes.is('-'); };
  bool found = false;
  each_row(line, in_words, [&](std::size_t begin, std::size_t end) {
    const std::size_t size = end - begin;
    if (size < 4 || size > kLongest || !may_be_backwards(line[begin])) return true;
    const std::string_view word = line.substr(begin, size);
    found = std::any_of(
        kBackwards.begin(), kBackwards.end(),
        [&](std::string_view known) { return equal_ignoring_case(word, known); });
    return !found;
  });
  return found;
}

// "moc.elpmaxe@enaj".
bool has_address_backwards(std::string_view line) {
  for (std::size_t at = line.find('@'); at != std::string_view::npos;
       at = line.find('@', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && (is_ascii_alnum(line[begin - 1]) || line[begin - 1] == '.' ||
                         line[begin - 1] == '-')) {
      --begin;
    }
    for (std::string_view top : kTops) {
      if (line.substr(begin, at - begin).starts_with(top)) return true;
    }
  }
  return false;
}

bool has_digits(std::string_view line) {
  constexpr std::size_t kFewest = 7;  // of the shortest number that is looked for
  std::size_t digits = 0;
  for (std::size_t at = next_digit(line, 0); at < line.size() && digits < kFewest;) {
    const std::size_t end = end_of_digits(line, at);
    digits += end - at;
    at = next_digit(line, end);
  }
  return digits >= kFewest;
}

bool is_backwards(std::string_view line) {
  return has_address_backwards(line) || (has_digits(line) && has_word_backwards(line));
}

// What a character hides: a tag is a letter, a variation selector a byte.
std::optional<char> hidden(char32_t c) {
  if (c >= 0xE0020 && c <= 0xE007E) return static_cast<char>(c - 0xE0000);
  if (c >= 0xE0100 && c <= 0xE01EF) return static_cast<char>(c - 0xE0100 + 16);
  if (c >= 0xFE00 && c <= 0xFE0F) return static_cast<char>(c - 0xFE00);
  return std::nullopt;
}

class MirrorReader {
 public:
  MirrorReader(std::string_view text, bool mapped) : text_(text), out_(mapped) {}

  MappedText read() {
    std::size_t line_end = 0;
    for (std::size_t at = next_clue(0); at < text_.size(); at = next_clue(line_end)) {
      const std::size_t before = text_.find_last_of('\n', at);
      const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
      const Line line = line_at(text_, begin);
      line_end = line.next;
      read_overrides(line.text, begin);
      if (is_backwards(line.text)) {
        Points points = points_of(line.text, begin);
        std::reverse(points.begin(), points.end());
        put(points);
      }
    }
    read_hidden();
    return out_.finish(text_.size());
  }

 private:
  // A digit, "@" or what may be an override: only lines that have one are looked at.
  std::size_t next_clue(std::size_t at) const {
    return next_place<0, 0>(text_, at, [](const auto& bytes) {
      const Bytes c = bytes(0);
      return c.is_digit() | c.is('@') | c.is('\xE2');
    });
  }

  void read_overrides(std::string_view line, std::size_t begin) {
    if (line.find("\xE2\x80\xAE") == std::string_view::npos) return;
    Points shown = points_of(line, begin);
    std::size_t open = shown.size();  // where the text turned round begins
    const auto turn = [&](std::size_t end) {
      if (open < end) {
        std::reverse(shown.begin() + static_cast<std::ptrdiff_t>(open),
                     shown.begin() + static_cast<std::ptrdiff_t>(end));
      }
      open = shown.size();
    };
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const char32_t c = shown[i].value;
      if (c == kOverrideRight && open == shown.size()) open = i + 1;
      if (c == kPop || c == kOverrideLeft) turn(i);
    }
    turn(shown.size());
    std::erase_if(shown, [](const Point& point) { return is_control(point.value); });
    put(shown);
  }

  void read_hidden() {
    if (text_.find("\xF3\xA0") == std::string_view::npos &&
        text_.find("\xEF\xB8") == std::string_view::npos) {
      return;
    }
    Points found;
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint point = code_point_at(text_, at);
      if (const auto letter = hidden(point.value)) {
        if (is_ascii_space(*letter) || (*letter >= ' ' && *letter < 127)) {
          found.push_back({static_cast<char32_t>(*letter), at});
        }
      }
      at += point.bytes;
    }
    constexpr std::size_t kFewest = 6;
    if (found.size() >= kFewest) put(found);
  }

  void put(const Points& points) {
    for (const Point& point : points) {
      std::string one;
      append_utf8(one, point.value);
      out_.replace(one, point.origin);
    }
    out_.replace("\n", points.empty() ? 0 : points.back().origin);
  }

  std::string_view text_;
  TextBuilder out_;
};

}  // namespace

MappedText mirror_view(std::string_view source, bool mapped) {
  return MirrorReader(source, mapped).read();
}

}  // namespace noshare::extract
