// See pieces.h.
#include "extract/pieces.h"

#include <algorithm>
#include <string>
#include <utility>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

using model::Segment;
using model::Zone;

constexpr std::size_t kMostBytes = 160;      // of a piece; what is longer gives its edges
constexpr std::size_t kMostRow = 4096;       // bytes of a row
constexpr std::size_t kMostRows = 100;       // of one message
constexpr std::size_t kFewestDigits = 9;     // the shortest identity number
constexpr std::size_t kMostEdgeDigits = 12;  // more are a number by themselves

bool is_number_sign(char c) {
  return is_ascii_digit(c) || is_ascii_space(c) || c == '-' || c == '.';
}

// Digits at the end of a text, or at its beginning.
template <class Iterator>
std::size_t edge_digits(Iterator at, Iterator end) {
  const auto stop = std::find_if_not(at, end, is_number_sign);
  return static_cast<std::size_t>(std::count_if(at, stop, is_ascii_digit));
}

bool is_edge(std::size_t digits) { return digits > 0 && digits <= kMostEdgeDigits; }

class Row {
 public:
  explicit Row(Collector& out) : out_(out) {}

  void take(std::string_view piece, const Segment& segment) {
    const bool begins =
        is_ascii_digit(piece.front()) && is_edge(edge_digits(piece.begin(), piece.end()));
    if (!begins || !goes_on_ || text_.size() > kMostRow) finish();
    if (text_.empty()) {
      part_ = segment.part;
      path_ = segment.path;
      text_ = piece.substr(piece.size() - std::min(piece.size(), kMostBytes));
    } else {
      text_.append(" ").append(piece.substr(0, kMostBytes));
      ++joints_;
    }
    goes_on_ = is_ascii_digit(piece.back()) &&
               is_edge(edge_digits(piece.rbegin(), piece.rend()));
    // What stands between the edges of a long text is not a number's.
    if (piece.size() > kMostBytes && joints_ > 0) {
      finish();
      if (goes_on_) {
        part_ = segment.part;
        path_ = segment.path;
        text_ = piece.substr(piece.size() - kMostBytes);
      }
    }
  }

  void finish() {
    std::string text = std::exchange(text_, {});
    const auto digits = std::count_if(text.begin(), text.end(), is_ascii_digit);
    if (std::exchange(joints_, 0) == 0 || rows_ == kMostRows || !out_.time_left() ||
        digits < static_cast<std::ptrdiff_t>(kFewestDigits)) {
      return;
    }
    ++rows_;
    out_.add_text(part_, path_ + std::string(kTogether), Zone::kBody,
                  {to_valid_utf8(text), {}});
  }

 private:
  Collector& out_;
  std::string text_;
  std::string part_;
  std::string path_;
  bool goes_on_ = false;  // the last piece ends in digits
  std::size_t joints_ = 0;
  std::size_t rows_ = 0;
};

bool is_shown(Zone zone) {
  return zone == Zone::kSubject || zone == Zone::kBody || zone == Zone::kHtmlVisible ||
         zone == Zone::kDocument || zone == Zone::kCell;
}

// "4111.txt": what the name says.
std::string_view without_type(std::string_view name) {
  constexpr std::size_t kLongest = 6;
  const std::size_t dot = name.rfind('.');
  return dot != name.npos && name.size() - dot <= kLongest ? name.substr(0, dot) : name;
}

}  // namespace

void read_pieces_together(Collector& out) {
  Row texts(out);
  Row names(out);
  // Rows are added behind those that are read here.
  const std::size_t count = out.extracted().segments.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Segment segment = out.extracted().segments[i];
    if (segment.path.ends_with(')')) continue;  // another reading
    const bool name = segment.zone == Zone::kFilename;
    const std::string_view whole = trimmed(segment.text);
    const std::string_view piece = name ? trimmed(without_type(whole)) : whole;
    if (piece.empty()) continue;
    if (name) names.take(piece, segment);
    if (is_shown(segment.zone)) texts.take(piece, segment);
  }
  texts.finish();
  names.finish();
}

}  // namespace noshare::extract
