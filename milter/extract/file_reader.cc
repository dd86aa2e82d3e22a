// The table of formats, and the choice among them. See file_reader.h.
#include "extract/file_reader.h"

#include <algorithm>
#include <array>
#include <span>

#include "noshare/base/text.h"

#include "extract/armour.h"
#include "extract/cms.h"
#include "extract/containers/unpacking.h"
#include "extract/converted.h"
#include "extract/documents/ole_package.h"
#include "extract/documents/outlook_message.h"
#include "extract/documents/package.h"
#include "extract/documents/rtf.h"
#include "extract/documents/structured_text.h"
#include "extract/documents/tnef.h"
#include "extract/header_block.h"
#include "extract/message_reader.h"
#include "extract/openpgp.h"
#include "extract/pictures/picture.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;
using std::string_view_literals::operator""sv;

// A type as sniff() names it, or its beginning where it ends in '*'.
struct Format {
  std::string_view type;
  FormatReader read;
};

// One row for each format that can be read.
constexpr std::array kFormats = {
    Format{"application/pkcs7-mime; smime-type=signed-data", read_cms},
    Format{"application/pkcs7-mime; smime-type=compressed-data", read_cms},
    Format{"application/vnd.openxmlformats-officedocument*", read_ooxml},
    Format{"application/vnd.oasis.opendocument*", read_opendocument},
    Format{"application/rtf", read_rtf},
    Format{"application/vnd.ms-outlook", read_outlook_message},
    Format{"application/x-ole-package", read_ole_package},
    Format{"application/ms-tnef", read_tnef},
    Format{"application/pdf", read_pdf},
    Format{"application/x-ole-storage", read_old_office},
    Format{"image/*", read_picture},
    Format{"application/epub+zip", read_zip},
    Format{"application/zip", read_zip},
    Format{"application/java-archive", read_zip},
    Format{"application/x-7z-compressed", read_archive},
    Format{"application/vnd.rar", read_archive},
    Format{"application/vnd.ms-cab-compressed", read_archive},
    Format{"application/x-archive", read_archive},
    Format{"application/x-arj", read_arj},
    Format{"application/pgp-encrypted", read_openpgp},
    Format{"application/x-tar", read_archive},
    Format{"application/x-cpio", read_archive},
    Format{"application/x-lzh-compressed", read_archive},
    Format{"application/x-iso9660-image", read_archive},
    Format{"application/x-xar", read_archive},
    Format{"application/zlib", read_zlib},
    Format{"application/gzip", read_compressed},
    Format{"application/x-bzip2", read_compressed},
    Format{"application/x-xz", read_compressed},
    Format{"application/zstd", read_compressed},
    Format{"application/x-lzma", read_compressed},
    Format{"application/x-lzip", read_compressed},
    Format{"application/x-lz4", read_compressed},
    Format{"application/x-compress", read_compressed},
};

bool fits(std::string_view pattern, std::string_view type) {
  if (pattern.ends_with('*')) {
    return type.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return pattern == type;
}

void read_as_text(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (read_structured(bytes, place, out)) return;
  TextFacts facts;
  const std::string path = ascii_lowered(place.path);
  facts.html =
      looks_like_html(bytes) || path.ends_with(".html") || path.ends_with(".htm");
  facts.zone = Zone::kDocument;
  facts.depth = place.depth;
  read_text(bytes, facts, place.part, place.path, out);
}

// What a person looks at or listens to. Nearly every mail carries a logo, so it is told
// apart from files that hold text in a form that nobody here can read.
bool is_media(std::string_view type) {
  constexpr std::array<std::string_view, 4> kKinds = {"image/", "audio/", "video/",
                                                      "font/"};
  return std::any_of(kKinds.begin(), kKinds.end(),
                     [&](std::string_view kind) { return type.starts_with(kind); });
}

// Programs accept a PDF file whose header stands in its first kilobyte (ISO 32000-1, note
// 3 of annex H), whatever comes before: nothing that says more of the file's type.
bool has_late_pdf(std::string_view bytes) {
  constexpr std::size_t kFarthest = 1024;
  const std::size_t header = bytes.substr(0, kFarthest + 5).find("%PDF-");
  return header != std::string_view::npos && header > 0 &&
         bytes.find("endobj", header) != std::string_view::npos &&
         bytes.find("%%EOF", header) != std::string_view::npos;
}

void note_protection(const Sniffed& found, Collector& out) {
  if (!found.type.starts_with("application/pkcs7-mime")) return;
  if (found.encrypted) out.saw_encrypted_content = true;
  if (found.type.ends_with("signed-data")) out.extracted().is_signed = true;
}

}  // namespace

FilePlace FilePlace::inside(std::string_view name) const {
  return {part, path + std::string(kPathSeparator) + one_line(name), depth + 1};
}

void read_appended_zip(std::string_view bytes, const FilePlace& place, Collector& out) {
  constexpr std::size_t kLongestTail = 22 + 0xFFFF;  // the end record and its comment
  if (bytes.starts_with("PK") || place.depth >= out.limits().depth) return;
  const std::size_t tail = bytes.size() - std::min(bytes.size(), kLongestTail);
  if (bytes.substr(tail).find("PK\x05\x06") == std::string_view::npos) return;
  if (bytes.rfind("PK\x01\x02") == std::string_view::npos) return;
  read_zip(bytes, {place.part, place.path, place.depth + 1}, out);
}

namespace {

// Archives behind a program or a picture, as self-extracting ones and what hides there.
void read_appended_archives(std::string_view bytes, const FilePlace& place,
                            Collector& out) {
  constexpr std::array<std::string_view, 3> kSigns = {"7z\xBC\xAF\x27\x1C",
                                                      "Rar!\x1A\x07", "MSCF\0\0\0\0"sv};
  if (place.depth >= out.limits().depth) return;
  for (std::string_view sign : kSigns) {
    const std::size_t at = bytes.find(sign, 1);
    if (at == std::string_view::npos) continue;
    const std::string_view archive = bytes.substr(at);
    const FilePlace inside{place.part, place.path, place.depth + 1};
    read_format(sniff(archive), archive, inside, out);
  }
  // Right behind a picture's end.
  constexpr std::array<std::string_view, 3> kEnds = {"IEND\xAE\x42\x60\x82", "\xFF\xD9",
                                                     "\0;"sv};
  constexpr std::string_view kGzip = "\x1F\x8B\x08";
  for (std::string_view end : kEnds) {
    const std::size_t at = bytes.find(std::string(end) + std::string(kGzip));
    if (at == std::string_view::npos) continue;
    const FilePlace inside{place.part, place.path, place.depth + 1};
    read_compressed(bytes.substr(at + end.size()), inside, out);
  }
}

bool may_hold_archives(std::string_view type) {
  return is_media(type) || type == "application/x-elf" ||
         type == "application/vnd.microsoft.portable-executable";
}

}  // namespace

void read_strings(std::string_view bytes, const FilePlace& place, Collector& out) {
  constexpr std::size_t kShortest = 9;  // an identity number
  constexpr std::ptrdiff_t kFewestDigits = 9;
  constexpr std::size_t kMostBytes = 1U << 20U;
  std::string found;
  std::string run;
  const auto finish = [&] {
    if (run.size() >= kShortest &&
        std::count_if(run.begin(), run.end(), is_ascii_digit) >= kFewestDigits) {
      found.append(run).append("\n");
    }
    run.clear();
  };
  bool wide = false;  // UTF-16: a NUL behind each character
  for (std::size_t i = 0; i < bytes.size() && found.size() < kMostBytes; ++i) {
    const char c = bytes[i];
    if ((c >= ' ' && c < 127) || c == '\t') {
      if (run.empty()) wide = i + 1 < bytes.size() && bytes[i + 1] == '\0';
      run += c;
      if (wide && i + 1 < bytes.size() && bytes[i + 1] == '\0') ++i;
    } else {
      finish();
    }
  }
  finish();
  out.add_text(place.part, place.path + " (strings)", Zone::kMetadata,
               {std::move(found), {}});
}

void read_format(const Sniffed& found, std::string_view bytes, const FilePlace& place,
                 Collector& out) {
  note_protection(found, out);
  const bool late_pdf =
      (found.type.empty() || is_media(found.type)) && has_late_pdf(bytes);
  if (late_pdf) read_pdf(bytes, place, out);
  if (may_hold_archives(found.type)) read_appended_archives(bytes, place, out);
  for (const Format& format : std::span<const Format>(kFormats)) {
    if (!fits(format.type, found.type)) continue;
    format.read(bytes, place, out);
    // Behind a picture, and in chunks that its reader does not know.
    if (is_media(found.type)) read_strings(bytes, place, out);
    return read_appended_zip(bytes, place, out);
  }
  UnreadableReason reason = UnreadableReason::kUnsupported;
  if (is_media(found.type)) reason = UnreadableReason::kMedia;
  if (found.encrypted) reason = UnreadableReason::kEncrypted;
  if (!late_pdf) {
    out.add_unreadable(place.part, place.path, reason,
                       found.type.empty() ? "application/octet-stream" : found.type);
  }
  if (!found.encrypted) read_strings(bytes, place, out);
  if (found.type.empty() && bytes.starts_with("\x30\x82")) {  // a certificate, or a key
    out.add_text(place.part, place.path, Zone::kMetadata,
                 {to_valid_utf8(der_texts(bytes)), {}});
  }
  read_appended_zip(bytes, place, out);
}

void read_file(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (!out.time_left()) return;
  if (looks_like_message(bytes) && !is_mail_box(bytes)) {
    const std::string inside = place.path + std::string(kPathSeparator);
    read_message(bytes, {place.part, inside, place.depth}, out);
    return;
  }
  const Sniffed found = sniff(bytes);
  if (found.type.empty() && is_texty(bytes)) {
    read_as_text(bytes, place, out);
    read_appended_zip(bytes, place, out);
    if (has_late_pdf(bytes)) read_pdf(bytes, place, out);
  } else {
    read_format(found, bytes, place, out);
  }
}

void read_member(std::string_view bytes, std::string_view name, const FilePlace& holder,
                 Collector& out) {
  const std::string text = to_valid_utf8(name);
  const FilePlace place = holder.inside(text);
  out.add_text(place.part, place.path, Zone::kFilename, {text, {}});
  if (place.depth > out.limits().depth) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kTooDeep,
                       "files nested too deeply");
    return;
  }
  read_file(bytes, place, out);
}

}  // namespace noshare::extract
