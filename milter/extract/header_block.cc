// Splits a header block into fields. See header_block.h.
#include "extract/header_block.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

enum class LineKind { kField, kContinued, kStray };

struct BlockLine {
  std::size_t begin;
  std::size_t end;  // without the line end
  LineKind kind;
};

constexpr std::size_t kMostNameBytes =
    256;  // RFC 5322 allows 998 per line; names are short

// The length of the field name at the start of `line`, or 0. White space before the colon
// is obsolete syntax (RFC 5322 section 4.5.8) that mail programs accept.
std::size_t field_name_size(std::string_view line) {
  std::size_t size = 0;
  while (size < line.size() && size < kMostNameBytes && line[size] > ' ' &&
         line[size] < 127 && line[size] != ':') {
    ++size;
  }
  std::size_t colon = size;
  while (colon < line.size() && (line[colon] == ' ' || line[colon] == '\t')) ++colon;
  return colon < line.size() && line[colon] == ':' ? size : 0;
}

LineKind kind_of(std::string_view line) {
  if (line[0] == ' ' || line[0] == '\t') return LineKind::kContinued;
  return field_name_size(line) > 0 ? LineKind::kField : LineKind::kStray;
}

// An mbox file's separator ("From sender date") may stand before the first field.
bool is_mbox_line(std::string_view line) {
  return line.starts_with("From ") || line.starts_with(">From ");
}

std::string_view terminator_free(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool has_bare_cr_lines(std::string_view bytes) {
  return bytes.find('\n') == std::string_view::npos &&
         bytes.find('\r') != std::string_view::npos;
}

struct BlockLines {
  std::vector<BlockLine> lines;
  std::size_t body_begin = 0;  // after the empty line, or the end of the text
};

BlockLines collect_lines(std::string_view bytes) {
  BlockLines block;
  const bool bare_cr = has_bare_cr_lines(bytes);
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t found = bytes.find(bare_cr ? '\r' : '\n', at);
    const std::size_t end = found == std::string_view::npos ? bytes.size() : found;
    const std::string_view line = terminator_free(bytes.substr(at, end - at));
    const std::size_t begin = at;
    at = std::min(bytes.size(), end + 1);
    if (line.empty()) break;
    if (block.lines.empty() && is_mbox_line(line)) continue;
    block.lines.push_back({begin, begin + line.size(), kind_of(line)});
  }
  block.body_begin = at;
  return block;
}

HeaderField field_from(std::string_view bytes, const BlockLine& first, std::size_t end) {
  const std::string_view whole = bytes.substr(first.begin, end - first.begin);
  const std::size_t name_size = field_name_size(whole);
  return {whole.substr(0, name_size), whole.substr(whole.find(':', name_size) + 1)};
}

}  // namespace

const HeaderField* HeaderBlock::find(std::string_view name) const {
  for (const HeaderField& field : fields) {
    if (equal_ignoring_case(field.name, name)) return &field;
  }
  return nullptr;
}

std::vector<std::string_view> HeaderBlock::all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const HeaderField& field : fields) {
    if (equal_ignoring_case(field.name, name)) values.push_back(field.value);
  }
  return values;
}

HeaderBlock read_header_block(std::string_view bytes) {
  const BlockLines block = collect_lines(bytes);
  const auto& lines = block.lines;
  HeaderBlock result;
  result.body_begin = block.body_begin;

  // Programs disagree on a line that is no field: for some the body begins there, others
  // skip it. It is the body if no field follows before the empty line, else a stray.
  const auto last_field =
      std::find_if(lines.rbegin(), lines.rend(),
                   [](const BlockLine& line) { return line.kind == LineKind::kField; });
  if (last_field == lines.rend()) {
    result.body_begin = lines.empty() ? block.body_begin : lines.front().begin;
    return result;
  }
  const auto last = static_cast<std::size_t>(lines.rend() - last_field) - 1;

  for (std::size_t i = 0; i < lines.size();) {
    if (lines[i].kind == LineKind::kStray && i > last) {
      result.body_begin = lines[i].begin;
      break;
    }
    std::size_t end = i + 1;
    while (end < lines.size() && lines[end].kind == LineKind::kContinued) ++end;
    if (lines[i].kind == LineKind::kField) {
      result.fields.push_back(field_from(bytes, lines[i], lines[end - 1].end));
    } else {
      result.strays.push_back(
          bytes.substr(lines[i].begin, lines[end - 1].end - lines[i].begin));
    }
    i = end;
  }
  return result;
}

bool looks_like_message(std::string_view bytes) {
  constexpr std::array<std::string_view, 8> kUsual = {
      "from",       "to",       "subject",      "date",
      "message-id", "received", "mime-version", "return-path"};
  constexpr std::size_t kMostLooked = 64U << 10;
  const HeaderBlock block = read_header_block(bytes.substr(0, kMostLooked));
  if (block.fields.empty() || !block.strays.empty()) return false;
  std::size_t usual = 0;
  for (std::string_view name : kUsual) usual += block.find(name) != nullptr ? 1U : 0U;
  return usual >= 2;
}

Line line_at(std::string_view bytes, std::size_t at) {
  const std::size_t found = bytes.find('\n', at);
  if (found == std::string_view::npos) {
    return {terminator_free(bytes.substr(at)), bytes.size()};
  }
  return {terminator_free(bytes.substr(at, found - at)), found + 1};
}

}  // namespace noshare::extract
