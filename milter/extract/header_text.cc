// RFC 2047 encoded words, and folding. See header_text.h.
#include "extract/header_text.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

struct EncodedWord {
  std::string_view charset;
  std::string_view text;  // encoded
  bool base64;
  std::size_t end;  // after "?="
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string decode_word_text(std::string_view text, bool base64) {
  if (base64) return decode_base64(text).bytes;
  std::string plain(text);
  for (char& c : plain) {
    if (c == '_') c = ' ';
  }
  return decode_quoted_printable(plain).bytes;
}

// How much of an encoded word's text can be decoded without the next word's: some mailers
// cut a byte in two.
std::size_t whole_bytes(std::string_view text, bool base64) {
  if (base64) {
    const bool letters = std::all_of(text.begin(), text.end(), [](char c) {
      return is_ascii_alnum(c) || c == '+' || c == '/';
    });
    return letters ? text.size() - text.size() % 4 : text.size();
  }
  const std::size_t mark = text.rfind('=');
  return mark != text.npos && mark + 3 > text.size() ? mark : text.size();
}

class HeaderDecoder {
 public:
  HeaderDecoder(std::string_view raw, bool phrase) : raw_(raw), phrase_(phrase) {}

  MappedText run() {
    while (at_ < raw_.size() && is_blank(raw_[at_])) literal_begin_ = ++at_;
    while (at_ < raw_.size()) step();
    flush_words();
    flush_literal();
    return out_.finish(raw_.size());
  }

 private:
  void step() {
    if (raw_[at_] == '=' && at_ + 1 < raw_.size() && raw_[at_ + 1] == '?') {
      if (auto word = word_at(at_)) {
        take_word(*word);
        return;
      }
    }
    if (is_blank(raw_[at_])) {
      take_blanks();
      return;
    }
    flush_words();
    const char c = raw_[at_];
    if (phrase_ && (c == '"' || (c == '\\' && at_ + 1 < raw_.size()))) {
      flush_literal();
      ++at_;
      literal_begin_ = at_;
      if (c == '\\') ++at_;
      return;
    }
    ++at_;
  }

  // "=?charset?Q?text?=" at `begin`. A missing "?=" is searched for only once.
  std::optional<EncodedWord> word_at(std::size_t begin) {
    constexpr std::size_t kMostCharsetBytes = 64;
    if (no_more_ends_) return std::nullopt;
    const std::size_t charset_end =
        raw_.substr(0, begin + 2 + kMostCharsetBytes).find('?', begin + 2);
    if (charset_end == std::string_view::npos || charset_end + 2 >= raw_.size())
      return std::nullopt;
    const char kind = ascii_lower(raw_[charset_end + 1]);
    if ((kind != 'q' && kind != 'b') || raw_[charset_end + 2] != '?') return std::nullopt;
    const std::size_t text_begin = charset_end + 3;
    const std::size_t end = raw_.find("?=", text_begin);
    if (end == std::string_view::npos) {
      no_more_ends_ = true;
      return std::nullopt;
    }
    return EncodedWord{raw_.substr(begin + 2, charset_end - begin - 2),
                       raw_.substr(text_begin, end - text_begin), kind == 'b', end + 2};
  }

  // Adjacent words of one charset are joined before conversion, since some mailers cut a
  // character in two (RFC 2047 section 5 forbids it), or even a byte.
  void take_word(const EncodedWord& word) {
    flush_literal();
    if (pending_ && !equal_ignoring_case(pending_charset_, word.charset)) flush_words();
    if (pending_base64_ != word.base64) take_rest();
    pending_base64_ = word.base64;
    if (!pending_) {
      pending_ = true;
      pending_begin_ = at_;
      pending_charset_ = word.charset;
    }
    rest_ += word.text;
    const std::size_t whole = whole_bytes(rest_, word.base64);
    pending_bytes_ += decode_word_text(rest_.substr(0, whole), word.base64);
    rest_.erase(0, whole);
    at_ = pending_end_ = literal_begin_ = word.end;
  }

  // Line ends of folds vanish; white space between two encoded words does, too.
  void take_blanks() {
    std::size_t end = at_;
    while (end < raw_.size() && is_blank(raw_[end])) ++end;
    if (pending_ && end + 1 < raw_.size() && raw_[end] == '=' && raw_[end + 1] == '?' &&
        word_at(end)) {
      at_ = literal_begin_ = end;
      return;
    }
    flush_words();
    for (; at_ < end; ++at_) {
      if (raw_[at_] != '\r' && raw_[at_] != '\n') continue;
      flush_literal();
      literal_begin_ = at_ + 1;
    }
  }

  void take_rest() {
    pending_bytes_ += decode_word_text(rest_, pending_base64_);
    rest_.clear();
  }

  void flush_words() {
    if (!pending_) return;
    take_rest();
    const MappedText text = decode_charset(pending_bytes_, pending_charset_, false).text;
    out_.replace(text.text, pending_begin_);
    pending_ = false;
    pending_bytes_.clear();
    literal_begin_ = pending_end_;
  }

  void flush_literal() {
    const std::string_view literal = raw_.substr(literal_begin_, at_ - literal_begin_);
    if (is_ascii(literal)) {
      out_.copy(literal, literal_begin_);
    } else {
      out_.append(decode_charset(literal, "", true).text, literal_begin_, literal.size());
    }
    literal_begin_ = at_;
  }

  std::string_view raw_;
  bool phrase_;
  TextBuilder out_{true};
  std::size_t at_ = 0;
  std::size_t literal_begin_ = 0;
  bool no_more_ends_ = false;
  bool pending_ = false;  // encoded words not yet converted
  std::size_t pending_begin_ = 0;
  std::size_t pending_end_ = 0;
  std::string_view pending_charset_;
  std::string pending_bytes_;
  std::string rest_;  // of the last word, not yet decoded
  bool pending_base64_ = false;
};

}  // namespace

MappedText decode_header_text(std::string_view raw, bool phrase) {
  while (!raw.empty() && is_blank(raw.back())) raw.remove_suffix(1);
  return HeaderDecoder(raw, phrase).run();
}

std::string encode_header_text(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  constexpr std::size_t kMostBytesPerWord =
      42;  // 56 characters of base64, under 75 with its frame
  std::string value;
  while (!text.empty()) {
    std::size_t size = 0;
    while (size < text.size()) {
      const std::size_t next = size + code_point_at(text, size).bytes;
      if (next > kMostBytesPerWord) break;
      size = next;
    }
    if (!value.empty()) value += "\n ";
    value += "=?utf-8?B?" + encode_base64(text.substr(0, size), "") + "?=";
    text.remove_prefix(size);
  }
  return value;
}

}  // namespace noshare::extract
