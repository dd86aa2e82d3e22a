// See html_order.h.
#include "extract/html_order.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

std::string_view slice(std::string_view text, model::Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

// The words before a place, on one line.
void put_context(std::string_view text, std::size_t at, TextBuilder& out) {
  constexpr std::size_t kContext = 80;
  std::size_t from = at - std::min(at, kContext);
  while (from > 0 && from < at && !is_ascii_space(text[from])) ++from;
  for (; from < at; ++from) {
    if (text[from] == '\n') {
      out.replace(" ", from);
    } else {
      out.copy(text.substr(from, 1), from);
    }
  }
}

void put_turned(std::string_view text, model::Span span, TextBuilder& out) {
  std::vector<std::pair<std::size_t, std::size_t>> points;
  for (std::size_t at = span.begin; at < span.end;) {
    const std::size_t bytes = code_point_at(text, at).bytes;
    points.emplace_back(at, bytes);
    at += bytes;
  }
  for (auto point = points.rbegin(); point != points.rend(); ++point) {
    out.copy(text.substr(point->first, point->second), point->first);
  }
}

void put_rest_of_line(std::string_view text, std::size_t at, TextBuilder& out) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  out.copy(text.substr(at, end - at), at);
  out.replace("\n", end);
}

}  // namespace

void HtmlOrder::turn(std::size_t begin, std::size_t end) {
  if (begin == end || places_.size() == kMostPlaces) return;
  places_.push_back(
      {true,
       {{0, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}}}});
}

void HtmlOrder::arrange(std::vector<Piece> pieces) {
  if (pieces.size() < 2 || places_.size() == kMostPlaces) return;
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.place < b.place; });
  places_.push_back({false, std::move(pieces)});
}

// Whole lines, since several places of one may be turned.
void HtmlOrder::put_turned_lines(std::string_view all, TextBuilder& out) const {
  std::size_t at = 0;  // what stands before was put, or need not be
  bool open = false;
  for (const Place& place : places_) {
    const model::Span span = place.pieces.front().span;
    if (!place.turned || span.begin < at) continue;
    const std::size_t line = all.substr(0, span.begin).rfind('\n') + 1;
    if (!open || line > at) {
      if (open) put_rest_of_line(all, at, out);
      at = line;
      open = true;
    }
    // The space before belongs to what is not turned.
    const std::size_t first =
        std::min<std::size_t>(all.find_first_not_of(" \t\n", span.begin), span.end);
    out.copy(all.substr(at, first - at), at);
    put_turned(all, {static_cast<std::uint32_t>(first), span.end}, out);
    at = span.end;
  }
  if (open) put_rest_of_line(all, at, out);
}

void HtmlOrder::put_place(std::string_view all, const Place& place, TextBuilder& out) {
  const auto filled = std::count_if(
      place.pieces.begin(), place.pieces.end(),
      [&](const Piece& piece) { return !trimmed(slice(all, piece.span)).empty(); });
  if (filled < 2) return;
  std::uint32_t first = place.pieces.front().span.begin;
  for (const Piece& piece : place.pieces) first = std::min(first, piece.span.begin);
  put_context(all, first, out);
  out.replace(" ", first);
  for (const Piece& piece : place.pieces) {
    const std::string_view text = trimmed(slice(all, piece.span));
    out.copy(text, static_cast<std::size_t>(text.data() - all.data()));
    if (text.size() != 1) out.replace(" ", piece.span.end);
  }
  out.replace("\n", place.pieces.back().span.end);
}

MappedText HtmlOrder::applied(const MappedText& text, std::string_view other,
                              bool mapped) const {
  const std::string_view all = text.text;
  TextBuilder out(mapped);
  append_new_lines(all, other, out);
  put_turned_lines(all, out);
  for (const Place& place : places_) {
    if (!place.turned) put_place(all, place, out);
  }
  MappedText result = out.finish(all.size());
  if (mapped) result.map = compose(result.map, text.map, result.text.size());
  return result;
}

}  // namespace noshare::extract
