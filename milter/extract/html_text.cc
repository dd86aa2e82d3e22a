// Lays out HTML tokens as text. See html_text.h.
#include "extract/html_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/view_lines.h"
#include "extract/html_elements.h"
#include "extract/html_entities.h"
#include "extract/html_order.h"
#include "extract/html_path.h"
#include "extract/html_scope.h"
#include "extract/html_sheet.h"
#include "extract/html_style.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

using Kind = HtmlToken::Kind;

// What stands between two pieces of visible text; the strongest wins.
enum class Break { kNone, kSpace, kTab, kLine };

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
  // With a sheet: the second reading, in which whatever may be hidden is.
  HtmlLayout(std::string_view html, bool mapped, const StyleSheet* sheet = nullptr)
      : html_(html),
        visible_(mapped),
        hidden_(mapped),
        attributes_(mapped),
        applied_(sheet) {
    visible_.reserve(html.size() / 2);
  }

  // What the first reading saw that makes the second worth while.
  bool is_odd() const { return odd_ || !sheet_.empty(); }
  const StyleSheet& sheet() const { return sheet_; }
  const HtmlOrder& order() const { return order_; }

  HtmlText run() {
    HtmlTokenizer tokens(html_);
    for (HtmlToken token = tokens.next(); token.kind != Kind::kEnd;
         token = tokens.next()) {
      take(token);
    }
    if (quote_.active()) close_quote();
    end_places();
    return {visible_.finish(html_.size()),
            hidden_.finish(html_.size()),
            attributes_.finish(html_.size()),
            std::move(quoted_),
            {},
            std::move(frames_)};
  }

 private:
  void take(const HtmlToken& token) {
    switch (token.kind) {
      case Kind::kText:
        is_hidden() ? hidden_text(token) : piece(token);
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

  bool is_second() const { return applied_ != nullptr; }
  bool is_hidden() const { return hide_.active() && !reveal_.active(); }

  // Text that is seen; the second reading notes where it stands.
  void piece(const HtmlToken& token) {
    const std::size_t begin = visible_.size();
    visible_text(token);
    if (!is_second() || trimmed(token.text).empty()) return;
    const model::Span span{static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(visible_.size())};
    if (children_.active())
      siblings_.push_back({-static_cast<int>(siblings_.size()), span});
    if (!placed_.active()) end_places();
  }

  // Elements with a place of their own, one behind the other.
  void end_places() { order_.arrange(std::exchange(places_, {})); }

  void raw_text(const HtmlToken& token) {
    if (token.key == html_key("style") && !is_second()) sheet_.add(token.text);
    const bool shown = token.key == html_key("textarea") || token.key == html_key("xmp");
    if (shown && !is_hidden()) {
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
    for (HtmlScope* scope : {&hide_, &reveal_, &background_, &pre_, &quote_}) {
      scope->start_tag(token.key);
    }
    end_order(turned_.start_tag(token.key), children_.start_tag(token.key),
              placed_.start_tag(token.key));
    const Break before = pending_;
    if (!is_hidden()) begin_layout(token.key);
    if (is_hidden() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    if (token.key == html_key("pre") && !pre_.active()) pre_.open(token.key);
    if (token.key == html_key("blockquote") && !quote_.active()) {
      quote_.open(token.key);
      quote_begin_ = visible_.size();
    }
    StyleEffect effect;
    if (token.key == html_key("template")) effect.hidden_by |= StyleEffect::kAttribute;
    std::string_view classes;
    std::string_view id;
    if (!token.text.empty()) read_attributes(token, effect, classes, id);
    if (is_second()) {
      if (!applied_->empty()) {
        path_.begin({token.key, token.text, classes, id});
        effect = applied_->effect_on(path_, effect);
        if (!is_void(token.key)) path_.open();
      }
      show_otherwise(token, effect);
    } else {
      odd_ = odd_ || effect.is_odd() || may_be_unseen(token.key);
    }
    if (is_void(token.key)) return;
    if (effect.background && !background_.active()) {
      background_.open(token.key);
      behind_ = effect.behind;
    }
    hide_or_reveal(token, effect, before);
  }

  void hide_or_reveal(const HtmlToken& token, const StyleEffect& effect, Break before) {
    if (is_unseen(effect, token.key) && !hide_.active()) {
      separate_line(hidden_, token);
      hide_.open(token.key);
      pending_ = before;  // what is hidden takes no place
      // "visibility: visible" in it is seen, unless it is hidden otherwise as well.
      reveals_ = effect.hidden_by == StyleEffect::kVisibility && !effect.may_hide;
    } else if (is_hidden() && reveals_ &&
               (effect.shown_by & StyleEffect::kVisibility) != 0 && !effect.hides()) {
      reveal_.open(token.key);
    }
  }

  bool is_unseen(const StyleEffect& effect, std::uint64_t key) const {
    if (effect.hides() || (effect.white && !background_.active())) return true;
    if (!is_second()) return false;
    const bool same = background_.active() && !effect.colour.empty() &&
                      effect.colour == behind_ && effect.behind.empty();
    return same || may_be_unseen(key) ||
           (effect.may_hide && !(effect.white && background_.active()));
  }

  // The second reading: text of styles, and what stands elsewhere than it is written.
  void show_otherwise(const HtmlToken& token, const StyleEffect& effect) {
    if (!effect.content.empty() || !effect.content_of.empty()) {
      flush_break(token.begin);
      visible_.replace(effect.content, token.begin);
      visible_.replace(attribute_of(token.text, effect.content_of), token.begin);
    }
    if (is_void(token.key)) return;
    if (effect.reverses_text() && !turned_.active()) {
      turned_.open(token.key);
      turned_begin_ = visible_.size();
    }
    if ((effect.reverses_children || (effect.right_to_left && !effect.overrides)) &&
        !children_.active()) {
      children_.open(token.key);
      siblings_.clear();
    }
    if ((effect.place || effect.floats_right) && !placed_.active()) {
      placed_.open(token.key);
      placed_begin_ = visible_.size();
      place_ = effect.place.value_or(-static_cast<int>(places_.size()));
    }
  }

  void end_order(bool turned, bool children, bool placed) {
    if (turned) order_.turn(turned_begin_, visible_.size());
    if (children) order_.arrange(std::exchange(siblings_, {}));
    if (placed) {
      places_.push_back({place_,
                         {static_cast<std::uint32_t>(placed_begin_),
                          static_cast<std::uint32_t>(visible_.size())}});
    }
  }

  void end_tag(const HtmlToken& token) {
    if (!is_hidden()) end_layout(token.key);
    if (is_hidden() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    if (is_second()) path_.end(token.key);
    for (HtmlScope* scope : {&reveal_, &hide_, &background_, &pre_}) {
      scope->end_tag(token.key);
    }
    end_order(turned_.end_tag(token.key), children_.end_tag(token.key),
              placed_.end_tag(token.key));
    if (quote_.end_tag(token.key)) close_quote();
  }

  void close_quote() {
    quoted_.push_back({static_cast<std::uint32_t>(quote_begin_),
                       static_cast<std::uint32_t>(visible_.size())});
  }

  void read_attributes(const HtmlToken& token, StyleEffect& effect,
                       std::string_view& classes, std::string_view& id) {
    HtmlAttributes attributes(token.text);
    HtmlAttribute attribute;
    while (attributes.next(attribute)) {
      const std::uint64_t key = html_key(attribute.name);
      if (key == html_key("style")) {
        effect.merge(effect_of(attribute.value));
        if (attribute.value.find("data:") != std::string_view::npos) {
          add_attribute(token, attribute);
        }
      } else if (key == html_key("class")) {
        classes = attribute.value;
      } else if (key == html_key("id")) {
        id = attribute.value;
      } else if (key == html_key("dir")) {
        effect.right_to_left |= equal_ignoring_case(attribute.value, "rtl");
        effect.overrides |= token.key == html_key("bdo");
      } else if (key == html_key("srcdoc")) {
        add_frame(attribute.value);
      } else if (key == html_key("hidden") && !is_void(token.key)) {
        effect.hidden_by |= StyleEffect::kAttribute;
      } else if (key == html_key("x") && (token.key == html_key("text") ||
                                          token.key == html_key("tspan"))) {  // SVG
        effect.place = first_number(attribute.value);
      } else if (key == html_key("bgcolor")) {
        effect.background |= !is_white(attribute.value);
      } else if (key == html_key("color")) {
        effect.white |= is_white(attribute.value);
      } else if (!attribute.value.empty() && tells_something(attribute.name)) {
        add_attribute(token, attribute);
        show_value(token, attribute);
        if (token.key == html_key("link") && !is_second()) {
          sheet_.add_linked(attribute.value);
        }
      } else if (says_number(attribute.value)) {
        add_attribute(token, attribute);
      }
    }
  }

  // Styles are repeated from element to element.
  const StyleEffect& effect_of(std::string_view style) {
    constexpr std::size_t kMost = 64;
    const auto known = effects_.find(style);
    if (known != effects_.end()) return known->second;
    if (effects_.size() == kMost) effects_.clear();
    return effects_.emplace(style, style_effect(style)).first->second;
  }

  // Attributes that nobody shows are worth reading where they speak of a number.
  static bool says_number(std::string_view value) {
    constexpr std::ptrdiff_t kFewestDigits = 9;
    if (std::count_if(value.begin(), value.end(), is_ascii_digit) < kFewestDigits) {
      return false;
    }
    const Cues cues = cues_around(value, value.size(), value.size());
    return cues.card || cues.identity;
  }

  void add_attribute(const HtmlToken& token, const HtmlAttribute& attribute) {
    separate_line(attributes_, token);
    decode_into(attributes_, attribute.value, token.begin + attribute.value_begin);
  }

  // A picture's text stands in its place where pictures are not loaded; a field shows
  // its value.
  void show_value(const HtmlToken& token, const HtmlAttribute& attribute) {
    const std::uint64_t key = html_key(attribute.name);
    const bool shown = key == html_key("alt") ||
                       (key == html_key("value") && token.key == html_key("input"));
    const auto matters = [](char c) { return is_ascii_digit(c) || c == '@'; };
    if (!shown || is_hidden() ||
        std::none_of(attribute.value.begin(), attribute.value.end(), matters)) {
      return;
    }
    odd_ = true;
    if (!is_second()) return;
    // A field stands apart from the word before it.
    const std::string& before = visible_.text();
    if (key == html_key("value") && !before.empty() && is_ascii_alpha(before.back())) {
      request(Break::kSpace);
    }
    flush_break(token.begin);
    decode_into(visible_, attribute.value, token.begin + attribute.value_begin);
  }

  void add_frame(std::string_view value) {
    constexpr std::size_t kMostFrames = 100;
    if (is_second() || frames_.size() == kMostFrames) return;
    TextBuilder document(false);
    decode_into(document, value, 0);
    frames_.push_back(document.finish(value.size()).text);
  }

  std::string_view html_;
  TextBuilder visible_;
  TextBuilder hidden_;
  TextBuilder attributes_;
  std::vector<model::Span> quoted_;
  Break pending_ = Break::kNone;
  bool row_has_cell_ = false;
  bool cell_begins_ = false;
  const StyleSheet* applied_;  // of the second reading; else null
  HtmlPath path_;              // in the second reading
  StyleSheet sheet_;           // gathered by the first
  std::unordered_map<std::string_view, StyleEffect> effects_;
  HtmlOrder order_;
  bool odd_ = false;
  std::string behind_;  // the background's colour
  std::vector<std::string> frames_;
  std::vector<HtmlOrder::Piece> siblings_;  // in children_
  std::vector<HtmlOrder::Piece> places_;    // of elements like placed_
  std::size_t turned_begin_ = 0;
  std::size_t placed_begin_ = 0;
  int place_ = 0;
  HtmlScope turned_;
  HtmlScope children_;
  HtmlScope placed_;
  HtmlScope hide_;
  HtmlScope reveal_;      // in hide_
  bool reveals_ = false;  // what is in hide_ may be seen
  HtmlScope background_;
  HtmlScope pre_;
  HtmlScope quote_;
  std::size_t quote_begin_ = 0;
};

}  // namespace

HtmlText html_to_text(std::string_view html, bool mapped) {
  HtmlLayout first(html, mapped);
  HtmlText text = first.run();
  if (!first.is_odd()) return text;
  HtmlLayout second(html, mapped, &first.sheet());
  const HtmlText other = second.run();
  text.shown = second.order().applied(other.visible, text.visible.text, mapped);
  return text;
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
