// Edits of a package's XML members, found by reading them once more. See package_mask.h.
#include "extract/documents/package_mask.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "noshare/base/text.h"

#include "extract/containers/zip_members.h"
#include "extract/containers/zip_writer.h"
#include "extract/documents/xml.h"
#include "extract/mask.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Bytes of a member that are replaced.
struct Edit {
  std::size_t begin;
  std::size_t size;
  std::string bytes;
};

std::string with_edits(std::string_view bytes, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    result.append(bytes, at, edit.begin - at);
    result += edit.bytes;
    at = edit.begin + edit.size;
  }
  result.append(bytes, at);
  return result;
}

// Texts that no program reckons by: runs (ECMA-376 part 1, sections 17, 18, 20), headers
// of sheets, and properties that are words (part 2, section 11; part 1, section 22.2).
bool is_words(std::string_view element) {
  return is_one_of(
      element,
      std::array{"t"sv,          "delText"sv,        "instrText"sv,   "delInstrText"sv,
                 "text"sv,       "oddHeader"sv,      "oddFooter"sv,   "evenHeader"sv,
                 "evenFooter"sv, "firstHeader"sv,    "firstFooter"sv, "title"sv,
                 "subject"sv,    "creator"sv,        "keywords"sv,    "description"sv,
                 "category"sv,   "lastModifiedBy"sv, "Company"sv,     "contentStatus"sv,
                 "Manager"sv,    "HyperlinkBase"sv,  "lpwstr"sv,      "lpstr"sv,
                 "bstr"sv});
}

bool is_words(std::string_view element, std::string_view attribute) {
  const std::size_t colon = attribute.rfind(':');
  if (colon != attribute.npos) attribute.remove_prefix(colon + 1);
  if (attribute == "Target") return element == "Relationship";
  if (attribute == "v") return element == "s";  // a text in the cache of a pivot table
  if (attribute == "val") {
    return is_one_of(element, std::array{"docVar"sv, "alias"sv, "tag"sv});
  }
  return is_one_of(attribute, std::array{"descr"sv, "title"sv, "alt"sv, "href"sv,
                                         "string"sv, "instr"sv});
}

// Finds the edits that mask the marks of one member. Marks are ascending, in its bytes.
class MaskWriter final : public XmlReader {
 public:
  MaskWriter(std::string_view member, std::vector<PackageMark> marks)
      : any_words_(member.starts_with("customXml/")),
        sheet_(member.starts_with("xl/worksheets/")),
        marks_(std::move(marks)) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    open_.emplace_back(name);
    if (name == "c") {
      cell_ = {place.begin, place.raw, std::string(attributes.get("t")), false, {}};
      value_ = {0, 0};
    }
    if (name == "f") cell_.formula = true;
    if (!has_marks(place.begin, place.raw.size())) return;
    attributes.each([&](std::string_view attribute, std::string_view value) {
      mask_attribute(name, attribute, value);
    });
  }

  void end(std::string_view name) override {
    if (name == "v" && sheet_) finish_value();
    if (!open_.empty()) open_.pop_back();
  }

  void text(std::string_view text) override {
    if (open_.empty()) return;
    if (sheet_ && open_.back() == "v") {
      if (cell_.value.empty()) value_.begin = place.begin;
      value_.size = place.begin + place.raw.size() - value_.begin;
      cell_.value += place.verbatim ? text : "?"sv;
      return;
    }
    if (!any_words_ && !is_words(open_.back()) && !in_chart_text()) return;
    mask_characters(place.begin, place.raw);
  }

  // False if a mark stands where nothing may be changed.
  bool all_masked() const { return !wrong_ && done_ == marks_.size(); }
  std::vector<Edit> take() { return std::move(edits_); }

 private:
  struct Cell {
    std::size_t begin = 0;
    std::string_view tag;
    std::string type;
    bool formula = false;
    std::string value;
  };
  struct Bytes {
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  // The first mark that is not yet behind `begin`.
  std::size_t first_mark(std::size_t begin) const {
    const auto at = std::lower_bound(
        marks_.begin(), marks_.end(), begin,
        [](const PackageMark& mark, std::size_t value) { return mark.at < value; });
    return static_cast<std::size_t>(at - marks_.begin());
  }
  bool has_marks(std::size_t begin, std::size_t size) const {
    const std::size_t first = first_mark(begin);
    return first < marks_.size() && marks_[first].at < begin + size;
  }

  // Texts that a chart repeats from its sheet.
  bool in_chart_text() const {
    const std::size_t n = open_.size();
    if (n < 3 || open_[n - 1] != "v" || open_[n - 2] != "pt") return false;
    return open_[n - 3] == "strCache" || open_[n - 3] == "lvl";
  }

  // Each mark is the character that stands there, or a reference to it.
  void mask_characters(std::size_t begin, std::string_view raw) {
    for (std::size_t i = first_mark(begin);
         i < marks_.size() && marks_[i].at < begin + raw.size(); ++i) {
      const std::string_view here = raw.substr(marks_[i].at - begin);
      std::size_t size = marks_[i].character.size();
      if (here.starts_with('&')) {
        size = here.find(';') + 1;
      } else if (!here.starts_with(marks_[i].character)) {
        wrong_ = true;
      }
      edits_.push_back({marks_[i].at, size, "*"});
      ++done_;
    }
  }

  void mask_attribute(std::string_view element, std::string_view attribute,
                      std::string_view value) {
    if (!is_words(element, attribute)) return;
    const auto at = attribute_place(place.raw, attribute, value);
    if (at) mask_characters(place.begin + *at, place.raw.substr(*at, value.size()));
  }

  // A cell's value: a number in any form leads to its first digit. With stars it is a
  // text.
  void finish_value() {
    if (!has_marks(value_.begin, value_.size)) return;
    std::size_t i = first_mark(value_.begin);
    for (; i < marks_.size() && marks_[i].at < value_.begin + value_.size; ++i) ++done_;
    if (cell_.formula || cell_.type == "s") wrong_ = true;
    edits_.push_back({value_.begin, value_.size, masked_value(cell_.value)});
    if (cell_.type == "str" || cell_.type == "inlineStr") return;
    const auto type = attribute_place(cell_.tag, "t", cell_.type);
    if (type && !cell_.type.empty()) {
      edits_.push_back({cell_.begin + *type, cell_.type.size(), "str"});
    } else {
      const std::size_t name_end = cell_.tag.find_first_of(" \t\r\n/>");
      edits_.push_back({cell_.begin + name_end, 0, " t=\"str\""});
    }
  }

  static std::string masked_value(const std::string& value) {
    const model::Span all{0, static_cast<std::uint32_t>(value.size())};
    const bool plain = std::all_of(value.begin(), value.end(), is_ascii_digit);
    std::string masked = value;
    for (char& c : masked) {
      if (!plain && is_ascii_alnum(c)) c = '*';
    }
    if (!plain) return masked;
    for (const model::Span& one : masked_characters(value, all)) masked[one.begin] = '*';
    return masked;
  }

  bool any_words_;
  bool sheet_;
  std::vector<PackageMark> marks_;
  std::size_t done_ = 0;
  bool wrong_ = false;
  std::vector<std::string> open_;
  Cell cell_;
  Bytes value_;
  std::vector<Edit> edits_;
};

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
      if (member.name.starts_with("_xmlsignatures/")) return "the document is signed";
    }
    return zip_.complete && zip_.gaps.empty() ? nullptr
                                              : "an office document of an odd form";
  }

  std::optional<std::string> content(std::string_view name) const {
    const ZipMember* member = find_member(zip_, name);
    if (member == nullptr) return std::nullopt;
    Unpacked unpacked = unpack(*member, limits_.unpacked_bytes);
    if (unpacked.state != UnpackState::kWhole) return std::nullopt;
    return std::move(unpacked.bytes);
  }

  bool cut_thumbnails() {
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
    MaskWriter writer(name, std::move(marks));
    if (!read_xml_with_places(*bytes, writer, deadline_) || !writer.all_masked()) {
      return false;
    }
    changed_[name] = with_edits(*bytes, writer.take());
    return true;
  }

  MaskedPackage write() {
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
