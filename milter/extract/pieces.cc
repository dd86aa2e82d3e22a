// See pieces.h.
#include "extract/pieces.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

// A number's pieces, joined.
struct Joined {
  std::string part;
  std::string path;  // of the first one
  std::string text;
};

// Pieces one behind the other, each of which goes on with the number before.
class Row {
 public:
  void take(std::string_view piece, const Segment& segment) {
    const bool begins =
        is_ascii_digit(piece.front()) && is_edge(edge_digits(piece.begin(), piece.end()));
    if (!begins || !goes_on_ || joined_.text.size() > kMostRow) finish();
    if (joined_.text.empty()) {
      begin(piece, segment);
    } else {
      joined_.text.append(" ").append(piece.substr(0, kMostBytes));
      ++joints_;
    }
    goes_on_ = is_ascii_digit(piece.back()) &&
               is_edge(edge_digits(piece.rbegin(), piece.rend()));
    // What stands between the edges of a long text is not a number's.
    if (piece.size() > kMostBytes && joints_ > 0) {
      finish();
      if (goes_on_) begin(piece, segment);
    }
  }

  std::vector<Joined> rows() {
    finish();
    return std::move(rows_);
  }

 private:
  void begin(std::string_view piece, const Segment& segment) {
    joined_ = {
        segment.part, segment.path,
        std::string(piece.substr(piece.size() - std::min(piece.size(), kMostBytes)))};
  }

  void finish() {
    Joined joined = std::exchange(joined_, {});
    const auto digits =
        std::count_if(joined.text.begin(), joined.text.end(), is_ascii_digit);
    if (std::exchange(joints_, 0) > 0 && rows_.size() < kMostRows &&
        digits >= static_cast<std::ptrdiff_t>(kFewestDigits)) {
      rows_.push_back(std::move(joined));
    }
  }

  std::vector<Joined> rows_;
  Joined joined_;
  bool goes_on_ = false;  // the last piece ends in digits
  std::size_t joints_ = 0;
};

// The paths of all texts, by part.
using Paths = std::set<std::pair<std::string_view, std::string_view>>;

Paths paths_of(const std::vector<Segment>& segments) {
  Paths paths;
  for (const Segment& segment : segments) paths.emplace(segment.part, segment.path);
  return paths;
}

// A text that is read once more has the view's name behind the path of the text itself.
bool is_read_again(const Segment& segment, const Paths& paths) {
  constexpr std::array kViews = {kAsMeant, kAsShown, kUnescaped, kDecoded};
  const std::string_view path = segment.path;
  return std::any_of(kViews.begin(), kViews.end(), [&](std::string_view view) {
    return path.ends_with(view) &&
           paths.contains({segment.part, path.substr(0, path.size() - view.size())});
  });
}

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
  Row texts;
  Row names;
  const std::vector<Segment>& segments = out.extracted().segments;
  const Paths paths = paths_of(segments);
  for (const Segment& segment : segments) {
    if (is_read_again(segment, paths)) continue;
    const bool name = segment.zone == Zone::kFilename;
    const std::string_view whole = trimmed(segment.text);
    const std::string_view piece = name ? trimmed(without_type(whole)) : whole;
    if (piece.empty()) continue;
    if (name) names.take(piece, segment);
    if (is_shown(segment.zone)) texts.take(piece, segment);
  }
  for (Row* row : {&texts, &names}) {
    for (Joined& joined : row->rows()) {
      if (!out.time_left()) return;
      out.add_text(joined.part, joined.path + std::string(kTogether), Zone::kBody,
                   {to_valid_utf8(joined.text), {}});
    }
  }
}

}  // namespace noshare::extract
