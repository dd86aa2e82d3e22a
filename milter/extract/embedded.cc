// Finds encoded runs and blocks, and reads what they decode to. See embedded.h.
#include "extract/embedded.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "noshare/base/text.h"

#include "extract/binhex.h"
#include "extract/charset.h"
#include "extract/disguise/code_lists.h"
#include "extract/disguise/dump_lines.h"
#include "extract/disguise/escapes.h"
#include "extract/disguise/invisible_signs.h"
#include "extract/disguise/markup_view.h"
#include "extract/disguise/skipping.h"
#include "extract/documents/xml.h"
#include "extract/encoded_groups.h"
#include "extract/encoded_lines.h"
#include "extract/encoded_pieces.h"
#include "extract/encodings.h"
#include "extract/file_reader.h"
#include "extract/header_block.h"
#include "extract/short_values.h"
#include "extract/sniff.h"
#include "extract/text_part.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kShortestRun = 20;  // encoded characters; words are shorter
constexpr std::size_t kShortestLine = 6;  // of a run over several lines
constexpr std::size_t kMostRuns = 200;    // of one text
constexpr unsigned kDeepest = 3;          // encoded inside encoded

bool is_hex(char c) {
  const char lower = ascii_lower(c);
  return is_ascii_digit(c) || (lower >= 'a' && lower <= 'f');
}

constexpr std::array<bool, 256> make_base64_table() {
  std::array<bool, 256> table{};
  for (unsigned i = 0; i < 256; ++i) {
    const char c = static_cast<char>(i);
    table[i] = is_ascii_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
  }
  return table;
}
constexpr auto kBase64 = make_base64_table();

bool is_base64(char c) { return kBase64[static_cast<unsigned char>(c)]; }
Bytes are_base64(Bytes bytes) {
  return bytes.is_alnum() | bytes.is('+') | bytes.is('/') | bytes.is('-') | bytes.is('_');
}

class EmbeddedReader {
 public:
  EmbeddedReader(std::string_view text, const std::string& part, const std::string& path,
                 Collector& out)
      : text_(text), place_{part, path, out.decoding_depth}, out_(out) {}

  void read_all_blocks() {
    read_binhex();
    if (find_word(text_, "begin ") == std::string_view::npos) return;
    read_blocks("begin ", "end");
    read_blocks("=ybegin ", "=yend");
  }

  // Characters written by their numbers; twice, perhaps.
  void read_unescaped(const MappedText& text) {
    for (const auto& reader : {without_escapes, listed_codes}) {
      MappedText plain = reader(text.text, out_.maps());
      if (plain.text.empty() || !out_.time_left()) continue;
      if (out_.maps()) plain.map = compose(plain.map, text.map, plain.text.size());
      const std::string path = place_.path + std::string(kUnescaped);
      nested([&] { read_embedded_runs(plain, place_.part, path, out_); });
      out_.add_text(place_.part, path, model::Zone::kBody, std::move(plain));
    }
  }

  // UTF-7 (RFC 2152), which no program should read unasked: ASCII begins so in it.
  void read_utf7() {
    for (std::size_t at = text_.find("+A"); at != std::string_view::npos;
         at = text_.find("+A", at + 1)) {
      const char next = at + 2 < text_.size() ? text_[at + 2] : '\0';
      if (next < 'C' || next > 'H') continue;
      reread("+A", [](std::string_view line) {
        return decode_charset(line, "UTF-7", false).text.text;
      });
      return;
    }
  }

  void read_runs() {
    read_long_runs();
    read_short_lines();
    read_other_runs();
    if (const std::string lines = lines_with_short_values(text_); !lines.empty()) {
      text(lines);
    }
    for (const std::string& bytes : bytes_of_dumps(text_)) {
      if (is_clean_text(bytes)) text(bytes);
    }
    std::size_t begins = 0;
    for (std::size_t at = text_.find("<~"); at < text_.size() && ++begins <= kMostRuns;
         at = text_.find("<~", at)) {
      at = read_base85(at + 2);
    }
  }

 private:
  std::string decoded_path() const { return place_.path + std::string(kDecoded); }

  // Reads the lines that hold `mark` once more.
  template <class Decoder>
  void reread(std::string_view mark, const Decoder& decoder) {
    std::string decoded;
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      at = line_at(text_, at).next;
      const std::string_view whole = text_.substr(begin, at - begin);
      if (whole.find(mark) == std::string_view::npos) continue;
      const std::string text = to_valid_utf8(decoder(whole));
      const bool numbers = std::any_of(text.begin(), text.end(), is_ascii_digit);
      if (numbers && text != whole) decoded += text;
    }
    if (decoded.empty() || !out_.time_left()) return;
    out_.add_text(place_.part, decoded_path(), model::Zone::kBody, {decoded, {}});
  }

  void read_binhex() {
    constexpr std::string_view kHead = "(This file must be converted with BinHex";
    for (std::size_t at = text_.find(kHead);
         at != std::string_view::npos && ++blocks_ <= kMostRuns;
         at = text_.find(kHead, at + 1)) {
      const auto file = decode_binhex(text_.substr(at));
      if (file) member(file->data, file->name);
    }
  }

  // Blocks between lines that begin so.
  void read_blocks(std::string_view begin, std::string_view end) {
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t start = at;
      const Line line = line_at(text_, at);
      at = line.next;
      if (!line.text.starts_with(begin) || !is_head(line.text)) continue;
      if (++blocks_ > kMostRuns) return;
      const std::size_t data = at;
      std::size_t stop = at;
      while (at < text_.size()) {
        const Line inner = line_at(text_, at);
        stop = at;
        at = inner.next;
        if (inner.text.starts_with(end)) break;
        stop = at;
      }
      read_block(line.text, text_.substr(start, at - start),
                 text_.substr(data, stop - data));
      at = data;  // a false head must not hide the block behind it
    }
  }

  // "begin 644 name", "=ybegin line=128 size=9 name=name".
  static bool is_head(std::string_view line) {
    constexpr std::size_t kMode = 6;
    return line.starts_with('=') || (line.size() > kMode && is_ascii_digit(line[kMode]));
  }

  void read_block(std::string_view head, std::string_view block, std::string_view data) {
    if (head.starts_with("=ybegin ")) {
      const std::size_t name = head.find("name=");
      member(decode_yenc(data),
             name == std::string_view::npos ? "yEnc" : head.substr(name + 5));
      return;
    }
    constexpr std::size_t kName = 10;  // behind "begin 644 "
    const Decoded decoded = decode_uuencode(block);
    if (!decoded.bytes.empty() && head.size() > kName) {
      member(decoded.bytes, trimmed(head.substr(kName)));
    }
  }

  // yEnc 1.3: bytes plus 42, '=' escapes one more by 64.
  static std::string decode_yenc(std::string_view data) {
    std::string bytes;
    for (std::size_t at = 0; at < data.size();) {
      const Line line = line_at(data, at);
      at = line.next;
      if (line.text.starts_with("=ypart ")) continue;
      for (std::size_t i = 0; i < line.text.size(); ++i) {
        auto value = static_cast<unsigned>(static_cast<unsigned char>(line.text[i]));
        if (line.text[i] == '=' && ++i < line.text.size()) {
          value = static_cast<unsigned char>(line.text[i]) - 64U;
        }
        bytes += static_cast<char>(value - 42U);
      }
    }
    return bytes;
  }

  static unsigned hex(char c) {
    return is_ascii_digit(c) ? static_cast<unsigned>(c - '0')
                             : static_cast<unsigned>(ascii_lower(c) - 'a' + 10);
  }

  // Runs that are long enough by themselves. Each stretch of the shortest length is
  // looked at from its end: where a sign stands in it, a run begins behind that at the
  // earliest.
  void read_long_runs() {
    for (std::size_t at = 0; at + kShortestRun <= text_.size() && runs_ < kMostRuns;) {
      at = behind_short_rows<kShortestRun>(text_, at, are_base64);
      if (at + kShortestRun > text_.size()) return;
      std::size_t last = at + kShortestRun;
      while (last > at && is_base64(text_[last - 1])) --last;
      at = last > at ? last : read_letters(at);
    }
  }

  // Runs in lines that are shorter, one behind the other.
  void read_short_lines() {
    std::size_t read_to = 0;
    for (std::size_t at = 0; at < text_.size() && runs_ < kMostRuns;) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      constexpr std::size_t kMostMarks = 16;
      const bool read = at < read_to;
      std::size_t begin = at;
      at = end + 1;
      if (read || end - begin < kShortestLine ||
          end - begin > kShortestRun + kMostMarks) {
        continue;
      }
      while (begin < end && is_quote_mark(text_[begin])) ++begin;
      const std::size_t stop = end_of_run(begin);
      const bool short_run = stop - begin >= kShortestLine && stop - begin < kShortestRun;
      if (short_run && is_line(begin, stop)) read_to = read_letters(begin);
    }
  }

  // A run of letters and digits, over line ends as long as the lines are full. The last,
  // short line may be the run's end or the first word of what follows. Returns behind it.
  std::size_t read_letters(std::size_t at) {
    std::size_t end = end_of_run(at);
    const std::size_t width = end - at;
    std::string run;
    std::size_t full = 0;  // of the run, up to the last full line
    bool uneven = false;   // lines before the last are of other lengths
    for (std::size_t line = at;;) {
      for (std::size_t i = line; i < end; ++i) run += plain(text_[i]);
      if (end - line < std::min(width, kShortestRun)) break;
      full = run.size();
      const std::size_t next = next_line(end);
      if (next == 0 || (width < kShortestRun && !is_line(next, end_of_run(next)))) break;
      line = next;
      end = end_of_run(line);
      uneven |= end - line > kShortestRun && end - line != width;
    }
    if (run.size() < kShortestRun) return end;
    bool decoded = full > 0 && decode_run(run);
    if (full > 0 && !decoded && full < run.size()) {
      decoded = decode_run(std::string_view(run).substr(0, full));
    }
    if (!decoded) read_steps(run);
    if (uneven) read_lines_apart(at, end);
    if (at > 0 && text_[at - 1] == '=') {  // padding in front: written backwards
      decode_run(std::string(run.rbegin(), run.rend()));
    }
    return std::max(end, at + 1);
  }

  // Of a path, in which a slash is no sign of base64.
  void read_steps(std::string_view run) {
    if (run.find('/') == std::string_view::npos) return;
    for (const std::string_view step : split(run, '/')) {
      if (step.size() >= kShortestRun && runs_ < kMostRuns) decode_run(step);
    }
  }

  // A list of encoded values, one a line.
  void read_lines_apart(std::size_t at, std::size_t end) {
    while (at < end && runs_ < kMostRuns) {
      const std::size_t stop = end_of_run(at);
      std::string run;
      for (std::size_t i = at; i < stop; ++i) run += plain(text_[i]);
      if (run.size() >= kShortestRun) decode_run(run);
      at = next_line(stop);
      if (at == 0) return;
    }
  }

  std::size_t end_of_run(std::size_t at) const {
    while (at < text_.size() && is_base64(text_[at])) ++at;
    return at;
  }

  // Nothing else stands on the line of [begin, end) but quote marks.
  bool is_line(std::size_t begin, std::size_t end) const {
    while (begin > 0 && is_quote_mark(text_[begin - 1])) --begin;
    const bool first = begin == 0 || text_[begin - 1] == '\n';
    while (end < text_.size() && (text_[end] == '=' || text_[end] == '\r')) ++end;
    return first && (end == text_.size() || text_[end] == '\n');
  }
  static bool is_quote_mark(char c) { return c == '>' || c == ' ' || c == '|'; }

  // Where the next line's run begins, behind the end of this one; 0 if there is none.
  std::size_t next_line(std::size_t at) const {
    if (at < text_.size() && text_[at] == '\r') ++at;
    if (at >= text_.size() || text_[at] != '\n') return 0;
    ++at;
    while (at < text_.size() && is_quote_mark(text_[at])) ++at;
    return at < text_.size() && is_base64(text_[at]) ? at : 0;
  }

  // base64url as base64.
  static char plain(char c) { return c == '-' ? '+' : c == '_' ? '/' : c; }

  // True if it is a text or a file, encoded.
  bool decode_run(std::string_view run) {
    if (run.starts_with("0x") || run.starts_with("0X")) run.remove_prefix(2);
    if (run.size() % 2 == 0 && std::all_of(run.begin(), run.end(), is_hex)) {
      std::string bytes;
      for (std::size_t i = 0; i < run.size(); i += 2) {
        bytes += static_cast<char>(hex(run[i]) * 16 + hex(run[i + 1]));
      }
      if (is_clean_text(bytes)) return text(bytes);
      if (const std::string_view wide = wide_charset(bytes); !wide.empty()) {
        const std::string narrow = decode_charset(bytes, wide, false).text.text;
        if (is_clean_text(narrow)) return text(narrow);
      }
    }
    if (const auto found = text_in_base32(run)) return text(*found);
    if (const auto found = text_in_base58(run)) return text(*found);
    if (const auto found = text_in_base62(run)) return text(*found);
    constexpr std::size_t kLooked = 64;  // enough to see that it is neither
    const std::string head = decode_base64(run.substr(0, kLooked)).bytes;
    const bool file = !sniff(head).type.empty();
    const std::string_view wide = file ? std::string_view() : wide_charset(head);
    if (!file && wide.empty() && has_controls(head)) return false;
    const std::string bytes = decode_base64(run).bytes;
    if (file && !sniff(bytes).type.empty() && !is_file_by_chance(bytes))
      return member(bytes, "base64");
    if (!wide.empty()) {
      const std::string narrow = decode_charset(bytes, wide, false).text.text;
      return is_clean_text(narrow) && text(narrow);
    }
    return is_clean_text(bytes) && text(bytes);
  }

  static bool has_controls(std::string_view bytes) {
    const std::string_view head = bytes.substr(0, 9);
    return std::any_of(head.begin(), head.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && !is_ascii_space(c);
    });
  }

  // Adobe's form of Ascii85, between "<~" and "~>". Returns where to look on.
  std::size_t read_base85(std::size_t at) {
    constexpr std::size_t kMost = 64U << 10U;
    const std::size_t end = text_.substr(0, at + kMost).find("~>", at);
    if (end == std::string_view::npos) return at;
    if (const auto found = text_in_base85(text_.substr(at, end - at))) text(*found);
    return end;
  }

  // Runs in groups, and runs of other signs than letters.
  void read_other_runs() {
    for (const std::string& run : runs_in_groups(text_)) decode_run(run);
    for (std::string& run : runs_in_pieces(text_)) {
      for (char& c : run) c = plain(c);
      decode_run(run);
    }
    for (const std::string& bytes : bytes_of_encoded_lines(text_)) {
      if (!sniff(bytes).type.empty()) member(bytes, "encoded lines");
      if (is_clean_text(bytes)) text(bytes);
    }
    for (const std::string& bytes : texts_in_invisible_signs(text_)) text(bytes);
    for (const std::string& run : dense_runs(text_)) {
      if (runs_ >= kMostRuns) return;
      if (const auto found = text_in_base85(run)) {
        text(*found);
      } else if (const auto other = text_in_base91(run)) {
        text(*other);
      } else if (run.find('-') != std::string::npos) {
        decode_parted(run);
      }
    }
  }

  // "bXkgY2Fy-ZCBudW1i": hyphens that part groups, and are no signs of base64url.
  void decode_parted(const std::string& run) {
    std::string joined;
    std::size_t width = 0;
    for (std::string_view group : split(run, '-')) {
      if (joined.empty()) width = group.size();
      if (group.size() > width) return;
      joined += group;
    }
    joined.resize(joined.find_last_not_of('=') + 1);
    if (joined.size() >= kShortestRun &&
        std::all_of(joined.begin(), joined.end(), is_base64)) {
      decode_run(joined);
    }
  }

  bool text(const std::string& bytes) {
    if (looks_like_html(bytes) || !xml_root(bytes).empty()) return member(bytes, "text");
    ++runs_;
    out_.add_text(place_.part, decoded_path(), model::Zone::kBody, {bytes, {}});
    if (MappedText bare = without_markup(bytes, false); !bare.text.empty()) {
      out_.add_text(place_.part, decoded_path() + std::string(kAsShown),
                    model::Zone::kBody, std::move(bare));
    }
    nested([&] {
      read_embedded_blocks(bytes, place_.part, decoded_path(), out_);
      read_embedded_runs({bytes, {}}, place_.part, decoded_path(), out_);
    });
    return true;
  }

  bool member(const std::string& bytes, std::string_view name) {
    ++runs_;
    if (!out_.time_left() || !out_.count_part()) return true;
    nested([&] { read_member(bytes, name, place_, out_); });
    return true;
  }

  template <class Reader>
  void nested(const Reader& reader) {
    if (out_.decoding_depth >= kDeepest) return;
    ++out_.decoding_depth;
    reader();
    --out_.decoding_depth;
  }

  std::string_view text_;
  FilePlace place_;
  Collector& out_;
  std::size_t runs_ = 0;
  std::size_t blocks_ = 0;
};

}  // namespace

void read_embedded_blocks(std::string_view bytes, const std::string& part,
                          const std::string& path, Collector& out) {
  EmbeddedReader(bytes, part, path, out).read_all_blocks();
}

void read_embedded_runs(const MappedText& text, const std::string& part,
                        const std::string& path, Collector& out) {
  EmbeddedReader reader(text.text, part, path, out);
  reader.read_unescaped(text);
  reader.read_utf7();
  reader.read_runs();
}

void add_with_runs(const FilePlace& place, model::Zone zone, std::string text,
                   Collector& out) {
  MappedText mapped{std::move(text), {}};
  read_embedded_runs(mapped, place.part, place.path, out);
  out.add_text(place.part, place.path, zone, std::move(mapped));
}

}  // namespace noshare::extract
