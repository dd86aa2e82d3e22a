// Charset detection and conversion. See charset.h.
#include "extract/charset.h"

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include <unicode/ucnv.h>
#include <unicode/udata.h>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

struct ConverterCloser {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
using Converter = std::unique_ptr<UConverter, ConverterCloser>;

// All data is linked in; a sandboxed worker must not even try to open files.
bool keep_off_files() {
  UErrorCode status = U_ZERO_ERROR;
  udata_setFileAccess(UDATA_NO_FILES, &status);
  return U_SUCCESS(status);
}

Converter open_converter(const std::string& name) {
  [[maybe_unused]] static const bool kOffFiles = keep_off_files();
  constexpr std::size_t kMostNameBytes = 60;  // UCNV_MAX_CONVERTER_NAME_LENGTH
  if (name.empty() || name.size() >= kMostNameBytes) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  Converter converter(ucnv_open(name.c_str(), &status));
  return U_SUCCESS(status) ? std::move(converter) : nullptr;
}

// The label without what mailers add to it, and by the meaning it has on the web and in
// mail: Latin-1 and ASCII are read as Windows-1252, which holds them (WHATWG Encoding
// section 4.2).
std::string usable_label(std::string_view label) {
  std::string name;
  for (char c : label) {
    if (c == '*') break;  // RFC 2231 section 5: a language may follow
    if (is_ascii_alnum(c) || c == '-' || c == '_' || c == ':' || c == '.')
      name += ascii_lower(c);
  }
  constexpr std::array<std::string_view, 10> kWindows1252 = {
      "us-ascii",       "ascii",  "iso-8859-1", "iso8859-1",
      "iso_8859-1",     "latin1", "cp1252",     "iso-8859-1-windows-3.1-latin-1",
      "ansi_x3.4-1968", "x-ansi"};
  for (std::string_view same : kWindows1252) {
    if (name == same) return "windows-1252";
  }
  if (name == "utf8" || name == "unicode-1-1-utf-8" || name == "x-utf-8") return "utf-8";
  if (name == "gb2312") return "gbk";  // its superset is what is sent under this name
  if (name == "ks_c_5601-1987") return "windows-949";
  if (name == "unknown-8bit" || name == "x-unknown" || name == "default_charset")
    return "";
  return name;
}

// Charsets in which plain ASCII bytes may mean something else.
bool hides_text_in_ascii(std::string_view name) {
  return name.starts_with("utf-7") || name == "utf7" || name.starts_with("iso-2022") ||
         name.starts_with("csiso2022") || name.starts_with("hz") ||
         name.starts_with("utf-16") || name.starts_with("utf-32") ||
         name.starts_with("ucs-") || name == "imap-mailbox-name" || name == "utf16" ||
         name == "utf32" || name.starts_with("ibm037") || name.starts_with("iso-10646") ||
         name.starts_with("scsu") || name == "bocu-1";
}

struct Mark {
  std::string_view charset;
  std::size_t bytes;
};

Mark byte_order_mark(std::string_view bytes) {
  using std::string_view_literals::operator""sv;
  if (bytes.starts_with("\xEF\xBB\xBF"sv)) return {"utf-8", 3};
  if (bytes.starts_with("\xFF\xFE\0\0"sv)) return {"utf-32le", 4};
  if (bytes.starts_with("\0\0\xFE\xFF"sv)) return {"utf-32be", 4};
  if (bytes.starts_with("\xFF\xFE"sv)) return {"utf-16le", 2};
  if (bytes.starts_with("\xFE\xFF"sv)) return {"utf-16be", 2};
  return {"", 0};
}

// One-byte charsets: what each of the 256 bytes means, so that ICU is asked only once.
struct ByteTable {
  std::array<std::string, 256> utf8;
  bool ascii_plain = true;  // bytes below 128 mean themselves
};

bool fill_table(UConverter* converter, ByteTable& table) {
  if (ucnv_getMaxCharSize(converter) != 1) return false;
  for (int byte = 0; byte < 256; ++byte) {
    const char in = static_cast<char>(byte);
    std::array<UChar, 4> out{};
    UErrorCode status = U_ZERO_ERROR;
    ucnv_reset(converter);
    const int32_t size = ucnv_toUChars(converter, out.data(), 4, &in, 1, &status);
    if (U_FAILURE(status) || size != 1) return false;
    std::string& entry = table.utf8[static_cast<std::size_t>(byte)];
    append_utf8(entry, out[0]);
    if (byte < 128 && entry != std::string(1, in)) table.ascii_plain = false;
  }
  return true;
}

void convert_by_table(std::string_view bytes, std::size_t origin, const ByteTable& table,
                      TextBuilder& out) {
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t end = at;
    if (table.ascii_plain) {
      while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80) ++end;
      out.copy(bytes.substr(at, end - at), origin + at);
    }
    for (at = end; at < bytes.size(); ++at) {
      const auto byte = static_cast<unsigned char>(bytes[at]);
      if (byte < 0x80 && table.ascii_plain) break;
      out.replace(table.utf8[byte], origin + at);
    }
  }
}

// UTF-8 with Windows-1252 for each byte that does not belong to a well-formed sequence.
bool convert_mixed_utf8(std::string_view bytes, std::size_t origin, TextBuilder& out) {
  static const ByteTable kWindows1252 = [] {
    ByteTable table;
    const Converter converter = open_converter("windows-1252");
    if (converter == nullptr || !fill_table(converter.get(), table))
      table.utf8.fill("\xEF\xBF\xBD");
    return table;
  }();
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  bool clean = true;
  std::size_t run = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    if (static_cast<unsigned char>(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = code_point_at(bytes, at);
    if (point.bytes > 1 || bytes.substr(at, 3) == kReplacement) {
      at += point.bytes;
      continue;
    }
    clean = false;
    out.copy(bytes.substr(run, at - run), origin + run);
    out.replace(kWindows1252.utf8[static_cast<unsigned char>(bytes[at])], origin + at);
    run = ++at;
  }
  out.copy(bytes.substr(run), origin + run);
  return clean;
}

// Appends UTF-16 units to `out`, each with the offset it came from.
void append_units(const std::vector<UChar>& units, const std::vector<int32_t>& offsets,
                  std::size_t count, std::size_t origin, TextBuilder& out, bool& clean) {
  std::string utf8;
  for (std::size_t i = 0; i < count; ++i) {
    char32_t point = units[i];
    const std::size_t at = i;
    if (U16_IS_LEAD(units[i]) && i + 1 < count && U16_IS_TRAIL(units[i + 1])) {
      point = static_cast<char32_t>(U16_GET_SUPPLEMENTARY(units[i], units[i + 1]));
      ++i;
    } else if (U16_IS_SURROGATE(units[i])) {
      point = 0xFFFD;
    }
    if (point == 0xFFFD) clean = false;
    utf8.clear();
    append_utf8(utf8, point);
    out.replace(utf8,
                origin + static_cast<std::size_t>(offsets[at] < 0 ? 0 : offsets[at]));
  }
}

bool convert_by_icu(std::string_view bytes, std::size_t origin, UConverter* converter,
                    TextBuilder& out) {
  constexpr std::size_t kUnits = 16384;
  std::vector<UChar> units(kUnits);
  std::vector<int32_t> offsets(kUnits);
  bool clean = true;
  const char* in = bytes.data();
  const char* const end = in + bytes.size();
  for (;;) {
    const std::size_t begin = static_cast<std::size_t>(in - bytes.data());
    // Room for one unit is kept so that a surrogate pair is never torn: ICU stops before
    // it.
    UChar* target = units.data();
    UErrorCode status = U_ZERO_ERROR;
    ucnv_toUnicode(converter, &target, units.data() + kUnits, &in, end, offsets.data(),
                   static_cast<UBool>(true), &status);
    auto count = static_cast<std::size_t>(target - units.data());
    append_units(units, offsets, count, origin + begin, out, clean);
    if (status != U_BUFFER_OVERFLOW_ERROR) return clean && U_SUCCESS(status);
  }
}

// Converts into `out`; false if ICU does not know the charset.
bool convert_named(std::string_view bytes, std::size_t origin, const std::string& name,
                   TextBuilder& out, bool& clean) {
  const Converter converter = open_converter(name);
  if (converter == nullptr) return false;
  ByteTable table;
  if (fill_table(converter.get(), table)) {
    convert_by_table(bytes, origin, table, out);
    return true;
  }
  ucnv_reset(converter.get());
  clean = convert_by_icu(bytes, origin, converter.get(), out);
  return true;
}

bool is_one_byte_latin(std::string_view name) {
  return name.empty() || name.starts_with("windows-125") ||
         name.starts_with("iso-8859") || name.starts_with("iso8859") ||
         name == "macintosh" || name == "utf-8";
}

// The charset to read `bytes` by, where it differs from what the label says.
std::string charset_for(std::string_view bytes, const std::string& label) {
  const std::string_view wide = wide_charset(bytes);
  if (!wide.empty()) return std::string(wide);
  const bool claims_wide = label.starts_with("utf-16") || label.starts_with("utf-32") ||
                           label == "utf16" || label == "utf32" ||
                           label.starts_with("ucs-");
  if (is_ascii(bytes)) {
    if (!hides_text_in_ascii(label)) return "utf-8";
    // Labelled UTF-16, but no NUL in it: somebody re-encoded the bytes and kept the
    // label.
    if (claims_wide && bytes.find('\0') == std::string_view::npos) return "utf-8";
    return label;
  }
  if (is_one_byte_latin(label) && is_valid_utf8(bytes)) return "utf-8";
  return label.empty() ? "utf-8" : label;
}

// Whoever carries a body ends it with a line end of one-byte characters, which would join
// the last character of two bytes.
std::string_view without_carried_end(std::string_view bytes, std::string_view charset) {
  if (!charset.starts_with("utf-16") && !charset.starts_with("utf-32")) return bytes;
  if (bytes.ends_with("\r\n")) return bytes.substr(0, bytes.size() - 2);
  const bool odd = bytes.size() % 2 == 1 && bytes.ends_with('\n');
  return odd ? bytes.substr(0, bytes.size() - 1) : bytes;
}

}  // namespace

std::string_view wide_charset(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view head = bytes.substr(0, kLooked - kLooked % 4);
  if (head.size() < 4 || head.find('\0') == std::string_view::npos) return "";
  std::array<std::size_t, 4> nuls{};
  for (std::size_t i = 0; i < head.size(); ++i) nuls[i % 4] += head[i] == '\0' ? 1U : 0U;
  const std::size_t columns = head.size() / 4;
  const auto mostly = [&](std::size_t i) { return nuls[i] * 10 >= columns * 6; };
  const auto rarely = [&](std::size_t i) { return nuls[i] * 10 <= columns; };
  if (rarely(0) && mostly(1) && mostly(2) && mostly(3)) return "utf-32le";
  if (mostly(0) && mostly(1) && mostly(2) && rarely(3)) return "utf-32be";
  if (rarely(0) && mostly(1) && rarely(2) && mostly(3)) return "utf-16le";
  if (mostly(0) && rarely(1) && mostly(2) && rarely(3)) return "utf-16be";
  return "";
}

bool has_byte_order_mark(std::string_view bytes) {
  return byte_order_mark(bytes).bytes > 0;
}

DecodedText decode_charset(std::string_view bytes, std::string_view label, bool mapped) {
  const std::string wanted = usable_label(label);
  const Mark mark = byte_order_mark(bytes);
  std::string_view content = bytes.substr(mark.bytes);
  DecodedText result;
  result.charset =
      mark.bytes > 0 ? std::string(mark.charset) : charset_for(content, wanted);
  content = without_carried_end(content, result.charset);
  TextBuilder out(mapped);
  out.reserve(content.size() + content.size() / 16);
  if (result.charset == "utf-8" && is_valid_utf8(content)) {
    out.copy(content, mark.bytes);
  } else if (result.charset == "utf-8" ||
             !convert_named(content, mark.bytes, result.charset, out, result.clean)) {
    result.label_known = result.charset == "utf-8";
    result.charset = "utf-8";
    result.clean = convert_mixed_utf8(content, mark.bytes, out);
  }
  result.text = out.finish(bytes.size());
  return result;
}

std::string encode_charset(std::string_view text, const std::string& charset) {
  if (charset == "utf-8") return std::string(text);
  const Converter converter = open_converter(charset);
  if (converter == nullptr) return {};
  UErrorCode status = U_ZERO_ERROR;
  ucnv_setFromUCallBack(converter.get(), UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr,
                        nullptr, &status);
  std::vector<UChar> units;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.bytes;
    if (point.value > 0xFFFF) {
      units.push_back(static_cast<UChar>(U16_LEAD(point.value)));
      units.push_back(static_cast<UChar>(U16_TRAIL(point.value)));
    } else {
      units.push_back(static_cast<UChar>(point.value));
    }
  }
  std::string bytes(units.size() * 8 + 16, '\0');
  const int32_t size =
      ucnv_fromUChars(converter.get(), bytes.data(), static_cast<int32_t>(bytes.size()),
                      units.data(), static_cast<int32_t>(units.size()), &status);
  if (U_FAILURE(status)) return {};
  bytes.resize(static_cast<std::size_t>(size));
  return bytes;
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
