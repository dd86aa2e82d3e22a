// Finds encoded runs and blocks, and reads what they decode to. See embedded.h.
#include "extract/embedded.h"

#include <algorithm>
#include <cstdint>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/file_reader.h"
#include "extract/header_block.h"
#include "extract/sniff.h"
#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kShortestRun = 20;  // encoded characters; words are shorter
constexpr std::size_t kMostRuns = 200;    // of one text
constexpr unsigned kDeepest = 3;          // encoded inside encoded

bool is_hex(char c) {
  const char lower = ascii_lower(c);
  return is_ascii_digit(c) || (lower >= 'a' && lower <= 'f');
}

bool is_base64(char c) {
  return is_ascii_alnum(c) || c == '+' || c == '/' || c == '-' || c == '_';
}

// Printable throughout, and well-formed.
bool is_clean_text(std::string_view bytes) {
  constexpr std::size_t kShortest = 6;
  if (bytes.size() < kShortest || !is_valid_utf8(bytes)) return false;
  return std::all_of(bytes.begin(), bytes.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 ? c != 0x7F : is_ascii_space(c);
  });
}

class EmbeddedReader {
 public:
  EmbeddedReader(std::string_view text, const std::string& part, const std::string& path,
                 Collector& out)
      : text_(text), place_{part, path, out.decoding_depth}, out_(out) {}

  void read_all_blocks() {
    if (text_.find("begin ") == std::string_view::npos) return;
    read_blocks("begin ", "end");
    read_blocks("=ybegin ", "=yend");
  }

  // Lines in an encoding that no header declares: some programs decode them, and people
  // who see them know how to.
  void read_undeclared() {
    if (looks_quoted_printable()) {
      reread("=",
             [](std::string_view lines) { return decode_quoted_printable(lines).bytes; });
    }
    // Digits begin so in UTF-7 (RFC 2152), which no program should read unasked.
    if (text_.find("+AD") != std::string_view::npos) {
      reread("+AD", [](std::string_view line) {
        return decode_charset(line, "UTF-7", false).text.text;
      });
    }
  }

  void read_runs() {
    for (std::size_t at = 0; at < text_.size() && runs_ < kMostRuns;) {
      if (text_[at] == '%') {
        at = read_percent(at);
      } else if (is_base64(text_[at])) {
        at = read_letters(at);
      } else {
        ++at;
      }
    }
  }

 private:
  // "=34=31", or lines that end with "=" in the middle of a word.
  bool looks_quoted_printable() const {
    constexpr std::size_t kFewest = 4;
    std::size_t escapes = 0;
    for (std::size_t at = text_.find('='); at != std::string_view::npos;
         at = text_.find('=', at + 1)) {
      const std::string_view next = text_.substr(at + 1);
      const bool inside = at > 0 && is_ascii_alnum(text_[at - 1]);
      if (inside && (next.starts_with('\n') || next.starts_with("\r\n"))) return true;
      if (next.size() < 2 || !is_hex(next[0]) || !is_hex(next[1])) continue;
      if (++escapes >= kFewest) return true;
    }
    return false;
  }

  // Reads the lines that hold `mark` once more. A line that ends with "=" goes on.
  template <class Decoder>
  void reread(std::string_view mark, const Decoder& decoder) {
    std::string decoded;
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      Line line = line_at(text_, at);
      while (line.text.ends_with('=') && line.next < text_.size()) {
        line = line_at(text_, line.next);
      }
      at = line.next;
      const std::string_view whole = text_.substr(begin, at - begin);
      if (whole.find(mark) == std::string_view::npos) continue;
      const std::string text = to_valid_utf8(decoder(whole));
      const bool numbers = std::any_of(text.begin(), text.end(), is_ascii_digit);
      if (numbers && text != whole) decoded += text;
    }
    if (decoded.empty() || !out_.time_left()) return;
    out_.add_text(place_.part, place_.path + " (decoded)", model::Zone::kBody,
                  {decoded, {}});
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

  // "%34%31%31": as in links, plain characters between.
  std::size_t read_percent(std::size_t at) {
    constexpr std::size_t kFewest = 4;
    std::string bytes;
    std::size_t escapes = 0;
    std::size_t end = at;
    while (end < text_.size()) {
      const std::string_view rest = text_.substr(end);
      if (rest[0] == '%' && rest.size() > 2 && is_hex(rest[1]) && is_hex(rest[2])) {
        bytes += static_cast<char>(hex(rest[1]) * 16 + hex(rest[2]));
        ++escapes;
        end += 3;
      } else if (is_ascii_alnum(rest[0]) || rest[0] == '+' || rest[0] == '-' ||
                 rest[0] == '.' || rest[0] == '_') {
        bytes += rest[0] == '+' ? ' ' : rest[0];
        ++end;
      } else {
        break;
      }
    }
    if (escapes >= kFewest && is_clean_text(bytes)) text(bytes);
    return std::max(end, at + 1);
  }

  static unsigned hex(char c) {
    return is_ascii_digit(c) ? static_cast<unsigned>(c - '0')
                             : static_cast<unsigned>(ascii_lower(c) - 'a' + 10);
  }

  // A run of letters and digits, over line ends as long as the lines are full. The last,
  // short line may be the run's end or the first word of what follows.
  std::size_t read_letters(std::size_t at) {
    std::size_t end = at;
    while (end < text_.size() && is_base64(text_[end])) ++end;
    if (end - at < kShortestRun) return end;
    std::string run;
    end = at;
    std::size_t full = 0;  // of the run, up to the last full line
    for (;;) {
      const std::size_t line = end;
      for (; end < text_.size() && is_base64(text_[end]); ++end) run += plain(text_[end]);
      if (end - line < kShortestRun) break;
      full = run.size();
      std::size_t next = end;
      if (next < text_.size() && text_[next] == '\r') ++next;
      if (next + 1 >= text_.size() || text_[next] != '\n' ||
          !is_base64(text_[next + 1])) {
        break;
      }
      end = next + 1;
    }
    if (full > 0 && !decode_run(run) && full < run.size()) {
      decode_run(std::string_view(run).substr(0, full));
    }
    return std::max(end, at + 1);
  }

  // base64url as base64.
  static char plain(char c) { return c == '-' ? '+' : c == '_' ? '/' : c; }

  // True if it is a text or a file, encoded.
  bool decode_run(std::string_view run) {
    if (run.size() % 2 == 0 && std::all_of(run.begin(), run.end(), is_hex)) {
      std::string bytes;
      for (std::size_t i = 0; i < run.size(); i += 2) {
        bytes += static_cast<char>(hex(run[i]) * 16 + hex(run[i + 1]));
      }
      if (is_clean_text(bytes)) return text(bytes);
    }
    constexpr std::size_t kLooked = 64;  // enough to see that it is neither
    const std::string head = decode_base64(run.substr(0, kLooked)).bytes;
    const bool file = !sniff(head).type.empty();
    if (!file && std::any_of(head.begin(), head.begin() + 9, [](char c) {
          return static_cast<unsigned char>(c) < 0x20 && !is_ascii_space(c);
        })) {
      return false;
    }
    const std::string bytes = decode_base64(run).bytes;
    if (file) return member(bytes, "base64");
    return is_clean_text(bytes) && text(bytes);
  }

  bool text(const std::string& bytes) {
    ++runs_;
    out_.add_text(place_.part, place_.path + " (decoded)", model::Zone::kBody,
                  {bytes, {}});
    nested([&] {
      read_embedded_runs(bytes, place_.part, place_.path + " (decoded)", out_);
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

void read_embedded_runs(std::string_view text, const std::string& part,
                        const std::string& path, Collector& out) {
  EmbeddedReader reader(text, part, path, out);
  reader.read_undeclared();
  reader.read_runs();
}

}  // namespace noshare::extract
