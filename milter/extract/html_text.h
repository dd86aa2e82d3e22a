// HTML to text: what a reader sees, what is hidden from them, and what attributes say.
//
// In:  HTML as UTF-8, any bytes     Out: texts with maps back to the HTML
// Inline tags and comments join what they part; blocks break lines; a table's row is one
// line with tabs between its cells. Linear in the size of the HTML.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "extract/mapped_text.h"

namespace noshare::extract {

struct HtmlText {
  MappedText visible;
  MappedText hidden;                // comments, scripts, text that style makes invisible
  MappedText attributes;            // links, alternative texts, form values: one a line
  std::vector<model::Span> quoted;  // blockquotes, in `visible`
  // The lines of `visible` that look otherwise where styles may hide more or put text
  // elsewhere, where pictures are replaced by their texts, fields show their values.
  MappedText shown;
  std::vector<std::string> frames;  // documents in attributes (srcdoc), decoded
};

HtmlText html_to_text(std::string_view html, bool mapped);

}  // namespace noshare::extract
