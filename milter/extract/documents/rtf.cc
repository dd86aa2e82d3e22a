// One pass over control words, groups and text. See rtf.h.
#include "extract/documents/rtf.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/disguise/view_lines.h"
#include "extract/documents/ole_package.h"
#include "extract/embedded.h"

namespace noshare::extract {
namespace {

using model::Zone;
using std::string_view_literals::operator""sv;

constexpr std::size_t kMostGroups = 4096;  // deeper ones share the state of the last

// Destinations without text for people.
constexpr std::array kSilent = {"fonttbl"sv,
                                "colortbl"sv,
                                "stylesheet"sv,
                                "pict"sv,
                                "listtable"sv,
                                "objdata"sv,
                                "themedata"sv,
                                "datastore"sv,
                                "colorschememapping"sv,
                                "latentstyles"sv,
                                "generator"sv,
                                "rsidtbl"sv,
                                "listoverridetable"sv,
                                "xmlnstbl"sv,
                                "fontemb"sv,
                                "fontfile"sv,
                                "filetbl"sv,
                                "revtbl"sv,
                                "mmathPr"sv,
                                "pgptbl"sv,
                                "wgrffmtfilter"sv,
                                "pnseclvl"sv};

struct Group {
  bool silent = false;
  bool metadata = false;      // inside \info
  bool object = false;        // inside \objdata
  bool unseen = false;        // deleted, hidden, or a note beside the text
  bool aside = false;         // such a note begins with this group
  bool pairs = false;         // its groups are a name and a value
  bool colors = false;        // inside \colortbl
  bool white = false;         // text in the colour of paper
  bool tiny = false;          // too small to be read
  unsigned skip_after_u = 1;  // \uc: characters that stand for one \u
};

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

class RtfReader {
 public:
  RtfReader(std::string_view bytes, Collector& out) : bytes_(bytes), out_(out) {}

  void read() {
    while (at_ < bytes_.size()) {
      if (at_ % (64 << 10) == 0 && !out_.time_left()) break;
      step();
    }
    flush();
  }

  std::string& text() { return text_; }
  // Lines of the text as they are shown, where that is otherwise.
  std::string shown_lines() const {
    TextBuilder lines(false);
    if (odd_) append_new_lines(shown_, text_, lines);
    return lines.finish(shown_.size()).text;
  }
  const std::vector<std::string>& objects() const { return objects_; }
  std::string& metadata() { return metadata_; }

 private:
  Group& group() { return groups_.back(); }

  void step() {
    const char c = bytes_[at_++];
    switch (c) {
      case '{':
        flush();
        if (group().pairs) text_ += '\n';
        if (groups_.size() < kMostGroups) {
          groups_.push_back(group());
          group().aside = group().pairs = false;
        }
        return;
      case '}':
        flush();
        end_silent();
        if (group().aside) text_ += '\n';
        if (groups_.size() > 1) groups_.pop_back();
        return;
      case '\\':
        return control();
      case '\r':
      case '\n':
        return;
      default:
        return put_byte(c);
    }
  }

  void control() {
    if (at_ >= bytes_.size()) return;
    const char c = bytes_[at_];
    if (is_ascii_alpha(c)) return word();
    ++at_;
    switch (c) {
      case '\'':
        return hex_byte();
      case '*':  // "leave this out if you do not know it"
        optional_ = true;
        return;
      case '~':
        return put(" ");
      case '_':
        return put("-");
      case '\r':
      case '\n':
        return put("\n");
      case '\\':
      case '{':
      case '}':
        return put_byte(c);
      default:  // \- optional hyphen, \: \| index entries
        return;
    }
  }

  void hex_byte() {
    if (at_ + 2 > bytes_.size()) return;
    const int high = hex_value(bytes_[at_]);
    const int low = hex_value(bytes_[at_ + 1]);
    if (high < 0 || low < 0) return;
    at_ += 2;
    put_byte(static_cast<char>(high * 16 + low));
  }

  void word() {
    const std::size_t begin = at_;
    while (at_ < bytes_.size() && is_ascii_alpha(bytes_[at_])) ++at_;
    const std::string_view name = bytes_.substr(begin, at_ - begin);
    const bool negative = at_ < bytes_.size() && bytes_[at_] == '-';
    if (negative) ++at_;
    int number = 0;
    bool given = false;
    for (; at_ < bytes_.size() && is_ascii_digit(bytes_[at_]); ++at_) {
      if (number < 100'000'000) number = number * 10 + (bytes_[at_] - '0');
      given = true;
    }
    if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
    act(name, negative ? -number : number, given);
  }

  void act(std::string_view name, int number, bool given) {
    // Programs know some, in which text for people may stand.
    constexpr std::array kKnown = {"shpinst"sv, "shppict"sv,    "do"sv,
                                   "ud"sv,      "dptxbxtext"sv, "background"sv};
    if (std::exchange(optional_, false) &&
        std::find(kKnown.begin(), kKnown.end(), name) == kKnown.end()) {
      flush();
      text_ += '\n';
      group().unseen = group().aside = odd_ = true;
    }
    if (name == "fs" || name == "plain") {
      constexpr int kReadable = 5;  // half points
      flush();
      group().tiny = name == "fs" && given && number < kReadable;
      odd_ = odd_ || group().tiny;
    }
    if (name == "u" && given) return unicode(number);
    if (name == "uc")
      group().skip_after_u = static_cast<unsigned>(std::clamp(number, 0, 8));
    if (name == "ansicpg" && number > 0) charset_ = "windows-" + std::to_string(number);
    if (name == "bin" && number > 0) {
      at_ += std::min(static_cast<std::size_t>(number), bytes_.size() - at_);
    }
    // \htmltag: tags of a mail that was HTML ([MS-OXRTFEX]); text in between is the
    // mail's.
    if (name == "info" || name == "htmltag") group().metadata = true;
    if (name == "objdata") {
      group().object = true;
      if (objects_.size() < kMostObjects) objects_.emplace_back();
    }
    hide(name, number, given);
    color(name, number);
    if (name == "docvar" || name == "userprops") group().pairs = true;
    if (std::find(kSilent.begin(), kSilent.end(), name) != kSilent.end()) {
      group().silent = true;
    }
    constexpr std::array kLines = {"par"sv,      "line"sv,     "row"sv,      "page"sv,
                                   "sect"sv,     "title"sv,    "author"sv,   "subject"sv,
                                   "operator"sv, "manager"sv,  "company"sv,  "keywords"sv,
                                   "doccomm"sv,  "propname"sv, "staticval"sv};
    if (std::find(kLines.begin(), kLines.end(), name) != kLines.end()) put("\n");
    if (name == "tab" || name == "cell" || name == "nestcell") put("\t");
    if (name == "emdash" || name == "endash") put("-");
  }

  // What is not shown where it stands: hidden and deleted text, notes, fields' codes.
  void hide(std::string_view name, int number, bool given) {
    if (name == "v" || name == "deleted") {
      flush();
      group().unseen = !given || number != 0;
      odd_ = true;
    }
    constexpr std::array kAside = {"footnote"sv, "annotation"sv, "fldinst"sv};
    if (std::find(kAside.begin(), kAside.end(), name) != kAside.end()) {
      flush();
      text_ += '\n';
      group().unseen = group().aside = odd_ = true;
    }
  }

  // \red, \green, \blue of a table whose entries end in ";"; \cf chooses one.
  void color(std::string_view name, int number) {
    if (name == "colortbl") group().colors = true;
    if (group().colors) {
      constexpr int kPaper = 250;  // and brighter
      bright_ += (name == "red" || name == "green" || name == "blue") && number >= kPaper;
    } else if (name == "cf" || name == "plain") {
      flush();
      const auto index = static_cast<std::size_t>(std::max(number, 0));
      group().white = name == "cf" && index < white_.size() && white_[index];
      odd_ = odd_ || group().white;
    }
  }

  // The spec writes code points above 32,767 as negative numbers, pairs as surrogates.
  void unicode(int number) {
    const auto unit = static_cast<char32_t>(number < 0 ? number + 65'536 : number);
    flush();
    std::string text;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_surrogate_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high_surrogate_ != 0) {
        append_utf8(text, 0x10000 + ((high_surrogate_ - 0xD800) << 10) + (unit - 0xDC00));
      }
      high_surrogate_ = 0;
    } else {
      append_utf8(text, unit);
    }
    put(text);
    skip_ = group().skip_after_u;
  }

  void put_byte(char c) {
    if (group().object) {
      put_object_byte(c);
    } else if (group().colors && c == ';') {
      white_.push_back(std::exchange(bright_, 0) == 3);
    } else if (skip_ > 0) {
      --skip_;
    } else if (!group().silent) {
      pending_ += c;
    } else if (silent_.size() < kMostSilent) {
      silent_ += c;
    }
  }

  // Names of styles and fonts, marks of lists: worth telling where they tell of a number.
  void end_silent() {
    if (says_number(silent_)) metadata_.append(to_valid_utf8(silent_)).append("\n");
    silent_.clear();
  }

  void put(std::string_view text) {
    flush();
    if (!group().silent) append(text);
  }

  void append(std::string_view text) {
    target() += text;
    const Group& g = group();
    if (!g.metadata && !g.unseen && !g.white && !g.tiny) shown_ += text;
  }

  // Objects are written in hexadecimal digits.
  void put_object_byte(char c) {
    if (objects_.empty() || hex_value(c) < 0) return;
    if (std::exchange(half_, !half_)) {
      objects_.back() += static_cast<char>(high_ * 16 + hex_value(c));
    } else {
      high_ = hex_value(c);
    }
  }

  std::string& target() { return group().metadata ? metadata_ : text_; }

  // Bytes are gathered before they are decoded: some charsets take two for a character.
  void flush() {
    if (pending_.empty()) return;
    append(is_ascii(pending_) ? pending_
                              : decode_charset(pending_, charset_, false).text.text);
    pending_.clear();
  }

  std::string_view bytes_;
  Collector& out_;
  std::size_t at_ = 0;
  std::vector<Group> groups_ = {Group{}};
  std::string charset_ = "windows-1252";
  std::string pending_;
  std::string text_;
  std::string metadata_;
  static constexpr std::size_t kMostSilent = 4096;
  std::string silent_;  // of the group, where it is for no people
  char32_t high_surrogate_ = 0;
  unsigned skip_ = 0;
  static constexpr std::size_t kMostObjects = 100;
  std::vector<std::string> objects_;
  std::vector<bool> white_;  // colours of the table
  int bright_ = 0;           // parts of the colour that is being read
  bool half_ = false;        // of a byte of an object
  int high_ = 0;
  std::string shown_;
  bool odd_ = false;       // something is not shown
  bool optional_ = false;  // the next word may be left out, and its group
};

}  // namespace

void read_rtf(std::string_view bytes, const FilePlace& place, Collector& out) {
  RtfReader reader(bytes, out);
  reader.read();
  add_with_runs(place, Zone::kDocument, std::move(reader.text()), out);
  add_with_runs(place.inside("properties"), Zone::kMetadata, std::move(reader.metadata()),
                out);
  out.add_text(place.part, place.path + std::string(kAsShown), Zone::kDocument,
               {reader.shown_lines(), {}});
  for (const std::string& object : reader.objects()) {
    if (!out.time_left() || !out.count_part()) return;
    read_embedded_object(object, place, out);
  }
}

}  // namespace noshare::extract
