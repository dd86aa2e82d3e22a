// Edits of a package's XML members, found by reading them once more. See package_mask.h.
#include "extract/documents/package_mask.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "extract/containers/zip_members.h"
#include "extract/containers/zip_writer.h"
#include "extract/documents/mask_writer.h"

namespace noshare::extract {
namespace {

// Pictures of the first page, and the relations that name them.
class Thumbnails final : public XmlReader {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || !attributes.get("Type").ends_with("/thumbnail")) return;
    std::string_view target = attributes.get("Target");
    if (target.starts_with('/')) target.remove_prefix(1);
    members.emplace(target);
    edits.push_back({place.begin, place.raw.size(), ""});
    removable = removable && place.raw.ends_with("/>");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::set<std::string, std::less<>> members;
  std::vector<Edit> edits;
  bool removable = true;
};

// The same in OpenDocument: members of a folder, which the manifest lists (part 2, 3.2).
constexpr std::string_view kThumbnailFolder = "Thumbnails/";
class ManifestThumbnails final : public XmlReader {
 public:
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "file-entry" ||
        !attributes.get("full-path").starts_with(kThumbnailFolder)) {
      return;
    }
    edits.push_back({place.begin, place.raw.size(), ""});
    removable = removable && place.raw.ends_with("/>");
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::vector<Edit> edits;
  bool removable = true;
};

class PackageMasker {
 public:
  PackageMasker(std::string_view package, const PackagePlace& place, const Limits& limits,
                Deadline deadline)
      : place_(place),
        limits_(limits),
        deadline_(deadline),
        zip_(list_zip(package, limits.parts)) {}

  MaskedPackage run(std::vector<PackageMark> marks) {
    if (const char* reason = obstacle()) return {"", reason};
    if (!cut_thumbnails()) return {"", "a picture of its first page cannot be left out"};
    std::sort(marks.begin(), marks.end(), [](const PackageMark& a, const PackageMark& b) {
      return std::tie(a.at, a.character) < std::tie(b.at, b.character);
    });
    marks.erase(std::unique(marks.begin(), marks.end(),
                            [](const PackageMark& a, const PackageMark& b) {
                              return a.at == b.at;
                            }),
                marks.end());
    for (const PackagePlace::Member& member : place_.members) {
      std::vector<PackageMark> inside;
      for (const PackageMark& mark : marks) {
        if (mark.at < member.begin || mark.at >= member.begin + member.size) continue;
        inside.push_back({mark.at - member.begin, mark.character});
      }
      if (!inside.empty() && !mask_member(member.name, std::move(inside))) {
        return {"", "a value stands where the document cannot be changed"};
      }
    }
    return write();
  }

 private:
  const char* obstacle() const {
    std::set<std::string_view> names;
    for (const ZipMember& member : zip_.members) {
      if (member.encrypted || !names.insert(member.name).second) {
        return "an office document of an odd form";
      }
      if (is_signature(member.name)) return "the document is signed";
    }
    return zip_.complete && zip_.gaps.empty() ? nullptr
                                              : "an office document of an odd form";
  }

  // ECMA-376 part 2, section 13; ISO/IEC 26300-3, section 3.
  bool is_signature(std::string_view member) const {
    if (!place_.opendocument) return member.starts_with("_xmlsignatures/");
    return member.starts_with("META-INF/") && member.ends_with("signatures.xml");
  }

  std::optional<std::string> content(std::string_view name) const {
    const ZipMember* member = find_member(zip_, name);
    if (member == nullptr) return std::nullopt;
    Unpacked unpacked = unpack(*member, limits_.unpacked_bytes);
    if (unpacked.state != UnpackState::kWhole) return std::nullopt;
    return std::move(unpacked.bytes);
  }

  bool cut_thumbnails() {
    return place_.opendocument ? cut_listed_thumbnails() : cut_related_thumbnails();
  }

  bool cut_listed_thumbnails() {
    constexpr std::string_view kManifest = "META-INF/manifest.xml";
    for (const ZipMember& member : zip_.members) {
      if (member.name.starts_with(kThumbnailFolder)) dropped_.insert(member.name);
    }
    const auto manifest = content(kManifest);
    ManifestThumbnails found;
    if (!manifest || !read_xml_with_places(*manifest, found, deadline_)) return false;
    if (!found.edits.empty()) {
      changed_[std::string(kManifest)] = with_edits(*manifest, std::move(found.edits));
    }
    return found.removable;
  }

  bool cut_related_thumbnails() {
    constexpr std::string_view kRelations = "_rels/.rels";
    const auto relations = content(kRelations);
    Thumbnails found;
    if (!relations || !read_xml_with_places(*relations, found, deadline_)) return false;
    if (found.members.empty()) return true;
    const auto types = content("[Content_Types].xml");
    for (const std::string& name : found.members) {
      if (!types || types->find(name) != types->npos) return false;
    }
    dropped_ = std::move(found.members);
    changed_[std::string(kRelations)] = with_edits(*relations, std::move(found.edits));
    return found.removable;
  }

  bool mask_member(const std::string& name, std::vector<PackageMark> marks) {
    const auto bytes = content(name);
    if (!bytes || changed_.contains(name)) return false;
    // An object in an OpenDocument file has a picture of itself beside it.
    if (place_.opendocument && name.find('/') != name.npos) return false;
    const auto writer = place_.opendocument
                            ? opendocument_mask_writer(name, std::move(marks))
                            : ooxml_mask_writer(name, std::move(marks));
    if (!read_xml_with_places(*bytes, *writer, deadline_) || !writer->all_masked()) {
      return false;
    }
    changed_[name] = with_edits(*bytes, writer->take());
    return true;
  }

  MaskedPackage write() {
    // An OpenDocument file begins with its type (part 2, section 3.3).
    std::stable_partition(zip_.members.begin(), zip_.members.end(),
                          [](const ZipMember& one) { return one.name == "mimetype"; });
    ZipWriter writer;
    for (const ZipMember& member : zip_.members) {
      if (dropped_.contains(member.name)) continue;
      const auto changed = changed_.find(member.name);
      const bool written = changed != changed_.end()
                               ? writer.add(member.name, changed->second)
                               : writer.copy(member, limits_.unpacked_bytes);
      if (!written) return {"", "an office document of an odd form"};
    }
    MaskedPackage masked{writer.finish(), ""};
    if (masked.bytes.empty()) masked.reason = "the document is too large";
    return masked;
  }

  const PackagePlace& place_;
  const Limits& limits_;
  Deadline deadline_;
  ZipMembers zip_;
  std::set<std::string, std::less<>> dropped_;
  std::map<std::string, std::string, std::less<>> changed_;
};

}  // namespace

MaskedPackage mask_package(std::string_view package, const PackagePlace& place,
                           std::vector<PackageMark> marks, const Limits& limits,
                           Deadline deadline) {
  return PackageMasker(package, place, limits, deadline).run(std::move(marks));
}

}  // namespace noshare::extract
