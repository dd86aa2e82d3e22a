#include "extract/pictures/exif.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>

#include "noshare/base/text.h"

#include "extract/charset.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

// TIFF 6.0 section 2; Exif 2.32 section 4.6.
enum FieldType : std::uint16_t { kByte = 1, kAscii = 2, kRational = 5, kUndefined = 7 };
enum Tag : std::uint16_t {
  kLatitudeSide = 1,
  kLatitude = 2,
  kLongitudeSide = 3,
  kLongitude = 4,
  kExifFolder = 0x8769,
  kGpsFolder = 0x8825,
  kUserComment = 0x9286,
  kFirstWindows = 0x9C9B,  // title, comment, author, keywords, subject: UTF-16
  kLastWindows = 0x9C9F,
};

struct Label {
  std::uint16_t tag;
  std::string_view name;
};
constexpr std::array kLabels = {
    Label{0x010D, "Document"},    Label{0x010E, "Description"},
    Label{0x013B, "Artist"},      Label{0x013C, "Computer"},
    Label{0x8298, "Copyright"},   Label{0xA430, "Owner"},
    Label{0xA431, "Body number"}, Label{kUserComment, "Comment"},
    Label{0x9C9B, "Title"},       Label{0x9C9C, "Comment"},
    Label{0x9C9D, "Author"},      Label{0x9C9E, "Keywords"},
    Label{0x9C9F, "Subject"},
};
// Makes of cameras, programs and times tell of no person.
constexpr std::array<std::uint16_t, 6> kUntold = {0x010F, 0x0110, 0x0131,
                                                  0x0132, 0x9003, 0x9004};

std::string_view label_of(std::uint16_t tag) {
  for (const Label& label : kLabels) {
    if (label.tag == tag) return label.name;
  }
  return "Text";
}

class Exif {
 public:
  explicit Exif(std::string_view bytes) : bytes_(bytes), big_(bytes.starts_with("MM")) {}

  std::string text() {
    if (!bytes_.starts_with("II*\0"sv) && !bytes_.starts_with("MM\0*"sv)) return "";
    std::size_t next = number32(4);
    for (int page = 0; page < kMostFolders && next != 0; ++page) next = folder(next, 0);
    if (latitude_ && longitude_) {
      char line[80];
      const int size = std::snprintf(line, sizeof line, "GPS position: %.6f, %.6f\n",
                                     *latitude_, *longitude_);
      text_.append(line, static_cast<std::size_t>(size));
    }
    return std::move(text_);
  }

 private:
  static constexpr int kMostFolders = 16;
  static constexpr std::size_t kMostDecoded = 4U << 20U;  // values may overlap
  static constexpr std::size_t kEntry = 12;

  std::uint32_t number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || bytes_.size() - at < size) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t place = big_ ? i : size - 1 - i;
      value = value << 8U | static_cast<std::uint8_t>(bytes_[at + place]);
    }
    return value;
  }
  std::uint16_t number16(std::size_t at) const {
    return static_cast<std::uint16_t>(number(at, 2));
  }
  std::uint32_t number32(std::size_t at) const { return number(at, 4); }

  // The place of the next folder, 0 if there is none.
  std::size_t folder(std::size_t at, std::uint16_t kind) {
    if (++folders_ > kMostFolders || at + 2 > bytes_.size()) return 0;
    const std::size_t count = number16(at);
    at += 2;
    for (std::size_t i = 0; i < count; ++i, at += kEntry) {
      if (at + kEntry > bytes_.size()) return 0;
      field(at, kind);
    }
    return number32(at);
  }

  void field(std::size_t at, std::uint16_t kind) {
    const std::uint16_t tag = number16(at);
    const std::uint16_t type = number16(at + 2);
    if (kind == 0 && (tag == kExifFolder || tag == kGpsFolder)) {
      folder(number32(at + 8), tag);
      return;
    }
    const std::size_t size = std::size_t{number32(at + 4)} * (type == kRational ? 8 : 1);
    const std::size_t place = size <= 4 ? at + 8 : number32(at + 8);
    if (place > bytes_.size() || bytes_.size() - place < size) return;
    decoded_ += size;
    if (decoded_ > kMostDecoded) return;
    const std::string_view value = bytes_.substr(place, size);
    if (kind == kGpsFolder) {
      position(tag, place, value);
    } else if (std::find(kUntold.begin(), kUntold.end(), tag) == kUntold.end()) {
      put(tag, type, value);
    }
  }

  void put(std::uint16_t tag, std::uint16_t type, std::string_view value) {
    std::string decoded;
    if (type == kAscii) {
      decoded = to_text(value, "utf-8");
    } else if (tag == kUserComment && type == kUndefined && value.size() > 8) {
      const bool wide = value.starts_with("UNICODE");
      decoded =
          to_text(value.substr(8), wide ? (big_ ? "utf-16be" : "utf-16le") : "utf-8");
    } else if (tag >= kFirstWindows && tag <= kLastWindows && type == kByte) {
      decoded = to_text(value, "utf-16le");
    }
    if (trimmed(decoded).empty()) return;
    text_ += label_of(tag);
    text_ += ": " + decoded + "\n";
  }

  static std::string to_text(std::string_view bytes, std::string_view charset) {
    std::string text = decode_charset(bytes, charset, false).text.text;
    text.resize(std::min(text.find('\0'), text.size()));
    return text;
  }

  // Degrees, minutes and seconds, each a fraction.
  std::optional<double> degrees(std::size_t at, std::size_t size) const {
    double sum = 0;
    double unit = 1;
    for (std::size_t i = 0; i + 8 <= size && i < 24; i += 8, unit *= 60) {
      const double below = number32(at + i + 4);
      if (below > 0) sum += number32(at + i) / below / unit;
    }
    if (size < 8 || sum > 360) return std::nullopt;
    return sum;
  }

  void position(std::uint16_t tag, std::size_t place, std::string_view value) {
    const bool negative = value.starts_with('S') || value.starts_with('W');
    switch (tag) {
      case kLatitudeSide:
        south_ = negative;
        break;
      case kLongitudeSide:
        west_ = negative;
        break;
      case kLatitude:
        latitude_ = degrees(place, value.size());
        if (latitude_ && south_) latitude_ = -*latitude_;
        break;
      case kLongitude:
        longitude_ = degrees(place, value.size());
        if (longitude_ && west_) longitude_ = -*longitude_;
        break;
      default:
        break;
    }
  }

  std::string_view bytes_;
  bool big_;
  std::string text_;
  int folders_ = 0;
  std::size_t decoded_ = 0;
  bool south_ = false;
  bool west_ = false;
  std::optional<double> latitude_;
  std::optional<double> longitude_;
};

}  // namespace

std::string exif_text(std::string_view tiff) { return Exif(tiff).text(); }

}  // namespace noshare::extract
