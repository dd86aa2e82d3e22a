// Parameter parsing with RFC 2231 continuations. See parameters.h.
#include "extract/parameters.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/header_text.h"

namespace noshare::extract {
namespace {

// One "name*2*=value" as written.
struct Piece {
  std::string base;      // lower case, before the first '*'
  std::uint32_t number;  // of a continuation, 0 without
  bool continued;        // it has a number
  bool extended;         // percent-encoded, with charset
  std::string value;
};

class Reader {
 public:
  explicit Reader(std::string_view raw) : raw_(raw) {}

  bool done() const { return at_ >= raw_.size(); }

  void skip_blanks_and_comments() {
    int depth = 0;
    for (; at_ < raw_.size(); ++at_) {
      const char c = raw_[at_];
      if (c == '(') {
        ++depth;
      } else if (c == ')' && depth > 0) {
        --depth;
      } else if (depth == 0 && !is_ascii_space(c)) {
        return;
      }
    }
  }

  bool skip(char c) {
    if (done() || raw_[at_] != c) return false;
    ++at_;
    return true;
  }

  std::string_view until(std::string_view stops) {
    const std::size_t end = std::min(raw_.find_first_of(stops, at_), raw_.size());
    const std::string_view text = raw_.substr(at_, end - at_);
    at_ = end;
    return trimmed(text);
  }

  std::string value() {
    skip_blanks_and_comments();
    if (!skip('"')) return std::string(until(";"));
    std::string text;
    while (!done() && raw_[at_] != '"') {
      if (raw_[at_] == '\\' && at_ + 1 < raw_.size()) ++at_;
      if (raw_[at_] != '\r' && raw_[at_] != '\n') text += raw_[at_];
      ++at_;
    }
    skip('"');
    until(";");
    return text;
  }

 private:
  std::string_view raw_;
  std::size_t at_ = 0;
};

Piece piece_from(std::string_view name, std::string value) {
  Piece piece{"", 0, false, false, std::move(value)};
  const std::size_t star = name.find('*');
  piece.base = ascii_lowered(name.substr(0, star));
  if (star == std::string_view::npos) return piece;
  std::string_view marks = name.substr(star + 1);
  if (name.ends_with('*')) {
    piece.extended = true;
    marks = marks.empty() ? marks : marks.substr(0, marks.size() - 1);
  }
  for (char c : marks) {
    if (!is_ascii_digit(c) || piece.number > 100'000) break;
    piece.number = piece.number * 10 + static_cast<std::uint32_t>(c - '0');
    piece.continued = true;
  }
  return piece;
}

// "charset'language'text": the charset, leaving the text.
std::string take_charset(std::string& value) {
  const std::size_t first = value.find('\'');
  const std::size_t second =
      first == std::string::npos ? first : value.find('\'', first + 1);
  if (second == std::string::npos) return "";
  std::string charset = value.substr(0, first);
  value.erase(0, second + 1);
  return charset;
}

// Joins the continuations of one name; their order is that of their numbers.
std::string joined(std::vector<Piece> pieces) {
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.number < b.number; });
  std::string charset;
  if (pieces.front().extended) charset = take_charset(pieces.front().value);
  std::string bytes;
  for (const Piece& piece : pieces) {
    bytes += piece.extended ? percent_decoded(piece.value) : piece.value;
  }
  return decode_charset(bytes, charset, false).text.text;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto hex = [&](std::size_t at) {
      const char c = at < text.size() ? ascii_lower(text[at]) : ' ';
      return is_ascii_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    };
    if (text[i] == '%' && hex(i + 1) >= 0 && hex(i + 2) >= 0) {
      bytes += static_cast<char>(hex(i + 1) * 16 + hex(i + 2));
      i += 2;
    } else {
      bytes += text[i];
    }
  }
  return bytes;
}

std::string_view ParameterList::get(std::string_view name) const {
  for (const Parameter& parameter : parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return "";
}

ParameterList parse_parameters(std::string_view raw) {
  Reader reader(raw);
  ParameterList list;
  reader.skip_blanks_and_comments();
  list.main = ascii_lowered(reader.until(";( \t\r\n"));
  reader.until(";");
  std::vector<Piece> pieces;
  while (!reader.done()) {
    reader.skip_blanks_and_comments();
    if (reader.skip(';')) continue;
    const std::string_view name = reader.until("=;");
    if (!reader.skip('=')) continue;
    Piece piece = piece_from(name, reader.value());
    if (piece.continued || piece.extended) {
      pieces.push_back(std::move(piece));
    } else {
      list.parameters.push_back({piece.base, decode_header_text(piece.value).text});
    }
  }
  std::stable_sort(pieces.begin(), pieces.end(),
                   [](const Piece& a, const Piece& b) { return a.base < b.base; });
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t end = i + 1;
    while (end < pieces.size() && pieces[end].base == pieces[i].base) ++end;
    const auto from = pieces.begin() + static_cast<std::ptrdiff_t>(i);
    const auto to = pieces.begin() + static_cast<std::ptrdiff_t>(end);
    list.parameters.push_back({from->base, joined({from, to})});
    i = end;
  }
  return list;
}

std::vector<std::string> file_names(const ParameterList& type,
                                    const ParameterList& disposition) {
  std::vector<std::string> names;
  const auto add_all = [&](const ParameterList& list, std::string_view wanted) {
    for (const Parameter& parameter : list.parameters) {
      if (parameter.name != wanted || parameter.value.empty()) continue;
      if (std::find(names.begin(), names.end(), parameter.value) == names.end()) {
        names.push_back(parameter.value);
      }
    }
  };
  add_all(disposition, "filename");
  add_all(type, "name");
  add_all(disposition, "name");
  add_all(type, "filename");
  return names;
}

}  // namespace noshare::extract
