// See encoded_pieces.h.
#include "extract/encoded_pieces.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostRuns = 200;
constexpr std::size_t kShortestRun = 20;
constexpr std::size_t kMostGap = 16;  // bytes between two pieces

class PieceFinder {
 public:
  explicit PieceFinder(std::string_view text) : text_(text) {}

  std::vector<std::string> runs() {
    const auto are_signs = [](Bytes bytes) {
      return bytes.is_alnum() | bytes.is('+') | bytes.is('/') | bytes.is('=') |
             bytes.is('-') | bytes.is('_');
    };
    each_row(text_, are_signs, [this](std::size_t begin, std::size_t end) {
      take(begin, end);
      return found_.size() < kMostRuns;
    });
    finish();
    return std::move(found_);
  }

 private:
  static constexpr std::size_t kShortest = 4;  // signs of a piece
  static constexpr std::size_t kFewest = 5;    // pieces, unless they are long
  static constexpr std::size_t kLong = 12;

  void take(std::size_t begin, std::size_t end) {
    // The letter of an escaped line end.
    const bool escaped = begin > 0 && text_[begin - 1] == '\\' &&
                         (text_[begin] == 'n' || text_[begin] == 'r');
    if (escaped) ++begin;
    if (end - begin < kShortest) return;  // a line's number, or a sign between
    const bool goes_on =
        pieces_ > 0 && last_size_ == width_ && end - begin <= width_ && takes_gap(begin);
    if (!goes_on) {
      finish();
      width_ = end - begin;
    }
    run_.append(text_.substr(begin, end - begin));
    ++pieces_;
    last_size_ = end - begin;
    last_end_ = end;
  }

  // True if what stands before the piece may part pieces, and is what parted the others.
  bool takes_gap(std::size_t begin) {
    if (begin - last_end_ > kMostGap) return false;
    std::string gap;
    bool marks = false;
    for (const char c : text_.substr(last_end_, begin - last_end_)) {
      if (is_ascii_digit(c)) continue;
      marks |= !is_ascii_space(c) && !is_ascii_alpha(c);
      gap += c;
    }
    if (pieces_ > 1 && gap != gap_) return false;
    gap_ = std::move(gap);
    return marks;
  }

  void finish() {
    const std::size_t pieces = std::exchange(pieces_, 0);
    std::string run = std::exchange(run_, {});
    if (pieces < 2 || (pieces < kFewest && width_ < kLong)) return;
    run.resize(run.find_last_not_of('=') + 1);
    if (run.size() >= kShortestRun) found_.push_back(std::move(run));
  }

  std::string_view text_;
  std::string run_;
  std::string gap_;  // between its pieces, without digits
  std::size_t width_ = 0;
  std::size_t last_size_ = 0;
  std::size_t last_end_ = 0;
  std::size_t pieces_ = 0;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> runs_in_pieces(std::string_view text) {
  return PieceFinder(text).runs();
}

}  // namespace noshare::extract
