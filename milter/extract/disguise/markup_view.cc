// See markup_view.h.
#include "extract/disguise/markup_view.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "extract/header_block.h"
#include "extract/html_elements.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kLongestTag = 200;
constexpr char kEscape = '\x1B';

// Something that is taken out; `size` 0: there is none. `line`: a line ends there.
struct Mark {
  std::size_t size = 0;
  bool line = false;
};

// "<b>", "</b>", "<!-- -->", "[b]", "[/b]".
Mark tag_at(std::string_view text, std::size_t at) {
  const char close = text[at] == '<' ? '>' : ']';
  const std::size_t end = text.substr(0, at + kLongestTag).find(close, at);
  if (end == std::string_view::npos) return {};
  std::string_view name = text.substr(at + 1, end - at - 1);
  if (name.starts_with("!--")) return {end + 1 - at};
  if (name.starts_with('/')) name.remove_prefix(1);
  if (name.empty() || !is_ascii_alpha(name[0]) || name.find('\n') != name.npos) return {};
  const std::size_t size = std::min(name.find_first_of(" =/"), name.size());
  name = name.substr(0, size);
  if (!std::all_of(name.begin(), name.end(),
                   [](char c) { return is_ascii_alnum(c) || c == '-' || c == ':'; })) {
    return {};
  }
  constexpr std::size_t kLongestName = 8;  // of BBCode; else a word in brackets
  if (close == ']' && name.size() > kLongestName) return {};
  return {end + 1 - at, layout_of(html_key(name)) != Layout::kInline};
}

Mark mark_at(std::string_view text, std::size_t at) {
  if (text[at] == '<' || text[at] == '[') return tag_at(text, at);
  if (text[at] == '\b') return {1};
  if (text[at] != kEscape) return {};
  if (text.substr(at + 1, 1) != "[") return {1};
  const std::size_t end = text.find_first_not_of("0123456789;?", at + 2);
  return {std::min(end, text.size() - 1) + 1 - at};
}

// So many, at least, that it is no accident.
bool has_marks(std::string_view text) {
  constexpr int kFewest = 3;
  if (text.find(kEscape) != std::string_view::npos ||
      text.find('\b') != std::string_view::npos) {
    return true;
  }
  for (std::string_view mark : {"</", "[/", "<!--"}) {
    int count = 0;
    for (std::size_t at = text.find(mark);
         at != std::string_view::npos && count < kFewest; at = text.find(mark, at + 1)) {
      ++count;
    }
    if (count == kFewest) return true;
  }
  return false;
}

void put_line(std::string_view text, std::size_t begin, std::size_t end,
              TextBuilder& out) {
  std::size_t from = begin;  // of what is kept
  for (std::size_t at = begin; at < end;) {
    const Mark mark = mark_at(text, at);
    if (mark.size == 0) {
      ++at;
      continue;
    }
    // What was struck out before the backspace, is.
    std::size_t kept = at;
    if (text[at] == '\b' && at > from) {
      --kept;  // the character before it, whole
      while (kept > from && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80)
        --kept;
    }
    out.copy(text.substr(from, kept - from), from);
    if (mark.line) out.replace("\n", at);
    at += mark.size;
    from = at;
  }
  if (from < end) out.copy(text.substr(from, end - from), from);
}

}  // namespace

MappedText without_markup(std::string_view text, bool mapped) {
  if (!has_marks(text)) return {};
  TextBuilder out(mapped);
  std::size_t before = 0;  // the line before, if it was not put
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = line_at(text, at).next;
    bool marked = false;
    for (std::size_t i = at; i < next && !marked; ++i) marked = mark_at(text, i).size > 0;
    if (marked) {
      out.copy(text.substr(before, at - before), before);  // it may say what this one is
      put_line(text, at, next, out);
      before = next;
    } else {
      before = at;
    }
    at = next;
  }
  return out.text().empty() ? MappedText{} : out.finish(text.size());
}

}  // namespace noshare::extract
