// See spaced_view.h.
#include "extract/disguise/spaced_view.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewest = 8;  // characters that stand alone
constexpr std::size_t kMost = 200;  // of one run

bool is_unit(char c) { return is_ascii_alnum(c) || c == '@' || c == '.' || c == '+'; }
bool is_separator(char c) {
  return std::string_view(" \t\n-._*/|,:~").find(c) != std::string_view::npos;
}

class SpacedReader {
 public:
  SpacedReader(std::string_view text, bool mapped) : text_(text), out_(text, mapped) {}

  MappedText read() {
    std::size_t clear = 0;  // no two letters stand side by side from `at` up to here
    for (std::size_t at = 0; at + 2 < text_.size() && !out_.full();) {
      if (clear <= at) {
        at = next_span(at);
        clear = at + kSpan;
        if (clear > text_.size()) break;
      } else if (clear < text_.size() && are_side_by_side(clear)) {
        at = clear;
        continue;
      } else if (clear < text_.size()) {
        ++clear;
      }
      at = may_begin_at(at) ? read_at(at) : at + 1;
    }
    return out_.finish();
  }

 private:
  static constexpr std::size_t kSpan = 2 * kFewest - 1;  // bytes of the shortest run

  bool are_side_by_side(std::size_t at) const {
    return is_ascii_alnum(text_[at]) && is_ascii_alnum(text_[at - 1]);
  }

  // Passes most places behind which letters stand side by side too soon for a run.
  std::size_t behind_words(std::size_t at) const {
    constexpr unsigned kHalf = kSpan / 2;  // as in behind_short_rows()
    while (at + kBitBlock <= text_.size()) {
      const std::uint64_t letters =
          block_bits(text_, at, [](Bytes bytes) { return bytes.is_alnum(); });
      if (has_row(~(letters & letters << 1U), kHalf)) break;
      at += kBitBlock - kHalf;
    }
    return at;
  }

  // The first place from `at` on behind which a run may fit, looked for from its end.
  std::size_t next_span(std::size_t at) const {
    at = behind_words(at);
    while (at + kSpan <= text_.size()) {
      std::size_t last = at + kSpan - 1;
      while (last > at && !are_side_by_side(last)) --last;
      if (last == at) break;
      at = behind_words(last);
    }
    return at;
  }

  bool may_begin_at(std::size_t at) const {
    return is_unit(text_[at]) && is_separator(text_[at + 1]) && is_unit(text_[at + 2]) &&
           (at == 0 || !is_ascii_alnum(text_[at - 1]));
  }

  // Returns where to look on.
  std::size_t read_at(std::size_t begin) {
    const char separator = text_[begin + 1];
    // Two separators part words.
    const auto behind = [&](std::size_t end) {
      return end + (text_[end + 1] == separator ? 2U : 1U);
    };
    std::size_t units = 1;
    bool letters = is_ascii_alpha(text_[begin]);
    bool others = !letters;                  // digits and signs
    bool signs = text_[begin] == separator;  // that part, too
    std::size_t end = begin + 1;
    while (end + 1 < text_.size() && text_[end] == separator) {
      // While all are alike, it may begin later; long lists are read once so.
      while (units == kMost && !(letters && others) && !signs) {
        do {
          begin = behind(begin + 1);
          --units;
        } while (begin + 1 < end && !may_begin_at(begin));
      }
      if (units == kMost) break;
      const std::size_t next = behind(end);
      if (next >= text_.size() || !is_unit(text_[next])) break;
      const bool alone = next + 1 >= text_.size() || !is_ascii_alnum(text_[next + 1]);
      if (!alone) break;
      (is_ascii_alpha(text_[next]) ? letters : others) = true;
      signs |= text_[next] == separator;
      ++units;
      end = next + 1;
    }
    if (units < kFewest) return begin + 1;
    // Alike all along, it is no run, nor is what begins at a later one of its signs.
    if (!letters || !others) return signs ? begin + 1 : end - 1;
    out_.begin(begin);
    for (std::size_t at = begin; at < end; at += 2) {
      if (at > begin && text_[at] == separator && !is_unit(separator)) {
        out_.put(' ', at);
        --at;
        continue;
      }
      out_.put(text_[at], at);
    }
    out_.end(end);
    return end;
  }

  std::string_view text_;
  ViewLines out_;
};

}  // namespace

MappedText spaced_view(std::string_view text, bool mapped) {
  return SpacedReader(text, mapped).read();
}

}  // namespace noshare::extract
