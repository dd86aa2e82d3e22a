// Signatures of file types. See sniff.h.
#include "extract/sniff.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/inflate.h"
#include "extract/openpgp.h"
#include "extract/zip_directory.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  std::string_view type;
};

// Sources: the formats' own specifications; longer signatures stand before shorter ones.
constexpr std::array kSignatures = {
    Signature{0, "%PDF-"sv, "application/pdf"},
    Signature{0, "PK\x03\x04"sv, "application/zip"},
    Signature{0, "PK\x05\x06"sv, "application/zip"},
    Signature{0, "PK\x07\x08"sv, "application/zip"},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "application/x-7z-compressed"},
    Signature{0, "Rar!\x1A\x07"sv, "application/vnd.rar"},
    Signature{0, "\x1F\x8B\x08"sv, "application/gzip"},
    Signature{0, "BZh"sv, "application/x-bzip2"},
    Signature{0, "\xFD\x37zXZ\0"sv, "application/x-xz"},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "application/zstd"},
    Signature{0, "LZIP\x01"sv, "application/x-lzip"},
    Signature{0, "\x04\x22\x4D\x18"sv, "application/x-lz4"},
    Signature{0, "\x1F\x9D"sv, "application/x-compress"},
    Signature{0, "\x5D\0\0"sv, "application/x-lzma"},
    Signature{0, "\x78\x01"sv, "application/zlib"},
    Signature{0, "\x78\x5E"sv, "application/zlib"},
    Signature{0, "\x78\x9C"sv, "application/zlib"},
    Signature{0, "\x78\xDA"sv, "application/zlib"},
    Signature{0, "xar!\0"sv, "application/x-xar"},
    Signature{0, "070701"sv, "application/x-cpio"},
    Signature{0, "070702"sv, "application/x-cpio"},
    Signature{0, "070707"sv, "application/x-cpio"},
    Signature{0, "\xC7\x71"sv, "application/x-cpio"},
    Signature{0, "\x60\xEA"sv, "application/x-arj"},
    Signature{7, "**ACE**"sv, "application/x-ace"},
    Signature{0, "MSCF\0\0\0\0"sv, "application/vnd.ms-cab-compressed"},
    Signature{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, "application/x-ole-storage"},
    Signature{0, "{\\rt"sv, "application/rtf"},
    Signature{0, "\x89PNG\r\n\x1A\n"sv, "image/png"},
    Signature{0, "\xFF\xD8\xFF"sv, "image/jpeg"},
    Signature{0, "GIF87a"sv, "image/gif"},
    Signature{0, "GIF89a"sv, "image/gif"},
    Signature{0, "II*\0"sv, "image/tiff"},
    Signature{0, "MM\0*"sv, "image/tiff"},
    Signature{8, "WEBP"sv, "image/webp"},
    Signature{0, "\0\0\x01\0"sv, "image/vnd.microsoft.icon"},
    Signature{0, "8BPS"sv, "image/vnd.adobe.photoshop"},
    Signature{8, "WAVE"sv, "audio/wav"},
    Signature{8, "AVI "sv, "video/x-msvideo"},
    Signature{4, "ftyp"sv, "video/mp4"},
    Signature{0, "ID3"sv, "audio/mpeg"},
    Signature{0, "OggS"sv, "audio/ogg"},
    Signature{0, "fLaC"sv, "audio/flac"},
    Signature{0, "\x1A\x45\xDF\xA3"sv, "video/webm"},
    Signature{0, "wOFF"sv, "font/woff"},
    Signature{0, "wOF2"sv, "font/woff2"},
    Signature{0, "OTTO"sv, "font/otf"},
    Signature{0, "\0\x01\0\0\0"sv, "font/ttf"},
    Signature{0, "\x7F\x45LF"sv, "application/x-elf"},
    Signature{0, "MZ"sv, "application/vnd.microsoft.portable-executable"},
    Signature{0, "\xCA\xFE\xBA\xBE"sv, "application/java-vm"},
    Signature{0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    Signature{0, "%!PS"sv, "application/postscript"},
    Signature{0, "\x78\x9F\x3E\x22"sv, "application/ms-tnef"},
    Signature{0, "!BDN"sv, "application/vnd.ms-outlook-pst"},
    Signature{0, "!<arch>\n"sv, "application/x-archive"},
    Signature{257, "ustar"sv, "application/x-tar"},
    Signature{2, "-lh"sv, "application/x-lzh-compressed"},
    Signature{0x8001, "CD001"sv, "application/x-iso9660-image"},
    Signature{0, "\0\x05\x16\x07"sv, "application/applefile"},
    Signature{0, "Salted__"sv, "application/x-openssl-encrypted"},
    Signature{0, "age-encryption.org/v1"sv, "application/x-age-encrypted"},
    Signature{0, "\x03\xD9\xA2\x9A"sv, "application/x-keepass-encrypted"},
    Signature{0, "BM"sv, "image/bmp"},
};

// A bitmap's second header says how long it is: one of these
// sizes (Windows GDI, "Bitmap Header Types"). White pixels look like text.
bool is_bitmap(std::string_view bytes) {
  constexpr std::array<std::uint8_t, 7> kSizes = {12, 40, 52, 56, 64, 108, 124};
  constexpr std::size_t kSizeAt = 14;
  return bytes.starts_with("BM") && bytes.size() > kSizeAt + 4 &&
         bytes.substr(kSizeAt + 1, 3) == "\0\0\0"sv &&
         std::find(kSizes.begin(), kSizes.end(),
                   static_cast<std::uint8_t>(bytes[kSizeAt])) != kSizes.end();
}

// "BM" and "MZ" begin words, too; what follows must not be text.
bool is_too_short(const Signature& signature) { return signature.bytes.size() < 3; }

std::string utf16_name(std::string_view ascii) {
  std::string name;
  for (char c : ascii) {
    name += c;
    name += '\0';
  }
  return name;
}

// [MS-OXMSG] section 2.4: the stream that every message has.
bool is_outlook_message(std::string_view type, std::string_view bytes) {
  return type == "application/x-ole-storage" &&
         bytes.find(utf16_name("__properties_version1.0")) != std::string_view::npos;
}

// [MS-OLEDS]: the streams of a packaged file, in no document that has some of its own.
bool is_ole_package(std::string_view type, std::string_view bytes) {
  if (type != "application/x-ole-storage") return false;
  const auto has = [&](std::string_view name) {
    return bytes.find(utf16_name(name)) != std::string_view::npos;
  };
  return (has("\1Ole10Native") || has("Package") || has("CONTENTS")) &&
         !has("WordDocument") && !has("Workbook") && !has("PowerPoint Document") &&
         !has("EncryptedPackage");
}

bool is_encrypted(std::string_view type, std::string_view bytes) {
  if (type.ends_with("-encrypted")) return true;
  if (type == "application/pdf") return bytes.find("/Encrypt") != std::string_view::npos;
  if (type == "application/x-ole-storage") {
    // ECMA-376 documents with a password: [MS-OFFCRYPTO] section 2.3.4.4.
    return bytes.find(utf16_name("EncryptedPackage")) != std::string_view::npos;
  }
  if (type == "application/x-7z-compressed") {
    // The AES coder's id in the end header; if that is packed, the id cannot be seen.
    return bytes.find("\x06\xF1\x07\x01"sv) != std::string_view::npos;
  }
  return false;
}

// Readers of PDF look for its head in the first kilobyte (ISO 32000-1, annex H.3.4.1).
bool is_late_pdf(std::string_view bytes) {
  constexpr std::size_t kLooked = 1024;
  return bytes.substr(0, kLooked).find("%PDF-") != std::string_view::npos &&
         bytes.find(" obj") != std::string_view::npos &&
         bytes.find("%%EOF") != std::string_view::npos;
}

// Tar of before POSIX has no signature, but a checksum in octal digits.
bool is_old_tar(std::string_view bytes) {
  constexpr std::size_t kBlock = 512;
  constexpr std::size_t kChecksum = 148;
  constexpr std::size_t kDigits = 8;
  if (bytes.size() < kBlock || bytes[0] == '\0') return false;
  unsigned said = 0;
  bool any = false;
  for (const char c : bytes.substr(kChecksum, kDigits)) {
    if (c == ' ' || c == '\0') continue;
    if (c < '0' || c > '7') return false;
    said = said * 8 + static_cast<unsigned>(c - '0');
    any = true;
  }
  unsigned sum = kDigits * ' ';
  for (std::size_t i = 0; i < kBlock; ++i) {
    if (i < kChecksum || i >= kChecksum + kDigits) {
      sum += static_cast<unsigned char>(bytes[i]);
    }
  }
  return any && said == sum;
}

// CMS (RFC 5652): a DER sequence whose first element names the kind of content.
std::string_view cms_type(std::string_view bytes) {
  constexpr std::size_t kLooked = 32;
  const std::string_view head = bytes.substr(0, kLooked);
  if (!head.starts_with('\x30')) return "";
  if (head.find("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03"sv) != std::string_view::npos ||
      head.find("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x17"sv) !=
          std::string_view::npos) {
    return "application/pkcs7-mime; smime-type=enveloped-data";
  }
  if (head.find("\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x01\x09"sv) !=
      std::string_view::npos) {
    return "application/pkcs7-mime; smime-type=compressed-data";
  }
  if (head.find("\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"sv) != std::string_view::npos) {
    return "application/pkcs7-mime; smime-type=signed-data";
  }
  return "";
}

// Without the bytes of a character that the end cuts in two.
std::string_view without_cut_character(std::string_view head) {
  for (int i = 0; i < 3 && !head.empty() && (head.back() & 0x80) != 0; ++i) {
    head.remove_suffix(1);
  }
  return head;
}

}  // namespace

Sniffed sniff(std::string_view bytes) {
  for (const Signature& signature : kSignatures) {
    if (bytes.size() < signature.offset ||
        !bytes.substr(signature.offset).starts_with(signature.bytes)) {
      continue;
    }
    if (is_too_short(signature) && is_texty(bytes) && !is_bitmap(bytes) &&
        (signature.type != "application/zlib" ||
         is_valid_utf8(without_cut_character(bytes.substr(0, 64))))) {
      continue;
    }
    if (signature.type == "application/zip") {
      const ZipSummary zip = summarise_zip(bytes);
      return {zip.type, zip.encrypted};
    }
    if (is_outlook_message(signature.type, bytes)) return {"application/vnd.ms-outlook"};
    if (is_ole_package(signature.type, bytes)) return {"application/x-ole-package"};
    return {signature.type, is_encrypted(signature.type, bytes)};
  }
  if (is_late_pdf(bytes)) {
    return {"application/pdf", is_encrypted("application/pdf", bytes)};
  }
  if (is_old_tar(bytes)) return {"application/x-tar"};
  if (const OpenPgp kind = openpgp_kind(bytes); kind != OpenPgp::kNone) {
    return {"application/pgp-encrypted", kind == OpenPgp::kEncrypted};
  }
  const std::string_view cms = cms_type(bytes);
  return {cms, cms.find("enveloped") != std::string_view::npos};
}

bool is_file_by_chance(std::string_view bytes) {
  if (sniff(bytes).type != "application/zlib") return false;
  constexpr std::size_t kHead = 2, kTried = 64U << 10U;
  const Unpacked opened = inflate(bytes.substr(kHead), kTried);
  return opened.state == UnpackState::kCorrupt && opened.bytes.size() < bytes.size();
}

bool is_texty(std::string_view bytes) {
  constexpr std::size_t kLooked = 4096;
  const std::string_view head = bytes.substr(0, kLooked);
  if (!wide_charset(head).empty() || has_byte_order_mark(head)) return true;
  std::size_t controls = 0;
  for (char c : head) {
    const auto byte = static_cast<std::uint8_t>(c);
    const bool usual = byte >= 0x20 || (byte >= 0x07 && byte <= 0x0D) || byte == 0x1B;
    if (!usual || byte == 0x7F) ++controls;
  }
  // A few in a short text mean nothing, if it is one throughout.
  const bool whole = is_valid_utf8(without_cut_character(head));
  const std::size_t always_allowed = whole ? 4 : 1;
  return controls <= always_allowed + head.size() / 50;
}

}  // namespace noshare::extract
