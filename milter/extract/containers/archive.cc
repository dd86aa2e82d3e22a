// Archives and compressed files, read by libarchive from memory. See unpacking.h.
//
// No external program is ever started for a filter, and no file opened: only what is
// compiled into the library is enabled.
#include <algorithm>
#include <clocale>
#include <memory>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "noshare/base/text.h"

#include "extract/containers/header_texts.h"
#include "extract/containers/inflate.h"
#include "extract/containers/locked_zip.h"
#include "extract/containers/rar5.h"
#include "extract/containers/unpacking.h"
#include "extract/embedded.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;
using model::UnreadableReason;

// Names in archives are converted to the locale's charset. The locale is read from its
// file when the program starts: in the sandbox nothing can be opened any more.
const locale_t kUtf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);

class Utf8Locale {
 public:
  Utf8Locale() {
    if (kUtf8 != nullptr) before_ = ::uselocale(kUtf8);
  }
  ~Utf8Locale() {
    if (kUtf8 != nullptr) ::uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t before_ = nullptr;
};

using Archive = std::unique_ptr<archive, decltype(&::archive_read_free)>;

Archive new_archive() { return {::archive_read_new(), ::archive_read_free}; }

bool open_memory(archive* a, std::string_view bytes) {
  return ::archive_read_open_memory(a, bytes.data(), bytes.size()) == ARCHIVE_OK;
}

bool speaks_of_encryption(archive* a) {
  const char* text = ::archive_error_string(a);
  if (text == nullptr) return false;
  const std::string lower = ascii_lowered(text);
  return lower.find("encrypt") != std::string::npos ||
         lower.find("passphrase") != std::string::npos;
}

bool speaks_of_support(archive* a) {
  const char* text = ::archive_error_string(a);
  return text != nullptr && ascii_lowered(text).find("support") != std::string::npos;
}

UnpackState state_of_error(archive* a) {
  if (speaks_of_encryption(a)) return UnpackState::kEncrypted;
  return speaks_of_support(a) ? UnpackState::kUnsupported : UnpackState::kCorrupt;
}

Unpacked read_data(archive* a, std::size_t most_bytes) {
  constexpr std::size_t kStep = 64U << 10U;
  Unpacked result;
  for (;;) {
    const std::size_t before = result.bytes.size();
    const std::size_t step = std::max(kStep, std::min(before, most_bytes - before));
    result.bytes.resize(before + step);
    const la_ssize_t got = ::archive_read_data(a, result.bytes.data() + before, step);
    result.bytes.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (got < 0) result.state = state_of_error(a);
    if (got <= 0) return result;
    if (result.bytes.size() > most_bytes) {
      result.bytes.resize(most_bytes);
      result.state = UnpackState::kTooLarge;
      return result;
    }
  }
}

std::string name_of(archive_entry* entry) {
  if (const char* name = ::archive_entry_pathname_utf8(entry)) return name;
  if (const char* name = ::archive_entry_pathname(entry)) return name;
  return "(no name)";
}

// Behind a member of a cabinet that is broken the library (3.6) reads through a null
// pointer.
bool can_go_on(archive* a, const Unpacked& last) {
  return ::archive_format(a) != ARCHIVE_FORMAT_CAB || last.state == UnpackState::kWhole ||
         last.state == UnpackState::kTooLarge;
}

// `locked`: names of members that are encrypted, though the library does not say so.
// False: nothing more can be read.
bool read_entry(archive* a, archive_entry* entry,
                const std::set<std::string, std::less<>>& locked, const FilePlace& place,
                Collector& out) {
  const std::string name = name_of(entry);
  const bool encrypted =
      ::archive_entry_is_encrypted(entry) == 1 || locked.contains(name);
  if (::archive_entry_filetype(entry) != AE_IFREG &&
      ::archive_entry_filetype(entry) != 0) {
    const FilePlace inside = place.inside(to_valid_utf8(name));
    out.add_text(place.part, inside.path, model::Zone::kFilename,
                 {to_valid_utf8(name), {}});
    if (const char* target = ::archive_entry_symlink_utf8(entry)) {
      out.add_text(place.part, inside.path, model::Zone::kFilename,
                   {to_valid_utf8(target), {}});
    }
    return true;
  }
  Unpacked content = encrypted ? Unpacked{"", UnpackState::kEncrypted}
                               : read_data(a, most_unpacked(out));
  const bool go_on = can_go_on(a, content);
  read_unpacked(std::move(content), name, "member of an archive", place, out);
  return go_on;
}

// The archive itself cannot be read on. `known`: its format is. Without one, the library
// (3.6) looks for what the format says of encryption behind its table of formats.
void report_end(archive* a, bool known, const FilePlace& place, Collector& out) {
  UnreadableReason reason = UnreadableReason::kCorrupt;
  const UnpackState state = state_of_error(a);
  if (state == UnpackState::kUnsupported) reason = UnreadableReason::kUnsupported;
  if (state == UnpackState::kEncrypted ||
      (known && ::archive_read_has_encrypted_entries(a) > 0)) {
    reason = UnreadableReason::kEncrypted;
  }
  out.add_unreadable(place.part, place.path, reason, "archive");
}

void support_formats(archive* a) {
  ::archive_read_support_format_7zip(a);
  ::archive_read_support_format_ar(a);
  ::archive_read_support_format_cab(a);
  ::archive_read_support_format_cpio(a);
  ::archive_read_support_format_gnutar(a);
  ::archive_read_support_format_iso9660(a);
  ::archive_read_support_format_lha(a);
  ::archive_read_support_format_rar(a);
  ::archive_read_support_format_rar5(a);
  ::archive_read_support_format_tar(a);
  ::archive_read_support_format_xar(a);
  // Archives written one behind the other are read on, as tar --ignore-zeros does.
  ::archive_read_set_options(a, "tar:read_concatenated_archives");
}

void support_filters(archive* a) {
  ::archive_read_support_filter_gzip(a);
  ::archive_read_support_filter_bzip2(a);
  ::archive_read_support_filter_compress(a);
  ::archive_read_support_filter_xz(a);
  ::archive_read_support_filter_lzma(a);
  ::archive_read_support_filter_lzip(a);
  ::archive_read_support_filter_lz4(a);
  ::archive_read_support_filter_zstd(a);
}

// "a.txt" for "a.txt.gz", the last member of the path that holds it.
std::string inner_name(std::string_view bytes, const FilePlace& place) {
  if (const std::string_view name = gzip_header(bytes).name; !name.empty()) {
    return std::string(name);
  }
  std::string name = place.path;
  if (const auto at = name.rfind(kPathSeparator); at != std::string::npos) {
    name.erase(0, at + kPathSeparator.size());
  }
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? "content" : name.substr(0, dot);
}

void add_texts(const std::string& text, const FilePlace& place, Collector& out) {
  if (trimmed(text).empty()) return;
  add_with_runs(place.inside("header"), model::Zone::kMetadata, to_valid_utf8(text), out);
}

// The beginning and the end, where there is text beside packed data.
std::string ends_of(std::string_view bytes) {
  constexpr std::size_t kEnd = 32U << 10U;
  std::string ends(bytes.substr(0, kEnd));
  ends += '\0';
  if (bytes.size() > kEnd) ends += bytes.substr(std::max(kEnd, bytes.size() - kEnd));
  return ends;
}

// Names of a volume and of its makers (ECMA-119 section 8.4).
void read_volume_names(std::string_view bytes, const FilePlace& place, Collector& out) {
  constexpr std::size_t kBegin = 0x8000;
  constexpr std::size_t kSize = 0x2000;
  if (bytes.size() < kBegin || bytes.substr(kBegin + 1, 5) != "CD001") return;
  read_strings(bytes.substr(kBegin, kSize), place, out);
}

}  // namespace

void read_archive(std::string_view bytes, const FilePlace& place, Collector& out) {
  const Utf8Locale locale;
  const Archive a = new_archive();
  const auto locked = encrypted_in_rar5(bytes);
  add_texts(pax_texts(bytes), place, out);
  read_volume_names(bytes, place, out);
  support_formats(a.get());
  if (!open_memory(a.get(), bytes)) return report_end(a.get(), false, place, out);
  for (;;) {
    archive_entry* entry = nullptr;
    const int answer = ::archive_read_next_header(a.get(), &entry);
    if (answer == ARCHIVE_EOF) return;
    if (answer < ARCHIVE_WARN) return report_end(a.get(), true, place, out);
    if (!out.time_left() || !out.count_part()) return;
    if (!read_entry(a.get(), entry, locked, place, out)) return;
  }
}

Unpacked decompress(std::string_view bytes, std::size_t most_bytes) {
  const Archive a = new_archive();
  support_filters(a.get());
  ::archive_read_support_format_raw(a.get());
  archive_entry* entry = nullptr;
  if (!open_memory(a.get(), bytes) ||
      ::archive_read_next_header(a.get(), &entry) < ARCHIVE_WARN) {
    return {"", UnpackState::kCorrupt};
  }
  return read_data(a.get(), most_bytes);
}

void read_zlib(std::string_view bytes, const FilePlace& place, Collector& out) {
  constexpr std::size_t kHead = 2;  // RFC 1950
  read_unpacked(inflate(bytes.substr(kHead), most_unpacked(out)),
                inner_name(bytes, place), "compressed file", place, out);
}

void read_compressed(std::string_view bytes, const FilePlace& place, Collector& out) {
  add_texts(gzip_texts(bytes), place, out);
  read_strings(ends_of(bytes), place, out);  // behind the data, and frames to be skipped
  read_unpacked(decompress(bytes, most_unpacked(out)), inner_name(bytes, place),
                "compressed file", place, out);
}

bool read_locked_zip(std::string_view bytes, const std::string& password,
                     const FilePlace& place, Collector& out) {
  const Utf8Locale locale;
  const Archive a = new_archive();
  ::archive_read_support_format_zip(a.get());
  if (::archive_read_add_passphrase(a.get(), password.c_str()) != ARCHIVE_OK ||
      !open_memory(a.get(), bytes)) {
    return false;
  }
  archive_entry* entry = nullptr;
  bool opened = false;
  while (::archive_read_next_header(a.get(), &entry) >= ARCHIVE_WARN) {
    if (::archive_entry_is_encrypted(entry) != 1 || !out.time_left()) continue;
    Unpacked content = read_data(a.get(), most_unpacked(out));
    if (content.state != UnpackState::kWhole && content.state != UnpackState::kTooLarge) {
      if (!opened) return false;
    }
    opened = true;
    read_unpacked(std::move(content), name_of(entry), "member of an archive", place, out);
  }
  return opened;
}

}  // namespace noshare::extract
