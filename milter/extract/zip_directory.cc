// Reads the local and central headers of a zip file. See zip_directory.h.
#include "extract/zip_directory.h"

#include "extract/containers/little_endian.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kLocal = "PK\x03\x04"sv;
constexpr std::string_view kCentral = "PK\x01\x02"sv;
constexpr std::size_t kMostMembers = 100'000;

// What the name of a member says about the whole file.
std::string_view type_by_member(std::string_view name) {
  if (name.starts_with("word/")) {
    return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  }
  if (name.starts_with("xl/")) {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  if (name.starts_with("ppt/")) {
    return "application/vnd.openxmlformats-officedocument.presentationml.presentation";
  }
  if (name == "META-INF/MANIFEST.MF") return "application/java-archive";
  return "";
}

// OpenDocument and EPUB files store their type as the first member, unpacked.
std::string_view type_by_mimetype(std::string_view bytes) {
  constexpr std::string_view kName = "mimetype";
  constexpr std::size_t kHeader = 30;
  if (bytes.size() < kHeader + kName.size() ||
      bytes.substr(kHeader, kName.size()) != kName) {
    return "";
  }
  const std::size_t begin = kHeader + kName.size() + u16_at(bytes, 28);
  if (begin >= bytes.size()) return "";
  const std::string_view content = bytes.substr(begin, 80);
  for (std::string_view known :
       {"application/epub+zip"sv, "application/vnd.oasis.opendocument.text"sv,
        "application/vnd.oasis.opendocument.spreadsheet"sv,
        "application/vnd.oasis.opendocument.presentation"sv}) {
    if (content.starts_with(known)) return known;
  }
  return "";
}

struct Layout {
  std::size_t size;   // of the fixed part
  std::size_t flags;  // offsets of its fields
  std::size_t name_length;
  std::size_t extra_length;
};
constexpr Layout kLocalLayout = {30, 6, 26, 28};
constexpr Layout kCentralLayout = {46, 8, 28, 30};

void look_at(std::string_view header, const Layout& layout, ZipSummary& summary) {
  if (header.size() < layout.size) return;
  if ((u16_at(header, layout.flags) & 1U) != 0) summary.encrypted = true;
  const std::string_view name =
      header.substr(layout.size, u16_at(header, layout.name_length));
  const std::string_view type = type_by_member(name);
  if (!type.empty()) summary.type = type;
}

}  // namespace

ZipSummary summarise_zip(std::string_view bytes) {
  ZipSummary summary;
  if (bytes.starts_with(kLocal)) {
    look_at(bytes, kLocalLayout, summary);
    const std::string_view type = type_by_mimetype(bytes);
    if (!type.empty()) summary.type = type;
  }
  std::size_t members = 0;
  for (std::size_t at = bytes.find(kCentral); at != std::string_view::npos;
       at = bytes.find(kCentral, at + kCentral.size())) {
    look_at(bytes.substr(at), kCentralLayout, summary);
    if (++members == kMostMembers) break;
  }
  return summary;
}

}  // namespace noshare::extract
