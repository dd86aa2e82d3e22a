// Reads declarations of style. See html_style.h.
#include "extract/html_style.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "noshare/base/text.h"

#include "extract/css_text.h"

namespace noshare::extract {
namespace {

// Without white space, comments and escapes, in lower case.
std::string squeezed(std::string_view text) {
  std::string plain;
  if (text.find('\\') != std::string_view::npos) {
    plain = without_css_escapes(text);
    text = plain;
  }
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i, 2) == "/*") {
      const std::size_t end = text.find("*/", i + 2);
      if (end == std::string_view::npos) break;
      i = end + 1;
    } else if (!is_ascii_space(text[i])) {
      result += ascii_lower(text[i]);
    }
  }
  const std::size_t important = result.find("!important");
  if (important != std::string::npos) result.resize(important);
  return result;
}

// The number that a value begins with; nothing if it is none.
std::optional<double> number_of(std::string_view value) {
  if (value.starts_with("calc(")) value.remove_prefix(5);
  if (value.starts_with('+')) value.remove_prefix(1);
  double number = 0;
  const auto [end, error] =
      std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc()) return std::nullopt;
  return number;
}

// "0", "0px", "0.0em": a size at which nothing is seen.
bool is_zero(std::string_view size) {
  const auto number = number_of(size);
  return number && *number == 0 && !size.starts_with('-');
}

bool is_tiny(std::string_view size) {
  constexpr double kReadable = 2.5;  // pixels or points
  const auto number = number_of(size);
  return number && *number >= 0 && *number < kReadable &&
         (size.find("px") != size.npos || size.find("pt") != size.npos);
}

// So far to the left or above that it is off the page, or so far to the other side that
// nobody looks there.
bool is_far_off(std::string_view offset) {
  constexpr double kPage = -300;
  constexpr double kBeyond = 3000;
  const auto number = number_of(offset);
  if (!number) return false;
  const bool of_page = offset.ends_with("vw") || offset.ends_with("vh");
  return *number <= kPage || *number >= kBeyond ||
         (*number <= -30 && offset.ends_with("em")) ||
         (of_page && std::abs(*number) >= 100);
}

struct Colour {
  std::array<double, 4> parts = {0, 0, 0, 1};  // the last is how much of it is seen
  bool by_light = false;                       // hue, saturation, lightness
};

Colour hexadecimal_colour(std::string_view digits) {
  Colour colour;
  const std::size_t width = digits.size() > 4 ? 2 : 1;
  for (std::size_t i = 0; i < 4 && (i + 1) * width <= digits.size(); ++i) {
    unsigned value = 0;
    const char* begin = digits.data() + i * width;
    std::from_chars(begin, begin + width, value, 16);
    colour.parts[i] = width == 1 ? value * 17 : value;
    if (i == 3) colour.parts[i] /= 255;
  }
  return colour;
}

// "rgb(255 255 255 / 0)", "hsl(0,0%,100%)", "#fff0"; nothing if it is named.
std::optional<Colour> colour_of(std::string_view value) {
  if (value.starts_with('#')) value.remove_prefix(1);
  const bool hexadecimal =
      value.size() >= 3 && value.size() <= 8 &&
      std::all_of(value.begin(), value.end(), [](char c) {
        return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
      });
  if (hexadecimal) return hexadecimal_colour(value);
  Colour colour;
  colour.by_light = value.starts_with("hsl");
  if (!colour.by_light && !value.starts_with("rgb")) return std::nullopt;
  std::size_t at = value.find('(');
  for (std::size_t i = 0; i < 4 && at != std::string_view::npos; ++i) {
    at = value.find_first_of("+-.0123456789", at);
    if (at == std::string_view::npos) break;
    const auto number = number_of(value.substr(at));
    if (!number) break;
    at = std::min(value.find_first_not_of("+-.0123456789e", at), value.size());
    const bool percent = at < value.size() && value[at] == '%';
    const double whole = i == 3 ? 1 : colour.by_light ? 100 : 255;
    colour.parts[i] = percent ? *number * whole / 100 : *number;
  }
  return colour;
}

bool is_nearly_white(const Colour& colour) {
  if (colour.by_light) return colour.parts[2] >= 94;
  return std::all_of(colour.parts.begin(), colour.parts.begin() + 3,
                     [](double part) { return part >= 0xF0; });
}

// `value` keeps its spaces, `squeezed` does not.
void take_colour(std::string_view value, std::string_view squeezed, StyleEffect& effect) {
  constexpr double kFaint = 0.1;
  effect.white = effect.white || is_white(squeezed);
  const auto colour = colour_of(value);
  effect.may_hide |= squeezed == "transparent" ||
                     (colour && (is_nearly_white(*colour) || colour->parts[3] <= kFaint));
  effect.colour = squeezed;
}

void set_hidden(StyleEffect& effect, StyleEffect::Way way, bool hidden) {
  effect.hidden_by = hidden ? effect.hidden_by | way : effect.hidden_by & ~way;
  effect.shown_by = hidden ? effect.shown_by & ~way : effect.shown_by | way;
}

void take_size(std::string_view name, std::string_view value, StyleEffect& effect) {
  if (name == "font-size") set_hidden(effect, StyleEffect::kSize, is_zero(value));
  if (name == "opacity") set_hidden(effect, StyleEffect::kOpacity, is_zero(value));
  if (name == "max-height" || name == "max-width") {
    set_hidden(effect, StyleEffect::kExtent, is_zero(value));
  }
  constexpr double kFaint = 0.1;
  if (name == "font-size") effect.may_hide |= is_tiny(value);
  if (name == "opacity" || name == "zoom") {
    effect.may_hide |= number_of(value).value_or(1) <= kFaint;
  }
  constexpr std::string_view kOpacity = "opacity(";
  if (const std::size_t at = value.find(kOpacity); name == "filter" && at != value.npos) {
    effect.may_hide |=
        number_of(value.substr(at + kOpacity.size())).value_or(1) <= kFaint;
  }
  effect.may_hide |= name == "content-visibility" && value == "hidden";
  if (name == "width" || name == "height") effect.may_hide |= is_zero(value);
  // "0/0 a": the size stands before the slash.
  if (name == "font") {
    for (std::string_view word : {value.substr(0, value.find('/')), value}) {
      effect.may_hide |= is_zero(word) || is_tiny(word.substr(0, word.find("px") + 2));
    }
  }
}

void take_place(std::string_view name, std::string_view value, StyleEffect& effect) {
  const bool offset =
      name == "left" || name == "top" || name == "right" || name == "bottom";
  if (offset || name == "text-indent" || name.starts_with("margin")) {
    effect.may_hide |= is_far_off(value);
  }
  if (name == "clip" || name == "clip-path") {
    effect.may_hide |= value != "auto" && value != "none";
  }
  if (name == "transform") take_transform(value, effect);
  if (name == "scale") {
    effect.may_hide |= is_zero(value);
    effect.mirrored |= value.starts_with('-');
  }
  effect.may_hide |= name == "translate" && is_far_off(value);
  if (name == "order" || name == "left" || name == "grid-column" ||
      name == "grid-column-start") {
    if (const auto place = first_number(value)) effect.place = place;
  }
  constexpr int kLine = 16;  // of a grid, in pixels: more than one of text
  if (name == "top") {
    if (const auto row = first_number(value)) effect.row = row;
  }
  if (name == "grid-row" || name == "grid-row-start") {
    if (const auto row = first_number(value)) effect.row = *row * kLine;
  }
  // The distance from the other side.
  if (name == "right") {
    if (const auto place = first_number(value)) effect.place = -*place;
  }
  if (name == "bottom") {
    if (const auto row = first_number(value)) effect.row = -*row;
  }
  // "row / column".
  if (name == "grid-area") {
    const std::size_t slash = value.find('/');
    if (const auto row = first_number(value)) effect.row = *row * kLine;
    if (slash != value.npos) effect.place = first_number(value.substr(slash + 1));
  }
  if (name == "float") effect.floats_right |= value == "right";
}

// "content: 'a' attr(b) counter(c)"; keywords bring no text.
void take_content(std::string_view value, StyleEffect& effect) {
  value = trimmed(value);
  if (value.find_first_of("\"'(") != value.npos) effect.content = value;
}

// "counter-reset: a 4111 b", "counter-increment: c 2".
void take_counters(std::string_view name, std::string_view value, StyleEffect& effect) {
  constexpr std::size_t kMostBytes = 1024;
  const bool counts = name == "counter-increment";
  std::string last;
  const auto put = [&](std::string_view number) {
    if (last.empty() || effect.counters.size() > kMostBytes) return;
    effect.counters.append(last).append(counts ? " +" : " ").append(number).append("\n");
    last.clear();
  };
  for (std::string_view word : split(trimmed(value), ' ')) {
    if (trimmed(word).empty()) continue;
    if (const auto number = number_of(word)) {
      put(word);
    } else {
      put(counts ? "1" : "0");
      last = word;
    }
  }
  put(counts ? "1" : "0");
}

}  // namespace

std::optional<int> first_number(std::string_view value) {
  constexpr double kMost = 1e6;
  const auto number = number_of(trimmed(value));
  if (!number || !(std::abs(*number) < kMost)) return std::nullopt;
  return static_cast<int>(*number);
}

bool is_white(std::string_view colour) {
  const std::string value = squeezed(colour);
  return value == "white" || value == "#fff" || value == "#ffffff" || value == "ffffff" ||
         value == "rgb(255,255,255)" || value == "rgba(255,255,255,1)" ||
         value == "transparent";
}

void take_transform(std::string_view value, StyleEffect& effect) {
  const auto argument = [&](std::string_view name) -> std::string_view {
    const std::size_t at = value.find(name);
    return at == value.npos ? std::string_view() : value.substr(at + name.size());
  };
  for (std::string_view name : {"scale(", "scalex(", "scaleX(", "scale3d(", "matrix("}) {
    const std::string_view scale = argument(name);
    effect.may_hide |= !scale.empty() && is_zero(scale.substr(0, scale.find(',')));
    effect.mirrored |= scale.starts_with('-');
  }
  effect.mirrored |= argument("rotatey(").starts_with("180") ||
                     argument("rotatey(").starts_with("0.5turn");
  for (std::string_view name :
       {"translate(", "translatex(", "translatey(", "translate3d("}) {
    const std::string_view way = argument(name);
    effect.may_hide |= is_far_off(way.substr(0, way.find_first_of(",)")));
  }
}

void StyleEffect::merge(const StyleEffect& other) {
  hidden_by = (hidden_by & ~other.shown_by) | other.hidden_by;
  shown_by = (shown_by & ~other.hidden_by) | other.shown_by;
  white |= other.white;
  background |= other.background;
  may_hide |= other.may_hide;
  right_to_left |= other.right_to_left;
  overrides |= other.overrides;
  floats_right |= other.floats_right;
  reverses_children |= other.reverses_children;
  mirrored |= other.mirrored;
  if (other.place) place = other.place;
  if (other.row) row = other.row;
  if (!other.colour.empty()) colour = other.colour;
  if (!other.behind.empty()) behind = other.behind;
  if (!other.content.empty()) content = other.content;
  if (!other.content_behind.empty()) content_behind = other.content_behind;
  if (!other.counters.empty()) counters = other.counters;
}

StyleEffect style_effect(std::string_view style) {
  StyleEffect effect;
  for (std::string_view declaration : css_list(style, ';')) {
    const std::size_t colon = declaration.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string name = squeezed(declaration.substr(0, colon));
    const std::string value = squeezed(declaration.substr(colon + 1));
    if (name == "display") {
      set_hidden(effect, StyleEffect::kDisplay, value == "none");
    } else if (name == "visibility") {
      set_hidden(effect, StyleEffect::kVisibility,
                 value == "hidden" || value == "collapse");
    } else if (name == "mso-hide") {
      set_hidden(effect, StyleEffect::kDisplay, value == "all");
    } else if (name == "color") {
      take_colour(ascii_lowered(trimmed(declaration.substr(colon + 1))), value, effect);
    } else if (name == "-webkit-text-fill-color") {
      StyleEffect fill;
      take_colour(ascii_lowered(trimmed(declaration.substr(colon + 1))), value, fill);
      effect.may_hide |= fill.may_hide;
    } else if (name.starts_with("counter-")) {
      take_counters(name, declaration.substr(colon + 1), effect);
    } else if (name.starts_with("list-style")) {
      const std::string_view mark = trimmed(declaration.substr(colon + 1));
      if (mark.find_first_of("\"'") != mark.npos) effect.content = mark;
    } else if (name == "background" || name == "background-color" ||
               name == "background-image") {
      effect.background |= !value.empty() && value != "none" && !is_white(value);
      effect.behind = value;
    } else if (name == "direction") {
      effect.right_to_left |= value == "rtl";
    } else if (name == "unicode-bidi") {
      effect.overrides |= value.find("override") != std::string::npos;
    } else if (name == "flex-direction" || name == "flex-flow") {
      effect.reverses_children |= value.find("reverse") != std::string::npos;
    } else if (name.starts_with("text-decoration")) {  // what is struck out
      effect.may_hide |= value.find("line-through") != std::string::npos;
    } else if (name == "content") {
      take_content(declaration.substr(colon + 1), effect);
    } else {
      take_size(name, value, effect);
      take_place(name, value, effect);
    }
  }
  return effect;
}

}  // namespace noshare::extract
