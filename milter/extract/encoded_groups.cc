// See encoded_groups.h.
#include "extract/encoded_groups.h"

#include <algorithm>
#include <array>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kShortestRun = 20;  // encoded signs
constexpr std::size_t kMostRuns = 200;    // of one text

// Of a group of base64, base32 or hexadecimal signs.
constexpr std::array<bool, 256> make_signs() {
  std::array<bool, 256> table{};
  for (unsigned i = 0; i < 128; ++i) {
    const char c = static_cast<char>(i);
    table[i] = is_ascii_alnum(c) || c == '+' || c == '/' || c == '=';
  }
  return table;
}
constexpr auto kSigns = make_signs();

bool is_gap(char c) {
  return std::string_view(" -.:_,|").find(c) != std::string_view::npos;
}
bool is_line_gap(char c) { return c == '\n' || c == '\r' || c == ' ' || c == '>'; }

// Groups of one length, parted by one sign or the end of a line.
class GroupFinder {
 public:
  explicit GroupFinder(std::string_view text) : text_(text) {}

  std::vector<std::string> runs() {
    const auto are_signs = [](Bytes bytes) {
      return bytes.is_alnum() | bytes.is('+') | bytes.is('/') | bytes.is('=');
    };
    each_row(text_, are_signs, [this](std::size_t begin, std::size_t end) {
      add_group(begin, end - begin);
      return found_.size() < kMostRuns;
    });
    return std::move(found_);
  }

 private:
  static constexpr std::size_t kWidest = 19;  // longer ones are runs by themselves
  static constexpr std::size_t kFewest = 5;   // groups
  static constexpr std::size_t kNowhere = std::string_view::npos;

  // Only where enough groups in a row are as long, whatever parts them, the rest is
  // looked at: so are few words of prose.
  void add_group(std::size_t begin, std::size_t width) {
    const std::size_t before = std::exchange(last_, begin);
    if (width != width_) {
      width_ = width;
      row_ = 1;
      pair_ = kNowhere;
      return;
    }
    ++row_;
    if (is_gap(text_[before + width])) pair_ = before;
    if (row_ + 1 >= kFewest && width <= kWidest && pair_ != kNowhere &&
        pair_ >= read_to_) {
      look(pair_, text_[pair_ + width]);
    }
  }

  bool is_sign(std::size_t at) const {
    return kSigns[static_cast<unsigned char>(text_[at])];
  }
  std::size_t group_end(std::size_t at) const {
    const std::size_t most = std::min(text_.size(), at + kWidest + 1);
    while (at < most && is_sign(at)) ++at;
    return at;
  }
  // Where the group behind the gap at `at` begins.
  std::size_t next_group(std::size_t at, char gap) const {
    int lines = 0;
    std::size_t next = at;
    while (next < text_.size() && is_line_gap(text_[next])) {
      lines += text_[next++] == '\n' ? 1 : 0;
    }
    if (lines > 0) return lines == 1 ? next : kNowhere;
    return at < text_.size() && text_[at] == gap ? at + 1 : kNowhere;
  }
  // Where the group of `width` signs before the one at `at` begins.
  std::size_t group_before(std::size_t at, std::size_t width, char gap) const {
    int lines = 0;
    std::size_t end = at;
    while (end > read_to_ && is_line_gap(text_[end - 1])) {
      lines += text_[--end] == '\n' ? 1 : 0;
    }
    if (lines > 1) return kNowhere;
    if (lines == 0) {
      if (at == read_to_ || text_[at - 1] != gap) return kNowhere;
      end = at - 1;
    }
    if (end < read_to_ + width) return kNowhere;
    const std::size_t begin = end - width;
    if (begin > 0 && is_sign(begin - 1)) return kNowhere;
    return group_end(begin) == end ? begin : kNowhere;
  }

  // All groups around the one at `at` that are as long.
  void look(std::size_t at, char gap) {
    const std::size_t width = group_end(at) - at;
    if (width == 0 || width > kWidest) return;
    const std::size_t second = next_group(at + width, gap);
    if (second >= text_.size() || group_end(second) != second + width) return;
    std::size_t begin = at;
    for (std::size_t before = group_before(begin, width, gap); before != kNowhere;
         before = group_before(begin, width, gap)) {
      begin = before;
    }
    std::string run;
    std::size_t full = 0;  // of the run, up to the last group but one
    std::size_t groups = 0;
    std::size_t end = begin;
    for (std::size_t next = begin; next < text_.size();) {
      const std::size_t stop = group_end(next);
      if (stop == next || stop - next > width) break;
      full = run.size();
      run.append(text_.substr(next, stop - next));
      ++groups;
      end = stop;
      if (stop - next < width || run.ends_with('=')) break;  // the last
      next = next_group(stop, gap);
    }
    read_to_ = std::max(read_to_, end);
    if (groups < kFewest || run.size() < kShortestRun) return;
    run.resize(run.find_last_not_of('=') + 1);
    // The last group, or the first word of what follows.
    if (full >= kShortestRun) found_.push_back(run.substr(0, full));
    found_.push_back(std::move(run));
  }

  std::string_view text_;
  std::size_t read_to_ = 0;
  std::size_t last_ = 0;         // where the group that was met last begins
  std::size_t width_ = 0;        // of that one and those before it,
  std::size_t row_ = 0;          // so many,
  std::size_t pair_ = kNowhere;  // of which two with a gap between them begin here
  std::vector<std::string> found_;
};

bool is_dense(char c) { return c > ' ' && c < 0x7F; }
Bytes are_dense(Bytes bytes) { return bytes.is_least('!') & !bytes.is_least(0x7F); }

std::size_t dense_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_dense(text[at])) ++at;
  return at;
}

// Not of letters and digits alone, nor an address, nor a line of one sign.
bool may_be_encoded(std::string_view run) {
  constexpr std::ptrdiff_t kFewestSigns = 2;
  if (run.find("://") != run.npos || run.find("----") != run.npos) return false;
  const auto is_letter = [](char c) { return is_ascii_alnum(c) || c == '/'; };
  const auto letters = std::count_if(run.begin(), run.end(), is_letter);
  const auto size = static_cast<std::ptrdiff_t>(run.size());
  return size - letters >= kFewestSigns && letters * 2 > size;
}

}  // namespace

std::vector<std::string> runs_in_groups(std::string_view text) {
  return GroupFinder(text).runs();
}

std::vector<std::string> dense_runs(std::string_view text) {
  std::vector<std::string> found;
  for (std::size_t at = 0;
       at + kShortestRun <= text.size() && found.size() < kMostRuns;) {
    at = behind_short_rows<kShortestRun>(text, at, are_dense);
    if (at + kShortestRun > text.size()) break;
    std::size_t begin = at + kShortestRun;
    while (begin > at && is_dense(text[begin - 1])) --begin;
    if (begin > at) {
      at = begin;
      continue;
    }
    std::size_t end = dense_end(text, at);
    const std::size_t width = end - at;
    std::string run(text.substr(at, width));
    std::size_t full = 0;  // of the run, up to the last line
    // Lines as long as the first, and a shorter one, or the first word of what follows.
    while (end < text.size() && text[end] == '\n' && end - at >= width) {
      const std::size_t next = end + 1;
      const std::size_t stop = dense_end(text, next);
      if (stop == next || stop - next > width) break;
      full = run.size();
      run.append(text.substr(next, stop - next));
      at = next;
      end = stop;
    }
    if (may_be_encoded(run)) {
      if (full > 0) found.push_back(run.substr(0, full));
      found.push_back(std::move(run));
    }
    at = end;
  }
  return found;
}

}  // namespace noshare::extract
