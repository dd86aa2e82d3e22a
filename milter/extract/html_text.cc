// Lays out HTML tokens as text. See html_text.h.
#include "extract/html_text.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "extract/html_entities.h"
#include "extract/html_style.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

using Kind = HtmlToken::Kind;

// What stands between two pieces of visible text; the strongest wins.
enum class Break { kNone, kSpace, kTab, kLine };

enum class Layout { kInline, kBlock, kCell, kRow };

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

// Attributes whose values tell something: where a link leads, what stands for a picture.
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
      return true;
    default:
      return equal_ignoring_case(name.substr(0, 5), "data-") ||
             equal_ignoring_case(name.substr(0, 5), "aria-");
  }
}

// An element that is open, told by counting its own kind: no stack can grow, and an end
// tag that is missing prolongs it to the end.
class Scope {
 public:
  bool active() const { return depth_ > 0; }
  void open(std::uint64_t key) {
    key_ = key;
    depth_ = 1;
  }
  void start_tag(std::uint64_t key) {
    if (active() && key == key_) ++depth_;
  }
  // True if this end tag closes the scope.
  bool end_tag(std::uint64_t key) { return active() && key == key_ && --depth_ == 0; }

 private:
  std::uint64_t key_ = 0;
  std::size_t depth_ = 0;
};

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

class HtmlLayout {
 public:
  HtmlLayout(std::string_view html, bool mapped)
      : html_(html), visible_(mapped), hidden_(mapped), attributes_(mapped) {
    visible_.reserve(html.size() / 2);
  }

  HtmlText run() {
    HtmlTokenizer tokens(html_);
    for (HtmlToken token = tokens.next(); token.kind != Kind::kEnd;
         token = tokens.next()) {
      take(token);
    }
    if (quote_.active()) close_quote();
    return {visible_.finish(html_.size()), hidden_.finish(html_.size()),
            attributes_.finish(html_.size()), std::move(quoted_)};
  }

 private:
  void take(const HtmlToken& token) {
    switch (token.kind) {
      case Kind::kText:
        hide_.active() ? hidden_text(token) : visible_text(token);
        break;
      case Kind::kRawText:
        raw_text(token);
        break;
      case Kind::kComment:
        separate_line(hidden_, token);
        hidden_text(token);
        break;
      case Kind::kStartTag:
        start_tag(token);
        break;
      case Kind::kEndTag:
        end_tag(token);
        break;
      case Kind::kEnd:
        break;
    }
  }

  void raw_text(const HtmlToken& token) {
    const bool shown = token.key == html_key("textarea") || token.key == html_key("xmp");
    if (shown && !hide_.active()) {
      visible_text(token);
      return;
    }
    separate_line(hidden_, token);
    hidden_text(token);
  }

  void visible_text(const HtmlToken& token) {
    const bool keep_spaces = pre_.active();
    std::size_t at = 0;
    while (at < token.text.size()) {
      const ByteClass byte = class_of(token.text[at]);
      const std::size_t origin = token.begin + at;
      if (byte == ByteClass::kSpace) {
        if (keep_spaces) {
          flush_break(origin);
          visible_.copy(token.text.substr(at, 1), origin);
        } else {
          request(Break::kSpace);
        }
        ++at;
      } else if (byte == ByteClass::kPlain) {
        const std::size_t end = plain_end(token.text, at);
        flush_break(origin);
        visible_.copy(token.text.substr(at, end - at), origin);
        at = end;
      } else {
        flush_break(origin);
        at += append_reference(visible_, token.text.substr(at), origin);
      }
    }
  }

  void hidden_text(const HtmlToken& token) {
    decode_into(hidden_, token.text, token.begin);
  }

  void decode_into(TextBuilder& out, std::string_view text, std::size_t begin) {
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('&', at), text.size());
      out.copy(text.substr(at, end - at), begin + at);
      at = end;
      if (at < text.size()) at += append_reference(out, text.substr(at), begin + at);
    }
  }

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

  void separate_line(TextBuilder& out, const HtmlToken& token) {
    if (out.size() > 0 && out.text().back() != '\n') out.replace("\n", token.begin);
  }

  void request(Break wanted) { pending_ = std::max(pending_, wanted); }

  // Blocks at a cell's edges do not end the row's line.
  void request_block() {
    if (!cell_begins_) request(Break::kLine);
  }

  void flush_break(std::size_t origin) {
    constexpr std::array<std::string_view, 4> kSigns = {"", " ", "\t", "\n"};
    if (pending_ != Break::kNone && visible_.size() > 0) {
      visible_.replace(kSigns[static_cast<std::size_t>(pending_)], origin);
    }
    pending_ = Break::kNone;
    cell_begins_ = false;
  }

  void begin_layout(std::uint64_t key) {
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

  void end_layout(std::uint64_t key) {
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

  void start_tag(const HtmlToken& token) {
    begin_layout(token.key);
    if (hide_.active() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    for (Scope* scope : {&hide_, &background_, &pre_, &quote_})
      scope->start_tag(token.key);
    if (token.key == html_key("pre") && !pre_.active()) pre_.open(token.key);
    if (token.key == html_key("blockquote") && !quote_.active()) {
      quote_.open(token.key);
      quote_begin_ = visible_.size();
    }
    StyleEffect effect;
    if (token.key == html_key("template")) effect.hides = true;
    if (!token.text.empty()) read_attributes(token, effect);
    if (is_void(token.key)) return;
    if (effect.background && !background_.active()) background_.open(token.key);
    const bool unseen = effect.hides || (effect.white && !background_.active());
    if (unseen && !hide_.active()) {
      separate_line(hidden_, token);
      hide_.open(token.key);
    }
  }

  void end_tag(const HtmlToken& token) {
    end_layout(token.key);
    if (hide_.active() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    for (Scope* scope : {&hide_, &background_, &pre_}) scope->end_tag(token.key);
    if (quote_.end_tag(token.key)) close_quote();
  }

  void close_quote() {
    quoted_.push_back({static_cast<std::uint32_t>(quote_begin_),
                       static_cast<std::uint32_t>(visible_.size())});
  }

  void read_attributes(const HtmlToken& token, StyleEffect& effect) {
    HtmlAttributes attributes(token.text);
    HtmlAttribute attribute;
    while (attributes.next(attribute)) {
      const std::uint64_t key = html_key(attribute.name);
      if (key == html_key("style")) {
        const StyleEffect style = style_effect(attribute.value);
        effect.hides |= style.hides;
        effect.white |= style.white;
        effect.background |= style.background;
      } else if (key == html_key("hidden") && !is_void(token.key)) {
        effect.hides = true;
      } else if (key == html_key("bgcolor")) {
        effect.background |= !is_white(attribute.value);
      } else if (key == html_key("color")) {
        effect.white |= is_white(attribute.value);
      } else if (!attribute.value.empty() && tells_something(attribute.name)) {
        separate_line(attributes_, token);
        decode_into(attributes_, attribute.value, token.begin + attribute.value_begin);
      }
    }
  }

  std::string_view html_;
  TextBuilder visible_;
  TextBuilder hidden_;
  TextBuilder attributes_;
  std::vector<model::Span> quoted_;
  Break pending_ = Break::kNone;
  bool row_has_cell_ = false;
  bool cell_begins_ = false;
  Scope hide_;
  Scope background_;
  Scope pre_;
  Scope quote_;
  std::size_t quote_begin_ = 0;
};

}  // namespace

HtmlText html_to_text(std::string_view html, bool mapped) {
  return HtmlLayout(html, mapped).run();
}

std::string_view html_charset(std::string_view html) {
  constexpr std::size_t kLooked = 1024;  // HTML Living Standard, section 4.2.5.4
  const std::string_view head = html.substr(0, kLooked);
  constexpr std::string_view kWord = "charset";
  for (std::size_t at = 0; at + kWord.size() < head.size(); ++at) {
    if (!equal_ignoring_case(head.substr(at, kWord.size()), kWord)) continue;
    std::size_t begin = at + kWord.size();
    while (begin < head.size() && (is_ascii_space(head[begin]) || head[begin] == '=' ||
                                   head[begin] == '"' || head[begin] == '\'')) {
      ++begin;
    }
    const std::size_t end =
        std::min(head.find_first_of("\"'/>; \t\r\n", begin), head.size());
    return head.substr(begin, end - begin);
  }
  return {};
}

}  // namespace noshare::extract
