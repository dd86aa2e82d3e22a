// Lays out HTML tokens as text. See html_text.h.
#include "extract/html_text.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/view_lines.h"
#include "extract/html_elements.h"
#include "extract/html_generated.h"
#include "extract/html_lines.h"
#include "extract/html_order.h"
#include "extract/html_path.h"
#include "extract/html_scope.h"
#include "extract/html_sheet.h"
#include "extract/html_style.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

using Kind = HtmlToken::Kind;

class HtmlLayout {
 public:
  // After a first one: the second reading, in which whatever may be hidden is.
  HtmlLayout(std::string_view html, bool mapped, const HtmlLayout* first = nullptr)
      : html_(html),
        lines_(mapped),
        hidden_(mapped),
        attributes_(mapped),
        first_(first),
        applied_(first == nullptr ? nullptr : &first->sheet_) {
    lines_.text().reserve(html.size() / 2);
  }

  // What the first reading saw that makes the second worth while.
  bool is_odd() const { return odd_ || !sheet_.empty(); }
  const HtmlOrder& order() const { return order_; }

  HtmlText run() {
    HtmlTokenizer tokens(html_);
    HtmlToken token = tokens.next();
    for (; token.kind != Kind::kEnd; token = tokens.next()) take(token);
    put_generated(behind_texts_.of_all(), html_.size());
    if (quote_.active()) close_quote();
    end_places();
    return {lines_.text().finish(html_.size()),
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
        hiding_.active() ? hidden_text(token) : piece(token);
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

  // Text that is seen; the second reading notes where it stands.
  void piece(const HtmlToken& token) {
    const std::size_t begin = lines_.size();
    lines_.put(token.text, token.begin, pre_.active());
    if (!is_second() || trimmed(token.text).empty()) return;
    const model::Span span{static_cast<std::uint32_t>(begin), lines_.size()};
    if (children_.active())
      siblings_.push_back({-static_cast<int>(siblings_.size()), span});
    if (!placed_.active()) end_places();
  }

  // Elements with a place of their own, one behind the other.
  void end_places() { order_.arrange(std::exchange(places_, {})); }

  void raw_text(const HtmlToken& token) {
    if (token.key == html_key("style") && !is_second()) sheet_.add(token.text);
    const bool shown = token.key == html_key("textarea") || token.key == html_key("xmp");
    if (shown && !hiding_.active()) {
      lines_.put(token.text, token.begin, pre_.active());
      return;
    }
    separate_line(hidden_, token);
    hidden_text(token);
  }

  void hidden_text(const HtmlToken& token) {
    decode_html(hidden_, token.text, token.begin);
  }

  void separate_line(TextBuilder& out, const HtmlToken& token) {
    if (out.size() > 0 && out.text().back() != '\n') out.replace("\n", token.begin);
  }

  void start_tag(const HtmlToken& token) {
    put_generated(behind_texts_.start_tag(token.key), token.begin);
    hiding_.start_tag(token.key);
    for (HtmlScope* scope : {&background_, &pre_, &quote_}) scope->start_tag(token.key);
    end_order(turned_.start_tag(token.key), children_.start_tag(token.key),
              placed_.start_tag(token.key));
    const HtmlLines::Break before = lines_.pending();
    if (!hiding_.active()) lines_.start_tag(token.key);
    if (token.key == html_key("text")) lines_.request(HtmlLines::Break::kSpace);  // SVG
    if (hiding_.active() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    if (token.key == html_key("pre") && !pre_.active()) pre_.open(token.key);
    if (token.key == html_key("blockquote") && !quote_.active()) {
      quote_.open(token.key);
      quote_begin_ = lines_.size();
    }
    StyleEffect effect;
    if (token.key == html_key("template")) effect.hidden_by |= StyleEffect::kAttribute;
    std::string_view classes;
    std::string_view id;
    selected_ = false;
    if (!token.text.empty()) read_attributes(token, effect, classes, id);
    if (token.key == html_key("select")) begin_select();
    if (is_second()) {
      effect.may_hide |= is_other_choice(token.key);
      if (!applied_->empty()) {
        path_.begin({token.key, token.text, classes, id});
        effect = applied_->effect_on(path_, effect);
        if (!is_void(token.key)) path_.open();
      }
      show_otherwise(token, effect);
    } else {
      odd_ = odd_ || effect.is_odd() || may_be_unseen(token.key) || selected_;
      odd_ = odd_ || token.key == html_key("use") || token.key == html_key("tref");
      referred_.start_tag(token.key, id, lines_.size());
      if (selected_ && !chosen_.empty()) chosen_.back() = true;
    }
    if (is_void(token.key)) return;
    if (effect.background && !background_.active()) {
      background_.open(token.key);
      behind_ = effect.behind;
    }
    hide_or_reveal(token, effect, before);
  }

  void hide_or_reveal(const HtmlToken& token, const StyleEffect& effect,
                      HtmlLines::Break before) {
    const bool undone = (effect.hidden_by == StyleEffect::kVisibility ||
                         effect.hidden_by == StyleEffect::kSize) &&
                        !effect.may_hide;
    if (is_unseen(effect, token.key)) {
      if (hiding_.begin(token.key, undone ? effect.hidden_by : 0)) {
        separate_line(hidden_, token);
        lines_.set_pending(before);  // what is hidden takes no place
      }
    } else {
      hiding_.reveal(token.key, effect.shown_by);
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

  // A list from which one is chosen shows that alone.
  void begin_select() {
    ++selects_;
    if (!is_second()) chosen_.push_back(false);
  }
  bool is_other_choice(std::uint64_t key) const {
    return key == html_key("option") && !selected_ && selects_ > 0 &&
           selects_ <= first_->chosen_.size() && first_->chosen_[selects_ - 1];
  }

  // The second reading: text that is written elsewhere.
  void show_generated(const HtmlToken& token, const StyleEffect& effect) {
    generated_.count(effect.counters);
    std::string text = generated_.text(effect.content, token.text);
    text += generated_.item_number(token.key, token.text);
    const std::string_view referred = first_->referred_.text_for(token.key, token.text);
    const std::string& before = lines_.text().text();
    if (!referred.empty() && !before.empty() && is_ascii_alpha(before.back())) {
      lines_.request(HtmlLines::Break::kSpace);
    }
    put_generated(text.append(referred), token.begin);
    if (!is_void(token.key)) {
      behind_texts_.add(token.key, generated_.text(effect.content_behind, token.text));
    }
  }

  void put_generated(const std::string& text, std::size_t at) {
    if (text.empty() || hiding_.active() || text.size() > generated_left_) return;
    generated_left_ -= text.size();
    lines_.flush(at);
    lines_.text().replace(text, at);
  }

  // And what stands elsewhere than it is written.
  void show_otherwise(const HtmlToken& token, const StyleEffect& effect) {
    show_generated(token, effect);
    if (is_void(token.key)) return;
    if (effect.reverses_text() && !turned_.active()) {
      turned_.open(token.key);
      turned_begin_ = lines_.size();
    }
    if ((effect.reverses_children || (effect.right_to_left && !effect.overrides)) &&
        !children_.active()) {
      children_.open(token.key);
      siblings_.clear();
    }
    if ((effect.position() || effect.floats_right) && !placed_.active()) {
      placed_.open(token.key);
      placed_begin_ = lines_.size();
      place_ = effect.position().value_or(-static_cast<int>(places_.size()));
    }
  }

  void end_order(bool turned, bool children, bool placed) {
    if (turned) order_.turn(turned_begin_, lines_.size());
    if (children) order_.arrange(std::exchange(siblings_, {}));
    if (placed) {
      places_.push_back(
          {place_, {static_cast<std::uint32_t>(placed_begin_), lines_.size()}});
    }
  }

  void end_tag(const HtmlToken& token) {
    put_generated(behind_texts_.end_tag(token.key), token.begin);
    if (!hiding_.active()) lines_.end_tag(token.key);
    if (hiding_.active() && layout_of(token.key) != Layout::kInline)
      separate_line(hidden_, token);
    if (is_second()) path_.end(token.key);
    if (!is_second()) referred_.end_tag(token.key, lines_.text().text());
    hiding_.end_tag(token.key);
    for (HtmlScope* scope : {&background_, &pre_}) scope->end_tag(token.key);
    end_order(turned_.end_tag(token.key), children_.end_tag(token.key),
              placed_.end_tag(token.key));
    if (quote_.end_tag(token.key)) close_quote();
  }

  void close_quote() {
    quoted_.push_back({static_cast<std::uint32_t>(quote_begin_), lines_.size()});
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
        take_place(attribute.value, effect);
      } else if (key == html_key("y") &&
                 (token.key == html_key("text") || token.key == html_key("tspan"))) {
        effect.row = first_number(attribute.value);
      } else if (is_presentation(key)) {
        const bool fill = key == html_key("fill");
        effect.merge(style_effect((fill ? "color" : std::string(attribute.name)) + ":" +
                                  std::string(attribute.value)));
        effect.may_hide |= fill && attribute.value == "none";
      } else if (key == html_key("transform")) {
        take_svg_transform(attribute.value, effect);
      } else if (key == html_key("selected")) {
        selected_ = true;
      } else if (key == html_key("bgcolor")) {
        effect.background |= !is_white(attribute.value);
      } else if (key == html_key("color")) {
        effect.white |= is_white(attribute.value);
      } else if (key == html_key("start")) {  // of a list
        odd_ = true;
      } else if (!attribute.value.empty() && tells_something(attribute.name)) {
        odd_ |= key == html_key("value") && token.key == html_key("li");
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

  // Attributes of SVG that are styles.
  static bool is_presentation(std::uint64_t key) {
    return key == html_key("display") || key == html_key("visibility") ||
           key == html_key("opacity") || key == html_key("font-size") ||
           key == html_key("fill");
  }

  // Numbers for each sign that fall run from the right.
  static void take_place(std::string_view value, StyleEffect& effect) {
    effect.place = first_number(value);
    const std::size_t last = trimmed(value).find_last_of(" ,");
    if (!effect.place || last == value.npos) return;
    const auto end = first_number(trimmed(value).substr(last + 1));
    effect.right_to_left = effect.overrides = end && *end < *effect.place;
  }

  // "translate(x y)", "matrix(a b c d x y)".
  static void take_svg_transform(std::string_view value, StyleEffect& effect) {
    take_transform(value, effect);
    constexpr std::string_view kMove = "translate(";
    constexpr std::string_view kMatrix = "matrix(";
    if (const std::size_t at = value.find(kMove); at != value.npos) {
      effect.place = first_number(value.substr(at + kMove.size()));
    } else if (value.starts_with(kMatrix)) {
      value = value.substr(kMatrix.size());
      for (int i = 0; i < 4; ++i) {
        const std::size_t gap = std::min(value.find_first_of(" ,"), value.size());
        value = trimmed(value.substr(std::min(gap + 1, value.size())));
      }
      effect.place = first_number(value);
    }
  }

  // Styles are repeated from element to element.
  const StyleEffect& effect_of(std::string_view style) {
    if (style.find('&') != style.npos) {
      TextBuilder plain(false);
      decode_html(plain, style, 0);
      return decoded_effect_ = style_effect(plain.finish(style.size()).text);
    }
    constexpr std::size_t kMost = 64;
    const auto known = effects_.find(style);
    if (known != effects_.end()) return known->second;
    if (effects_.size() == kMost) effects_.clear();
    return effects_.emplace(style, style_effect(style)).first->second;
  }

  void add_attribute(const HtmlToken& token, const HtmlAttribute& attribute) {
    separate_line(attributes_, token);
    decode_html(attributes_, attribute.value, token.begin + attribute.value_begin);
  }

  // A picture's text stands in its place where pictures are not loaded; a field shows
  // its value.
  void show_value(const HtmlToken& token, const HtmlAttribute& attribute) {
    const std::uint64_t key = html_key(attribute.name);
    const bool cell = key == html_key("sdval") || key == html_key("x:num");
    const bool shown = key == html_key("alt") || cell ||
                       (key == html_key("value") && token.key == html_key("input"));
    const auto matters = [](char c) { return is_ascii_digit(c) || c == '@'; };
    if (!shown || hiding_.active() ||
        std::none_of(attribute.value.begin(), attribute.value.end(), matters)) {
      return;
    }
    odd_ = true;
    if (!is_second()) return;
    // A field stands apart from the word before it.
    const std::string& before = lines_.text().text();
    if (key == html_key("value") && !before.empty() && is_ascii_alpha(before.back())) {
      lines_.request(HtmlLines::Break::kSpace);
    }
    lines_.flush(token.begin);
    decode_html(lines_.text(), attribute.value, token.begin + attribute.value_begin);
  }

  void add_frame(std::string_view value) {
    constexpr std::size_t kMostFrames = 100;
    if (is_second() || frames_.size() == kMostFrames) return;
    TextBuilder document(false);
    decode_html(document, value, 0);
    frames_.push_back(document.finish(value.size()).text);
  }

  std::string_view html_;
  HtmlLines lines_;  // what is seen
  TextBuilder hidden_;
  TextBuilder attributes_;
  std::vector<model::Span> quoted_;
  const HtmlLayout* first_;    // what the second reading knows; else null
  const StyleSheet* applied_;  // of the second reading; else null
  HtmlPath path_;              // in the second reading
  StyleSheet sheet_;           // gathered by the first
  std::unordered_map<std::string_view, StyleEffect> effects_;
  StyleEffect decoded_effect_;
  GeneratedText generated_;  // in the second reading
  TextsBehind behind_texts_;
  std::size_t generated_left_ = 256U << 10U;  // bytes; the same text may be used again
  ReferredTexts referred_;                    // gathered by the first
  std::vector<bool> chosen_;  // of each <select>: an option is; gathered by the first
  std::size_t selects_ = 0;
  bool selected_ = false;  // the option that begins
  HtmlOrder order_;
  bool odd_ = false;
  std::string behind_;  // the background's colour
  std::vector<std::string> frames_;
  std::vector<HtmlOrder::Piece> siblings_;  // in children_
  std::vector<HtmlOrder::Piece> places_;    // of elements like placed_
  std::size_t turned_begin_ = 0;
  std::size_t placed_begin_ = 0;
  long long place_ = 0;
  HtmlScope turned_;
  HtmlScope children_;
  HtmlScope placed_;
  HtmlHiding hiding_;
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
  HtmlLayout second(html, mapped, &first);
  const HtmlText other = second.run();
  text.shown = second.order().applied(other.visible, text.visible.text, mapped);
  return text;
}

}  // namespace noshare::extract
