// See html_elements.h.
#include "extract/html_elements.h"

#include "noshare/base/text.h"

#include "extract/html_tokenizer.h"

namespace noshare::extract {

Layout layout_of(std::uint64_t key) {
  switch (key) {
    case html_key("td"):
    case html_key("th"):
      return Layout::kCell;
    case html_key("tr"):
      return Layout::kRow;
    case html_key("address"):
    case html_key("article"):
    case html_key("aside"):
    case html_key("blockquote"):
    case html_key("body"):
    case html_key("br"):
    case html_key("button"):
    case html_key("caption"):
    case html_key("center"):
    case html_key("dd"):
    case html_key("details"):
    case html_key("dialog"):
    case html_key("dir"):
    case html_key("div"):
    case html_key("dl"):
    case html_key("dt"):
    case html_key("fieldset"):
    case html_key("figcaption"):
    case html_key("figure"):
    case html_key("footer"):
    case html_key("form"):
    case html_key("h1"):
    case html_key("h2"):
    case html_key("h3"):
    case html_key("h4"):
    case html_key("h5"):
    case html_key("h6"):
    case html_key("head"):
    case html_key("header"):
    case html_key("hgroup"):
    case html_key("hr"):
    case html_key("html"):
    case html_key("legend"):
    case html_key("li"):
    case html_key("main"):
    case html_key("menu"):
    case html_key("nav"):
    case html_key("ol"):
    case html_key("optgroup"):
    case html_key("option"):
    case html_key("p"):
    case html_key("plaintext"):
    case html_key("pre"):
    case html_key("section"):
    case html_key("select"):
    case html_key("summary"):
    case html_key("table"):
    case html_key("tbody"):
    case html_key("textarea"):
    case html_key("tfoot"):
    case html_key("thead"):
    case html_key("title"):
    case html_key("ul"):
    case html_key("xmp"):
      return Layout::kBlock;
    default:
      return Layout::kInline;
  }
}

bool ends_element(std::uint64_t start, std::uint64_t open) {
  const bool is_term = start == html_key("dt") || start == html_key("dd");
  switch (open) {
    case html_key("li"):
    case html_key("option"):
    case html_key("tr"):
      return start == open;
    case html_key("dt"):
    case html_key("dd"):
      return is_term;
    case html_key("td"):
    case html_key("th"):
      return layout_of(start) == Layout::kCell || layout_of(start) == Layout::kRow;
    case html_key("p"):
      return layout_of(start) == Layout::kBlock && start != html_key("br") &&
             start != html_key("button");
    default:
      return false;
  }
}

bool holds_items(std::uint64_t key) {
  return key == html_key("ul") || key == html_key("ol") || key == html_key("dl") ||
         key == html_key("menu") || key == html_key("table") || key == html_key("select");
}

bool is_void(std::uint64_t key) {
  switch (key) {
    case html_key("area"):
    case html_key("base"):
    case html_key("br"):
    case html_key("col"):
    case html_key("embed"):
    case html_key("hr"):
    case html_key("img"):
    case html_key("input"):
    case html_key("link"):
    case html_key("meta"):
    case html_key("param"):
    case html_key("source"):
    case html_key("track"):
    case html_key("wbr"):
      return true;
    default:
      return false;
  }
}

bool tells_something(std::string_view name) {
  switch (html_key(name)) {
    case html_key("href"):
    case html_key("src"):
    case html_key("alt"):
    case html_key("title"):
    case html_key("value"):
    case html_key("content"):
    case html_key("placeholder"):
    case html_key("label"):
    case html_key("summary"):
    case html_key("cite"):
    case html_key("action"):
    case html_key("abbr"):
    case html_key("datetime"):
    case html_key("data"):
    case html_key("srcset"):
    case html_key("poster"):
    case html_key("longdesc"):
    case html_key("sdval"):  // a cell's number, as LibreOffice and Excel store it
    case html_key("x:num"):
      return true;
    default:
      return equal_ignoring_case(name.substr(0, 5), "data-") ||
             equal_ignoring_case(name.substr(0, 5), "aria-");
  }
}

bool may_be_unseen(std::uint64_t key) {
  return key == html_key("noscript") || key == html_key("rt") || key == html_key("rp") ||
         key == html_key("datalist") || key == html_key("details") ||
         key == html_key("del") || key == html_key("s") || key == html_key("strike") ||
         key == html_key("dialog");
}

std::string element_name(std::uint64_t key) {
  std::string name;
  for (unsigned shift = 64; shift > 0; shift -= 8) {
    const char c = static_cast<char>(key >> (shift - 8) & 0xFFU);
    if (c != '\0') name += c;
  }
  return name;
}

}  // namespace noshare::extract
