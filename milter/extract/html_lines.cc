// See html_lines.h.
#include "extract/html_lines.h"

#include <algorithm>
#include <array>

#include "extract/html_elements.h"
#include "extract/html_entities.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

enum class ByteClass : std::uint8_t { kPlain, kSpace, kReference };

constexpr std::array<ByteClass, 256> make_classes() {
  std::array<ByteClass, 256> table{};
  for (char c : {' ', '\t', '\n', '\r', '\f'}) {
    table[static_cast<std::uint8_t>(c)] = ByteClass::kSpace;
  }
  table['&'] = ByteClass::kReference;
  return table;
}
constexpr auto kClasses = make_classes();
ByteClass class_of(char c) { return kClasses[static_cast<std::uint8_t>(c)]; }

// Plain text from `at` on, single spaces inside it included.
std::size_t plain_end(std::string_view text, std::size_t at) {
  while (at < text.size()) {
    if (class_of(text[at]) != ByteClass::kPlain) {
      const bool single = text[at] == ' ' && at + 1 < text.size() &&
                          class_of(text[at + 1]) == ByteClass::kPlain;
      if (!single) break;
    }
    ++at;
  }
  return at;
}

// Returns how many bytes were read.
std::size_t append_reference(TextBuilder& out, std::string_view text,
                             std::size_t origin) {
  const CharacterReference reference = character_reference(text);
  if (reference.bytes == 0) {
    out.copy(text.substr(0, 1), origin);
    return 1;
  }
  out.replace(reference.text(), origin);
  return reference.bytes;
}

}  // namespace

void decode_html(TextBuilder& out, std::string_view html, std::size_t begin) {
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t end = std::min(html.find('&', at), html.size());
    out.copy(html.substr(at, end - at), begin + at);
    at = end;
    if (at < html.size()) at += append_reference(out, html.substr(at), begin + at);
  }
}

void HtmlLines::put(std::string_view html, std::size_t begin, bool keep_spaces) {
  std::size_t at = 0;
  while (at < html.size()) {
    const ByteClass byte = class_of(html[at]);
    const std::size_t origin = begin + at;
    if (byte == ByteClass::kSpace) {
      if (keep_spaces) {
        flush(origin);
        text_.copy(html.substr(at, 1), origin);
      } else {
        request(Break::kSpace);
      }
      ++at;
    } else if (byte == ByteClass::kPlain) {
      const std::size_t end = plain_end(html, at);
      flush(origin);
      text_.copy(html.substr(at, end - at), origin);
      at = end;
    } else {
      flush(origin);
      at += append_reference(text_, html.substr(at), origin);
    }
  }
}

void HtmlLines::request(Break wanted) { pending_ = std::max(pending_, wanted); }

// Blocks at a cell's edges do not end the row's line.
void HtmlLines::request_block() {
  if (!cell_begins_) request(Break::kLine);
}

void HtmlLines::flush(std::size_t origin) {
  constexpr std::array<std::string_view, 4> kSigns = {"", " ", "\t", "\n"};
  if (pending_ != Break::kNone && text_.size() > 0) {
    text_.replace(kSigns[static_cast<std::size_t>(pending_)], origin);
  }
  pending_ = Break::kNone;
  cell_begins_ = false;
}

void HtmlLines::start_tag(std::uint64_t key) {
  switch (layout_of(key)) {
    case Layout::kInline:
      break;
    case Layout::kBlock:
      request_block();
      if (key == html_key("table")) row_has_cell_ = false;
      break;
    case Layout::kRow:
      cell_begins_ = false;
      request(Break::kLine);
      row_has_cell_ = false;
      break;
    case Layout::kCell:
      if (row_has_cell_) pending_ = Break::kTab;
      row_has_cell_ = true;
      cell_begins_ = true;
      break;
  }
}

void HtmlLines::end_tag(std::uint64_t key) {
  switch (layout_of(key)) {
    case Layout::kInline:
      break;
    case Layout::kBlock:
      request_block();
      break;
    case Layout::kRow:
      cell_begins_ = false;
      request(Break::kLine);
      break;
    case Layout::kCell:
      pending_ = Break::kTab;
      cell_begins_ = true;
      break;
  }
}

}  // namespace noshare::extract
