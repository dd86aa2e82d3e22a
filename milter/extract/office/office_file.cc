// Walks the storages of a compound file and reads the documents in them. See
// noshare/extract/office.h.
#include <optional>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/little_endian.h"
#include "extract/office/parts.h"

namespace noshare::extract {

using model::UnreadableReason;
using model::Zone;

namespace {

constexpr unsigned kMostDepth = 32;
constexpr std::size_t kMostStorages = 10'000;
constexpr std::string_view kNativeObject = "\1Ole10Native";

class OfficeFile {
 public:
  OfficeFile(const CompoundFile& file, const FoundSink& sink)
      : file_(file), sink_(sink) {}

  // What a storage holds is known by its streams. `label`: "", or where it is embedded.
  bool read(const CompoundEntry& storage, const std::string& label, unsigned depth) {
    if (++storages_ > kMostStorages || depth > kMostDepth) {
      OfficeOutput(sink_, "").unreadable(UnreadableReason::kTooDeep, label,
                                         "documents nested too deeply");
      return true;
    }
    const OfficeOutput out(sink_, label.empty() ? "" : label + ", ");
    bool known = read_document(storage, out);
    read_properties(storage, out);
    for (const std::size_t index : storage.children) {
      const CompoundEntry& child = file_.entries()[index];
      if (child.is_storage) {
        const std::string inside =
            (label.empty() ? "" : label + ", ") + printable(child.name);
        known = read(child, inside, depth + 1) || known;
      } else if (is_file_inside(child.name)) {
        known = put_file(child, out) || known;
      }
    }
    return known;
  }

 private:
  static std::string printable(std::string_view name) {
    std::string text;
    for (const char c : name) {
      if (static_cast<unsigned char>(c) >= ' ') text += c;
    }
    return text.empty() ? "object" : text;
  }

  static bool is_file_inside(std::string_view name) {
    return name == kNativeObject || name == "Package" || name == "CONTENTS";
  }

  std::optional<std::string> stream(const CompoundEntry& storage, std::string_view name,
                                    const OfficeOutput& out) {
    const CompoundEntry* entry = file_.find(storage, name);
    if (entry == nullptr || entry->is_storage) return std::nullopt;
    CompoundStream read = file_.read(*entry, entry->size);
    if (!read.whole) {
      out.unreadable(UnreadableReason::kCorrupt, std::string(name), "broken stream");
    }
    return std::move(read.bytes);
  }

  bool read_document(const CompoundEntry& storage, const OfficeOutput& out) {
    bool known = false;
    if (file_.find(storage, "EncryptedPackage") != nullptr) {
      out.unreadable(UnreadableReason::kEncrypted, "", "document with a password");
      known = true;
    }
    for (const std::string_view name : {"Workbook", "Book"}) {
      if (const auto workbook = stream(storage, name, out)) {
        read_workbook(*workbook, out);
        known = true;
      }
    }
    if (const auto word = stream(storage, "WordDocument", out)) {
      const auto table0 = stream(storage, "0Table", out);
      const auto table1 = stream(storage, "1Table", out);
      read_word(*word, table0.value_or(""), table1.value_or(""), out);
      known = true;
    }
    if (const auto slides = stream(storage, "PowerPoint Document", out)) {
      read_slides(*slides, out);
      known = true;
    }
    return known;
  }

  void read_properties(const CompoundEntry& storage, const OfficeOutput& out) {
    std::string text;
    for (const std::string_view name :
         {"\5SummaryInformation", "\5DocumentSummaryInformation"}) {
      if (const auto set = stream(storage, name, out)) text += property_text(*set);
    }
    out.text(Zone::kMetadata, "properties", std::move(text));
  }

  // [MS-OLEDS] section 2.3.6: the size, and for packaged files two names and the bytes.
  bool put_file(const CompoundEntry& entry, const OfficeOutput& out) {
    std::string bytes = file_.read(entry, entry.size).bytes;
    if (entry.name != kNativeObject) {
      out.file(printable(entry.name), std::move(bytes));
      return true;
    }
    const std::string_view all = bytes;
    std::size_t at = 6;  // size, a flag
    std::string name;
    for (int i = 0; i < 2 && at < all.size(); ++i) {
      const std::size_t end = std::min(all.find('\0', at), all.size());
      if (i == 0) name = from_code_page(all.substr(at, end - at), 1252);
      at = end + 1;
    }
    at += 4;  // flags
    if (at + 4 <= all.size()) {
      const std::size_t length = u32_at(all, at);  // of a third name
      at += 4 + length;
      if (at + 4 <= all.size()) {
        const std::size_t size = u32_at(all, at);
        out.file(name.empty() ? "object" : name, std::string(all.substr(at + 4, size)));
        return true;
      }
    }
    out.file("object", std::string(all.substr(std::min<std::size_t>(4, all.size()))));
    return true;
  }

  const CompoundFile& file_;
  const FoundSink& sink_;
  std::size_t storages_ = 0;
};

}  // namespace

void OfficeOutput::text(Zone zone, const std::string& name, std::string text) const {
  if (trimmed(text).empty()) return;
  Found found;
  found.kind = FoundKind::kText;
  found.zone = zone;
  found.name = prefix_ + name;
  found.bytes = std::move(text);
  sink_(std::move(found));
}

void OfficeOutput::file(const std::string& name, std::string bytes) const {
  Found found;
  found.kind = FoundKind::kFile;
  found.name = prefix_ + name;
  found.bytes = std::move(bytes);
  sink_(std::move(found));
}

void OfficeOutput::unreadable(UnreadableReason reason, const std::string& name,
                              std::string detail) const {
  Found found;
  found.kind = FoundKind::kUnreadable;
  found.reason = reason;
  found.name = name.empty() && prefix_.ends_with(", ")
                   ? prefix_.substr(0, prefix_.size() - 2)
                   : prefix_ + name;
  found.bytes = std::move(detail);
  sink_(std::move(found));
}

std::string from_utf16(std::string_view bytes) {
  return decode_charset(bytes.substr(0, bytes.size() & ~std::size_t{1}), "utf-16le",
                        false)
      .text.text;
}

std::string from_code_page(std::string_view bytes, unsigned page) {
  if (page == 1200) return from_utf16(bytes);
  std::string label = page == 65001 ? "utf-8" : "windows-" + std::to_string(page);
  if (page == 0 || page == 1252 || page == 0x8001) label = "windows-1252";
  if (page == 10000 || page == 0x8000) label = "macintosh";
  if (page == 932) label = "shift_jis";
  if (page == 936) label = "gb18030";
  if (page == 949) label = "euc-kr";
  if (page == 950) label = "big5";
  return decode_charset(bytes, label, false).text.text;
}

void load_code_pages() {
  for (const unsigned page : {874U, 932U, 936U, 949U, 950U, 1200U, 1250U, 1251U, 1252U,
                              1253U, 1254U, 1255U, 1256U, 1257U, 1258U, 10000U}) {
    (void)from_code_page("\xE4\xE4", page);
  }
}

void read_office(std::string_view bytes, const FoundSink& sink) {
  const OfficeOutput out(sink, "");
  const auto file = CompoundFile::open(bytes);
  if (!file) {
    return out.unreadable(UnreadableReason::kCorrupt, "", "broken compound file");
  }
  if (!OfficeFile(*file, sink).read(file->entries().front(), "", 0)) {
    out.unreadable(UnreadableReason::kUnsupported, "", "application/x-ole-storage");
  }
}

}  // namespace noshare::extract
