// Address tokens: a stretch of text cut into what an address is made of.
//
// In:  a text and a range of it     Out: numbers, words with their classes, separators
// Quoted lines ("> ") read as their text. Any bytes give an answer; linear in the range.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

enum class TokenKind : std::uint8_t {
  kNumber,  // begins with a digit: "12", "29A", "6/6A", "1170-169", "60601-1234"
  kWord,    // begins with a letter, or an ordinal such as "57th"
  kComma,   // also ';', '|' and a tab: parts of an address on one line
  kBreak,   // end of a line
  kDash,    // a hyphen or slash that stands alone
  kStop,    // anything an address does not hold, also an empty line
};

struct AddressToken {
  TokenKind kind = TokenKind::kStop;
  model::Span span;           // without a full stop behind it
  std::uint16_t classes = 0;  // address_words::Class
  bool capital = false;       // begins with a capital
  bool dotted = false;        // a full stop follows
  bool ordinal = false;       // "57th"
};

// A window onto a text that is tokenised where it is needed, once.
class AddressTokens {
 public:
  // `small`: a text without any capitals, where every word could be a name.
  explicit AddressTokens(std::string_view text, bool small = false)
      : text_(text), small_(small) {}

  // Makes sure that tokens of [begin, end) are there; indices of earlier tokens may
  // change.
  void cover(std::uint32_t begin, std::uint32_t end);
  // Index of the token that holds the byte, or one beyond the last.
  std::size_t find(std::uint32_t byte) const;

  // Beyond either end: a kStop.
  const AddressToken& at(std::size_t index) const {
    edge_seen_ = edge_seen_ || index == 0 || index + 1 >= tokens_.size();
    return index < tokens_.size() ? tokens_[index] : stop_;
  }
  bool is_beyond(std::size_t index) const {
    edge_seen_ = edge_seen_ || index + 1 >= tokens_.size();
    return index >= tokens_.size();
  }
  // Whether a token at either end, or beyond, was asked for since cover(): with more
  // tokens the answer could have been another.
  bool edge_seen() const { return edge_seen_; }
  std::string_view text_of(const AddressToken& token) const {
    return text_.substr(token.span.begin, token.span.end - token.span.begin);
  }
  std::string_view text_at(std::size_t index) const { return text_of(at(index)); }
  // What stands from one token to another in lower case, with one space between words.
  std::string name_of(std::size_t first, std::size_t last) const;
  bool is(std::size_t index, TokenKind kind) const { return at(index).kind == kind; }
  bool has(std::size_t index, unsigned classes) const {
    return at(index).kind == TokenKind::kWord && (at(index).classes & classes) != 0;
  }

 private:
  void tokenise(std::uint32_t begin, std::uint32_t end);
  bool announces_number(std::uint32_t at) const;
  void read_full_stop(std::uint32_t at);
  bool is_ordinal_number(std::uint32_t at) const;
  std::uint32_t read_break(std::uint32_t at);
  std::uint32_t read_number(std::uint32_t at);
  bool may_be_name(const AddressToken& token) const;
  bool read_plain_word(std::uint32_t begin);
  std::uint32_t read_word(std::uint32_t at);
  void push(TokenKind kind, std::uint32_t begin, std::uint32_t end);

  std::string_view text_;
  bool small_;
  std::vector<AddressToken> tokens_;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
  AddressToken stop_;
  mutable bool edge_seen_ = false;
};

}  // namespace noshare::detect
