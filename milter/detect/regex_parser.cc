// The parser: recursive descent over the expression's characters.
#include <algorithm>

#include <fmt/format.h>

#include "noshare/base/text.h"

#include "detect/character_class.h"
#include "detect/regex.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kMostRepeats = 1000;
constexpr int kMostDepth = 50;

class Parser {
 public:
  Parser(std::string_view text, bool ignore_case)
      : text_(text), ignore_case_(ignore_case) {}

  Result<RegexNode> parse() {
    NOSHARE_TRY(RegexNode node, alternatives(0));
    if (!at_end()) return unexpected();
    return node;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(std::string_view piece) {
    if (text_.substr(at_, piece.size()) != piece) return false;
    at_ += piece.size();
    return true;
  }
  tl::unexpected<Error> error(const std::string& what) const {
    return fail(ErrorCode::kInvalidInput,
                fmt::format("{} at {} of '{}'", what, at_, text_));
  }
  tl::unexpected<Error> unexpected() const {
    if (at_end()) return error("unexpected end");
    return error(fmt::format("unexpected '{}'", peek()));
  }
  char32_t take_character() {
    const CodePoint point = code_point_at(text_, at_);
    at_ += point.bytes;
    return point.value;
  }

  Result<RegexNode> alternatives(int depth) {
    if (depth > kMostDepth) return error("groups nest too deep");
    RegexNode node;
    node.kind = RegexNode::Kind::kAlternatives;
    do {
      NOSHARE_TRY(RegexNode branch, sequence(depth));
      node.children.push_back(std::move(branch));
    } while (take("|"));
    if (node.children.size() == 1) return RegexNode(std::move(node.children.front()));
    return node;
  }

  Result<RegexNode> sequence(int depth) {
    RegexNode node;
    node.kind = RegexNode::Kind::kSequence;
    while (!at_end() && peek() != '|' && peek() != ')') {
      if (take("(?i)")) {
        ignore_case_ = true;
        continue;
      }
      NOSHARE_TRY(RegexNode piece, atom(depth));
      NOSHARE_TRY(RegexNode repeated, quantified(std::move(piece)));
      node.children.push_back(std::move(repeated));
    }
    if (node.children.size() == 1) return RegexNode(std::move(node.children.front()));
    if (node.children.empty()) node.kind = RegexNode::Kind::kEmpty;
    return node;
  }

  Result<RegexNode> atom(int depth) {
    const std::size_t start = at_;
    if (peek() == '(') return group(depth);
    if (peek() == '[') return bracket();
    if (peek() == '\\') return escape_node();
    if (take(".")) {
      CharacterClass newline;
      newline.add('\n', '\n');
      return newline.complement().to_node();
    }
    if (peek() == '^' || peek() == '$')
      return error("'^' and '$' are not supported (use `edges`)");
    if (std::string_view("*+?{").find(peek()) != std::string_view::npos)
      return unexpected();
    CharacterClass one;
    const char32_t c = take_character();
    if (c == 0xFFFD && at_ == start + 1) return error("ill-formed UTF-8");
    one.add(c, c);
    return finished(std::move(one));
  }

  RegexNode finished(CharacterClass characters) const {
    if (ignore_case_) characters.add_other_case();
    return characters.to_node();
  }

  Result<RegexNode> group(int depth) {
    const bool outer_case = ignore_case_;
    if (take("(?i:")) {
      ignore_case_ = true;
    } else if (!take("(?:")) {
      if (text_.substr(at_, 2) == "(?")
        return error("look-around and flags are not supported");
      take("(");
    }
    NOSHARE_TRY(RegexNode node, alternatives(depth + 1));
    if (!take(")")) return error("missing ')'");
    ignore_case_ = outer_case;
    return node;
  }

  Result<RegexNode> quantified(RegexNode piece) {
    for (;;) {
      std::uint32_t least = 0, most = kUnbounded;
      if (take("?")) {
        most = 1;
      } else if (take("+")) {
        least = 1;
      } else if (peek() == '{') {
        NOSHARE_CHECK(bounds(least, most));
      } else if (!take("*")) {
        return piece;
      }
      take("?");  // lazy or not, the longest match is looked for
      RegexNode node;
      node.kind = RegexNode::Kind::kRepeat;
      node.least = least;
      node.most = most;
      node.children.push_back(std::move(piece));
      piece = std::move(node);
    }
  }

  Result<void> bounds(std::uint32_t& least, std::uint32_t& most) {
    take("{");
    NOSHARE_TRY(least, number());
    most = least;
    if (take(",")) {
      most = kUnbounded;
      if (peek() != '}') {
        NOSHARE_TRY(most, number());
      }
    }
    if (!take("}")) return error("missing '}'");
    if (least > kMostRepeats ||
        (most != kUnbounded && (most > kMostRepeats || most < least)))
      return error("bad repetition");
    return {};
  }

  Result<std::uint32_t> number() {
    if (!is_ascii_digit(peek())) return error("expected a number");
    std::uint32_t value = 0;
    while (is_ascii_digit(peek()) && value <= kMostRepeats)
      value = value * 10 + static_cast<std::uint32_t>(text_[at_++] - '0');
    return value;
  }

  Result<RegexNode> escape_node() {
    CharacterClass characters;
    NOSHARE_CHECK(escape(characters));
    return finished(std::move(characters));
  }

  // Reads an escape such as \d, \x41, \x{20AC}, \. into a class.
  Result<void> escape(CharacterClass& into) {
    take("\\");
    if (at_end()) return unexpected();
    const char c = text_[at_++];
    switch (c) {
      case 'd':
        into.add(CharacterClass::digits());
        return {};
      case 'D':
        into.add(CharacterClass::digits().complement());
        return {};
      case 'w':
        into.add(CharacterClass::word());
        return {};
      case 'W':
        into.add(CharacterClass::word().complement());
        return {};
      case 's':
        into.add(CharacterClass::space());
        return {};
      case 'S':
        into.add(CharacterClass::space().complement());
        return {};
      case 'n':
        into.add('\n', '\n');
        return {};
      case 'r':
        into.add('\r', '\r');
        return {};
      case 't':
        into.add('\t', '\t');
        return {};
      case 'f':
        into.add('\f', '\f');
        return {};
      case 'v':
        into.add('\v', '\v');
        return {};
      case 'x':
        return hexadecimal(into);
      default:
        break;
    }
    if (is_ascii_alnum(c) || (static_cast<unsigned char>(c) & 0x80) != 0) {
      --at_;
      return error(c == 'b' || c == 'B' ? "'\\b' is not supported (use `edges`)"
                                        : "unknown escape");
    }
    into.add(static_cast<char32_t>(c), static_cast<char32_t>(c));
    return {};
  }

  Result<void> hexadecimal(CharacterClass& into) {
    const bool braces = take("{");
    char32_t value = 0;
    std::size_t digits = 0;
    for (; digits < (braces ? 6U : 2U) && !at_end(); ++digits, ++at_) {
      const char c = ascii_lower(peek());
      if (!is_ascii_digit(c) && !(c >= 'a' && c <= 'f')) break;
      value =
          value * 16 + static_cast<char32_t>(is_ascii_digit(c) ? c - '0' : c - 'a' + 10);
    }
    if (digits == 0 || value > 0x10FFFF || (braces && !take("}")))
      return error("bad hexadecimal escape");
    into.add(value, value);
    return {};
  }

  Result<RegexNode> bracket() {
    take("[");
    const bool negated = take("^");
    CharacterClass characters;
    for (bool first = true; first || peek() != ']'; first = false) {
      if (at_end()) return error("missing ']'");
      NOSHARE_CHECK(bracket_item(characters));
    }
    take("]");
    if (!negated) return finished(std::move(characters));
    if (ignore_case_) characters.add_other_case();
    return characters.complement().to_node();
  }

  Result<void> bracket_item(CharacterClass& into) {
    if (text_.substr(at_, 2) == "[:") return error("POSIX classes are not supported");
    const bool is_class =
        peek() == '\\' && at_ + 1 < text_.size() &&
        std::string_view("dDwWsS").find(text_[at_ + 1]) != std::string_view::npos;
    if (is_class) return escape(into);
    NOSHARE_TRY(const char32_t first, bracket_character());
    char32_t last = first;
    const bool is_range =
        peek() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']';
    if (is_range) {
      take("-");
      NOSHARE_TRY(last, bracket_character());
      if (last < first) return error("range out of order");
    }
    into.add(first, last);
    return {};
  }

  Result<char32_t> bracket_character() {
    if (peek() != '\\') return take_character();
    CharacterClass one;
    NOSHARE_CHECK(escape(one));
    if (!one.is_single()) return error("a class cannot bound a range");
    return one.single();
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool ignore_case_;
};

}  // namespace

Result<RegexNode> parse_regex(std::string_view expression, bool ignore_case) {
  return Parser(expression, ignore_case).parse();
}

}  // namespace noshare::detect
