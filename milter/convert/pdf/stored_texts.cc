// A walk over strings and streams, whatever object they belong to (ISO 32000-1, 7.3).
#include "convert/pdf/stored_texts.h"

#include <algorithm>
#include <array>
#include <string>

#include <zlib.h>

#include "noshare/base/text.h"

#include "convert/pdf/drawn_text.h"
#include "convert/pdf/pdf_strings.h"

namespace noshare::convert {

namespace {

using model::Zone;

constexpr std::size_t kMostUnpacked = 16U << 20U;
constexpr std::size_t kMostStrings = 500;

std::string squeezed(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (!is_ascii_space(c)) result += c;
  }
  return result;
}

// Numbers or an address: nothing else of such a text is looked for.
bool is_worth_telling(std::string_view text) {
  constexpr std::ptrdiff_t kFewestDigits = 7;
  return !text.starts_with("D:") &&  // a date
         (text.find('@') != text.npos ||
          std::count_if(text.begin(), text.end(), is_ascii_digit) >= kFewestDigits);
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= ' ' || is_ascii_space(c);
  });
}

// A text string (ISO 32000-1, 7.9.2.2) in UTF-8; "" if it is none.
std::string as_text(std::string_view bytes) {
  std::string text;
  if (bytes.starts_with("\xFE\xFF")) {
    for (std::size_t i = 2; i + 1 < bytes.size(); i += 2) {
      const auto high = static_cast<unsigned char>(bytes[i]);
      const auto low = static_cast<unsigned char>(bytes[i + 1]);
      append_utf8(text, static_cast<char32_t>(high * 256U + low));
    }
  } else if (is_valid_utf8(bytes)) {
    text = bytes;
  } else {
    for (const char c : bytes) append_utf8(text, static_cast<unsigned char>(c));
  }
  return is_printable(text) ? to_valid_utf8(text) : "";
}

std::string inflated(std::string_view packed, std::size_t most) {
  std::string bytes;
  z_stream stream{};
  if (::inflateInit(&stream) != Z_OK) return bytes;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(std::min<std::size_t>(packed.size(), 1U << 30U));
  std::array<char, 16U << 10U> block{};
  int done = Z_OK;
  while (done == Z_OK && bytes.size() < most) {
    stream.next_out = reinterpret_cast<Bytef*>(block.data());
    stream.avail_out = static_cast<uInt>(block.size());
    done = ::inflate(&stream, Z_NO_FLUSH);
    bytes.append(block.data(), block.size() - stream.avail_out);
  }
  ::inflateEnd(&stream);
  return bytes;
}

// Operators of drawing stand at the ends of the lines of a page's content, of glyphs, of
// forms.
bool is_drawing(std::string_view text) {
  constexpr std::array<std::string_view, 24> kOperators = {
      "Tj", "TJ", "Td", "TD", "Tm", "Tf", "Tc", "re", "cm", "gs",  "Do",  "BT",
      "ET", "q",  "Q",  "f",  "S",  "n",  "l",  "c",  "W",  "EMC", "BDC", "d1"};
  std::size_t lines = 0;
  std::size_t drawing = 0;
  for (const std::string_view line : split(text.substr(0, 4096), '\n')) {
    const std::string_view words = trimmed(line);
    if (words.empty()) continue;
    ++lines;
    const std::string_view last = words.substr(words.find_last_of(" \t") + 1);
    drawing += std::find(kOperators.begin(), kOperators.end(), last) != kOperators.end();
  }
  return drawing * 3 >= lines;
}

class StoredTexts {
 public:
  StoredTexts(std::string_view told, Output& out) : told_(squeezed(told)), out_(out) {}

  void read(std::string_view file) {
    walk(file, false);
    out_.text(Zone::kMetadata, "stored texts", std::move(text_));
  }

 private:
  // Strings and, in a file, streams.
  void walk(std::string_view bytes, bool in_stream) {
    std::size_t object = 0;  // where the dictionary before a stream may begin
    for (std::size_t at = 0; at < bytes.size() && strings_ < kMostStrings;) {
      at = bytes.find_first_of("(<so", at);
      if (at == bytes.npos) return;
      const std::string_view rest = bytes.substr(at);
      if (rest.front() == '(') {
        at = literal(bytes, at + 1);
      } else if (rest.starts_with("<<")) {
        at += 2;
      } else if (rest.front() == '<') {
        at = hexadecimal(bytes, at + 1);
      } else if (!in_stream && rest.starts_with("obj")) {
        at = object = at + 3;
      } else if (!in_stream &&
                 (rest.starts_with("stream\n") || rest.starts_with("stream\r\n"))) {
        const std::size_t begin = at + (rest[6] == '\r' ? 8 : 7);
        const std::size_t end = std::min(bytes.find("endstream", begin), bytes.size());
        stream(bytes.substr(object, at - object), bytes.substr(begin, end - begin));
        at = end + 9;
      } else {
        ++at;
      }
    }
  }

  std::size_t literal(std::string_view bytes, std::size_t at) {
    std::string string;
    at = read_literal(bytes, at, string);
    tell(string);
    return at;
  }

  std::size_t hexadecimal(std::string_view bytes, std::size_t at) {
    std::string string;
    at = read_hexadecimal(bytes, at, string);
    tell(string);
    return at;
  }

  void stream(std::string_view dictionary, std::string_view data) {
    const auto has = [&](std::string_view name) {
      return dictionary.find(name) != dictionary.npos;
    };
    for (const std::string_view other :
         {"/XRef", "/Image", "/Length1", "/Metadata", "/FontFile", "/EmbeddedFile"}) {
      if (has(other)) return;
    }
    std::string unpacked;
    std::string bytes;  // of a stream in ASCII85, most of them packed
    if (has("/ASCII85Decode")) {
      bytes = from_ascii85(data.substr(0, left_));
      data = bytes;
    }
    if (has("/FlateDecode")) {
      unpacked = inflated(data, left_);
      left_ -= std::min(left_, unpacked.size());
      data = unpacked;
    } else if (has("/Filter") && bytes.empty()) {
      return;
    }
    if (has("/ObjStm")) return walk(data, true);
    const std::string_view text = trimmed(data);
    if (text.empty() || !is_valid_utf8(text) || !is_printable(text)) return;
    if (text.find("begincmap") != text.npos) return;
    if (is_drawing(text)) return tell_drawn(text);
    // Programs in PostScript, character maps, descriptions of glyphs.
    if (text.front() == '%' || text.front() == '{' || text.front() == '/') return;
    if (text.front() == '<') {
      out_.file("stored.xml", std::string(text));
    } else {
      tell(text);
    }
  }

  // What a page draws and does not tell: where the digits of lines that were not told are
  // a number, all of the lines, since others may say what it is.
  void tell_drawn(std::string_view content) {
    constexpr std::ptrdiff_t kFewestDigits = 9;
    const std::string text = drawn_text(content);
    std::ptrdiff_t digits = 0;
    for (const std::string_view line : split(text, '\n')) {
      if (std::none_of(line.begin(), line.end(), is_ascii_digit)) continue;
      if (searched_ > kMostSearched) return;
      searched_ += told_.size();
      if (told_.find(squeezed(line)) != told_.npos) continue;
      digits += std::count_if(line.begin(), line.end(), is_ascii_digit);
    }
    if (digits < kFewestDigits) return;
    ++strings_;
    text_ += text + "\n";
  }

  void tell(std::string_view bytes) {
    const std::string text = as_text(bytes);
    if (!is_worth_telling(text)) return;
    ++strings_;
    // A note's text with its styles.
    if (text.front() == '<' && text.find("</") != text.npos) {
      return out_.file("stored.xml", text);
    }
    if (told_.find(squeezed(text)) == told_.npos) text_ += text + "\n";
  }

  std::string told_;
  Output& out_;
  std::string text_;
  std::size_t strings_ = 0;
  std::size_t left_ = kMostUnpacked;
  static constexpr std::size_t kMostSearched = 256U << 20U;  // bytes; some 50 ms
  std::size_t searched_ = 0;
};

}  // namespace

void put_stored_texts(std::string_view file, std::string_view told, Output& out) {
  if (file.find("/Encrypt") == file.npos) StoredTexts(told, out).read(file);
}

}  // namespace noshare::convert
