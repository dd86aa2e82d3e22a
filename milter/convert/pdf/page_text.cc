#include "convert/pdf/page_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace noshare::convert {

namespace {

// A gap wider than this many heights of a line parts two cells; between words of a
// sentence it is a quarter.
constexpr double kCellGap = 1.2;
// Cells of tables are shorter, lines of a column of prose longer.
constexpr std::size_t kProseBytes = 25;

std::string utf8(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return {bytes.begin(), bytes.end()};
}

double height(const PlacedWord& word) { return word.bottom - word.top; }

// At least half of the lower one of both stands beside the other.
bool beside(const PlacedWord& one, const PlacedWord& other) {
  const double common = std::min(one.bottom, other.bottom) - std::max(one.top, other.top);
  return common > 0.5 * std::min(height(one), height(other));
}

// The word as it stands when the page is turned so that one reads it.
PlacedWord turned_upright(const PlacedWord& word) {
  PlacedWord turned = word;
  const auto place = [&](double left, double top, double right, double bottom) {
    turned.left = std::min(left, right);
    turned.top = std::min(top, bottom);
    turned.right = std::max(left, right);
    turned.bottom = std::max(top, bottom);
  };
  if (word.turns == 1) place(word.top, -word.right, word.bottom, -word.left);
  if (word.turns == 2) place(-word.right, -word.bottom, -word.left, -word.top);
  if (word.turns == 3) place(-word.bottom, word.left, -word.top, word.right);
  return turned;
}

std::string in_reading_order(const std::vector<PlacedWord>& words) {
  std::string text;
  PlacedWord last;
  for (const PlacedWord& placed : words) {
    PlacedWord word = turned_upright(placed);
    if (!text.empty()) {
      const bool same_line =
          last.turns == word.turns && beside(last, word) && word.left >= last.left;
      const bool touching =
          same_line && !last.space_after && word.left - last.right < 0.1 * height(word);
      if (!touching) text += same_line ? ' ' : '\n';
    }
    text += word.text;
    last = std::move(word);
  }
  return text + "\n";
}

using Row = std::vector<const PlacedWord*>;

std::vector<Row> rows_of(const std::vector<PlacedWord>& words) {
  std::vector<const PlacedWord*> sorted;
  for (const PlacedWord& word : words) sorted.push_back(&word);
  const auto middle = [](const PlacedWord* word) { return word->top + word->bottom; };
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const auto* a, const auto* b) { return middle(a) < middle(b); });
  std::vector<Row> rows;
  for (const PlacedWord* word : sorted) {
    if (rows.empty() || !beside(*rows.back().front(), *word)) rows.emplace_back();
    rows.back().push_back(word);
  }
  for (Row& row : rows) {
    std::stable_sort(row.begin(), row.end(),
                     [](const auto* a, const auto* b) { return a->left < b->left; });
  }
  return rows;
}

std::vector<std::string> cells_of(const Row& row) {
  std::vector<std::string> cells;
  const PlacedWord* last = nullptr;
  for (const PlacedWord* word : row) {
    const double line = std::max(height(*word), 1.0);
    const double gap = last == nullptr ? 0 : word->left - last->right;
    if (last == nullptr || gap > kCellGap * line) {
      cells.emplace_back();
    } else if (last->space_after || gap > 0.1 * line) {
      cells.back() += ' ';
    }
    cells.back() += word->text;
    last = word;
  }
  return cells;
}

}  // namespace

std::vector<PlacedWord> words_of(const poppler::page& page) {
  std::vector<PlacedWord> words;
  for (const poppler::text_box& box : page.text_list()) {
    PlacedWord word;
    word.text = utf8(box.text());
    const poppler::rectf place = box.bbox();
    word.left = place.left();
    word.top = place.top();
    word.right = place.right();
    word.bottom = place.bottom();
    word.turns = box.rotation();
    word.space_after = box.has_space_after();
    words.push_back(std::move(word));
  }
  return words;
}

std::string arrange(const std::vector<PlacedWord>& words) {
  const bool upright = std::all_of(
      words.begin(), words.end(), [](const PlacedWord& word) { return word.turns == 0; });
  if (!upright) return in_reading_order(words);
  std::string text;
  std::vector<std::size_t> sizes;  // of cells in rows with several
  for (const Row& row : rows_of(words)) {
    const std::vector<std::string> cells = cells_of(row);
    for (const std::string& cell : cells) {
      if (cells.size() > 1) sizes.push_back(cell.size());
      text += cell;
      text += &cell == &cells.back() ? '\n' : '\t';
    }
  }
  const auto median = sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() / 2);
  std::nth_element(sizes.begin(), median, sizes.end());
  const bool prose = !sizes.empty() && *median >= kProseBytes;
  return prose ? in_reading_order(words) : text;
}

}  // namespace noshare::convert
