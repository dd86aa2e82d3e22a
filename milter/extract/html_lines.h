// Lines of HTML: what its text looks like, without its tags.
//
// In:  the text between tags and the keys of the tags, in a document's order
// Out: text with white space as a browser collapses it, a line for each block and row, a
// tab between cells
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extract/mapped_text.h"

namespace noshare::extract {

// Copies HTML text with its character references decoded; `begin` is where it stands.
void decode_html(TextBuilder& out, std::string_view html, std::size_t begin);

class HtmlLines {
 public:
  // What stands between two pieces of text; the strongest wins.
  enum class Break { kNone, kSpace, kTab, kLine };

  explicit HtmlLines(bool mapped) : text_(mapped) {}

  // To be added to without white space being collapsed; see flush().
  TextBuilder& text() { return text_; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(text_.size()); }

  void put(std::string_view html, std::size_t begin, bool keep_spaces);
  void start_tag(std::uint64_t key);
  void end_tag(std::uint64_t key);

  void request(Break wanted);
  // Writes the break that is due before a text from `origin`.
  void flush(std::size_t origin);
  Break pending() const { return pending_; }
  void set_pending(Break due) { pending_ = due; }

 private:
  void request_block();

  TextBuilder text_;
  Break pending_ = Break::kNone;
  bool row_has_cell_ = false;
  bool cell_begins_ = false;
};

}  // namespace noshare::extract
