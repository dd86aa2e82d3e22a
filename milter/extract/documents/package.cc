// The parts of office packages, each read by what it is for. See package.h.
#include "extract/documents/package.h"

#include <algorithm>
#include <map>

#include "noshare/base/text.h"

#include "extract/containers/unpacking.h"
#include "extract/documents/running_text.h"
#include "extract/documents/sheet_text.h"
#include "extract/embedded.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// Attributes of chosen elements, in order: sheets of a workbook, targets of relations.
class Attributes final : public XmlReader {
 public:
  struct Row {
    std::string first;
    std::string second;
    std::size_t origin = 0;  // of the second, where places are known
  };
  Attributes(std::string_view element, std::string_view first, std::string_view second)
      : element_(element), first_(first), second_(second) {}
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != element_) return;
    const std::string_view value = attributes.get(second_);
    rows_.push_back({std::string(attributes.get(first_)), std::string(value),
                     origin() + attribute_place(place.raw, second_, value).value_or(0)});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  const std::vector<Row>& rows() const { return rows_; }

 private:
  std::string_view element_, first_, second_;
  std::vector<Row> rows_;
};

std::string_view base_name(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

std::string_view without_extension(std::string_view name) {
  return name.substr(0, name.rfind('.'));
}

class PackageReader {
 public:
  PackageReader(std::string_view bytes, const FilePlace& place, Collector& out)
      : place_(place),
        out_(out),
        zip_(list_zip(bytes, out.limits().parts)),
        mapped_(out.maps() && out.is_package_leaf(place.part, place.path)) {
    layout_.part = place.part;
    layout_.path = place.path;
    layout_.whole = zip_.complete && zip_.gaps.empty();
  }

  void read_ooxml() {
    if (!begin()) return;
    const std::map<std::string, std::string> sheets = sheet_names();
    SharedStrings shared(mapped_);
    if (const ZipMember* member = find_member(zip_, "xl/sharedStrings.xml")) {
      parse(*member, shared);
    }
    NumberFormats formats;
    if (const ZipMember* member = find_member(zip_, "xl/styles.xml")) {
      const std::string bytes = content(*member);
      read_xml(bytes, formats, out_);  // running() says whether it is broken
    }
    read_styles("word/styles.xml");
    for (const ZipMember& member : zip_.members) {
      if (!next(member)) break;
      const std::string_view name = member.name;
      if (name.ends_with(".rels")) {
        links(member);
      } else if (!name.ends_with(".xml") || name.starts_with("META-INF/")) {
        embedded(member);
      } else if (name.starts_with("xl/worksheets/")) {
        const auto named = sheets.find(member.name);
        SheetText sheet(shared, formats, mapped_);
        parse(member, sheet);
        const bool hides = sheet.hides_cells();
        const std::string_view label =
            named == sheets.end() ? base_name(name) : std::string_view(named->second);
        const MappedText cells = sheet.take();
        add(cells, label, Zone::kCell);
        if (hides) add_shown_cells(member, shared, formats, cells.text, label);
        add(sheet.take_others(), std::string(label) + " (formulas)", Zone::kDocument);
      } else if (name == "xl/workbook.xml") {
        workbook(member);
      } else if (name.starts_with("docProps/") || name.starts_with("customXml/")) {
        running(member, Vocabulary::kAny, base_name(name), Zone::kMetadata);
      } else if (name != "[Content_Types].xml" && name != "xl/sharedStrings.xml") {
        running(member, Vocabulary::kOoxml, label_of(name), Zone::kDocument);
      }
    }
    add(shared.unshown(), "texts of no cell", Zone::kDocument);
    read_zip_gaps(zip_, place_, out_);
    if (mapped_) out_.add_package(std::move(layout_));
  }

  void read_opendocument() {
    layout_.opendocument = true;
    if (!begin()) return;
    if (const ZipMember* manifest = find_member(zip_, "META-INF/manifest.xml")) {
      if (content(*manifest).find("encryption-data") != std::string::npos) {
        out_.add_unreadable(place_.part, place_.path, UnreadableReason::kEncrypted,
                            "OpenDocument with a password");
        return;
      }
    }
    read_styles("styles.xml");
    for (const ZipMember& member : zip_.members) {
      if (!next(member)) break;
      const std::string_view name = base_name(member.name);
      if (member.name == "mimetype" || member.name.starts_with("META-INF/")) continue;
      if (name == "content.xml") {
        tables(member);
        running(member, Vocabulary::kOpenDocument, "", Zone::kDocument);
      } else if (name == "styles.xml") {
        running(member, Vocabulary::kOpenDocument, "headers and footers",
                Zone::kDocument);
      } else if (name == "meta.xml") {
        running(member, Vocabulary::kAny, "properties", Zone::kMetadata);
      } else if (name == "settings.xml" || name.ends_with(".rdf")) {
        running(member, Vocabulary::kOpenDocument, name, Zone::kMetadata);
      } else {
        embedded(member);
      }
    }
    read_zip_gaps(zip_, place_, out_);
    if (mapped_) out_.add_package(std::move(layout_));
  }

 private:
  bool begin() {
    if (zip_.complete && !zip_.members.empty()) return true;
    // Programs repair such files, so whatever members there are get read all the same.
    out_.add_unreadable(place_.part, place_.path, UnreadableReason::kCorrupt,
                        "broken office document");
    return !zip_.members.empty();
  }

  bool next(const ZipMember& member) {
    if (!out_.time_left() || !out_.count_part()) return false;
    if (!member.encrypted) return true;
    refuse_member(member.name, UnreadableReason::kEncrypted, "encrypted part", place_,
                  out_);
    return true;
  }

  std::string content(const ZipMember& member) {
    Unpacked unpacked = unpack(member, most_unpacked(out_));
    out_.charge_unpacked(unpacked.bytes.size());
    if (unpacked.state != UnpackState::kWhole && !member.encrypted) {
      out_.add_unreadable(place_.part, place_.inside(member.name).path,
                          unpacked.state == UnpackState::kTooLarge
                              ? UnreadableReason::kTooLarge
                              : UnreadableReason::kCorrupt,
                          "part of an office document");
      layout_.whole = false;
    }
    return std::move(unpacked.bytes);
  }

  // Where texts of a member's lead, if they lead back.
  std::size_t begin_of(const ZipMember& member, std::size_t size) {
    const auto same = [&](const PackagePlace::Member& one) {
      return one.name == member.name;
    };
    if (const auto known =
            std::find_if(layout_.members.begin(), layout_.members.end(), same);
        known != layout_.members.end()) {
      return known->begin;
    }
    const std::size_t begin =
        layout_.members.empty()
            ? 1
            : layout_.members.back().begin + layout_.members.back().size + 1;
    layout_.members.push_back({member.name, begin, size});
    return begin;
  }

  // Broken XML is scanned as it stands: a program may be more lenient than we are.
  void parse(const ZipMember& member, XmlReader& reader) {
    const std::string bytes = content(member);
    if (mapped_) reader.base = begin_of(member, bytes.size());
    if (bytes.empty() || read_xml(bytes, reader, out_, mapped_)) return;
    layout_.whole = false;
    const std::string path = place_.inside(member.name).path;
    out_.add_unreadable(place_.part, path, UnreadableReason::kCorrupt, "broken XML");
    TextFacts facts;
    facts.html = true;  // tags are told from text
    facts.zone = Zone::kDocument;
    read_text(bytes, facts, place_.part, path, out_);
  }

  void running(const ZipMember& member, Vocabulary vocabulary, std::string_view label,
               Zone zone) {
    RunningText text(vocabulary, mapped_, styles_);
    parse(member, text);
    MappedText shown = text.take_shown();
    const MappedText whole = text.take();
    MappedText placed = text.placed(whole);
    add(whole, label, zone);
    add(std::move(shown), label, zone, kAsShown);
    add(std::move(placed), label, zone, kAsShown);
  }

  // Rows that stand side by side once hidden rows and columns are left out.
  void add_shown_cells(const ZipMember& member, SharedStrings& shared,
                       const NumberFormats& formats, std::string_view all,
                       std::string_view label) {
    SheetText sheet(shared, formats, false, true);
    const std::string bytes = content(member);
    read_xml(bytes, sheet, out_);
    const MappedText cells = sheet.take();
    TextBuilder lines(false);
    append_new_lines(cells.text, all, lines);
    add(lines.finish(cells.text.size()), label, Zone::kCell, kAsShown);
  }

  // Styles that hide, before the texts that have them; running() says whether the file is
  // broken.
  void read_styles(std::string_view name) {
    const ZipMember* member = find_member(zip_, name);
    if (member == nullptr) return;
    const std::string bytes = content(*member);
    read_xml(bytes, styles_, out_);
  }

  // Names of sheets, and texts that have a name.
  void workbook(const ZipMember& member) {
    Attributes sheets("sheet", "name", "state");
    RunningText names(Vocabulary::kAny);
    parse(member, names);
    const std::string bytes = content(member);
    read_xml(bytes, sheets, out_);
    std::string text = names.take().text + "\n";
    for (const Attributes::Row& row : sheets.rows()) text += row.first + "\n";
    add({std::move(text), {}}, "workbook", Zone::kDocument);
  }

  void add(const MappedText& text, std::string_view label, Zone zone,
           std::string_view view = "") {
    std::string path = label.empty() ? place_.path : place_.inside(label).path;
    path += view;
    if (!text.map.is_identity()) layout_.texts.insert(path);
    read_embedded_runs(text, place_.part, path, out_);
    out_.add_text(place_.part, path, zone, text);
  }

  void tables(const ZipMember& member) {
    OpenDocumentTables reader(mapped_);
    const std::string bytes = content(member);
    if (mapped_) reader.base = begin_of(member, bytes.size());
    read_xml(bytes, reader, out_, mapped_);  // running() says whether it is broken
    for (OpenDocumentTables::Table& table : reader.tables()) {
      add(table.text.finish(reader.base), table.name, Zone::kCell);
    }
  }

  void embedded(const ZipMember& member) {
    if (member.is_folder() || member.encrypted) return;
    read_unpacked(unpack(member, most_unpacked(out_)), member.name,
                  "part of an office document", place_, out_);
  }

  // Addresses that a reader can follow: mailto:, http: ...
  void links(const ZipMember& member) {
    Attributes relations("Relationship", "TargetMode", "Target");
    parse(member, relations);
    TextBuilder text(mapped_);
    for (const Attributes::Row& row : relations.rows()) {
      if (!equal_ignoring_case(row.first, "External")) continue;
      text.copy(row.second, row.origin);
      text.replace("\n", row.origin);
    }
    if (text.size() == 0) return;
    const std::string label = links_++ == 0 ? "links" : "links " + std::to_string(links_);
    add(text.finish(relations.base), label, Zone::kAttribute);
  }

  // Member of each sheet, with the name that its tab shows.
  std::map<std::string, std::string> sheet_names() {
    std::map<std::string, std::string> names;
    const ZipMember* workbook = find_member(zip_, "xl/workbook.xml");
    const ZipMember* relations = find_member(zip_, "xl/_rels/workbook.xml.rels");
    if (workbook == nullptr || relations == nullptr) return names;
    Attributes sheets("sheet", "id", "name");
    Attributes targets("Relationship", "Id", "Target");
    const std::string workbook_bytes = content(*workbook);
    const std::string relation_bytes = content(*relations);
    read_xml(workbook_bytes, sheets, out_);
    read_xml(relation_bytes, targets, out_);
    std::map<std::string, std::string> by_id;
    for (const Attributes::Row& row : targets.rows()) by_id[row.first] = row.second;
    for (const Attributes::Row& row : sheets.rows()) {
      std::string target = by_id[row.first];
      target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
      names.emplace(std::move(target), row.second);
    }
    return names;
  }

  // "word/document.xml" is the document itself; "ppt/slides/slide3.xml" is "slide3".
  static std::string_view label_of(std::string_view name) {
    const std::string_view label = without_extension(base_name(name));
    return label == "document" ? std::string_view() : label;
  }

  const FilePlace& place_;
  Collector& out_;
  ZipMembers zip_;
  bool mapped_;
  PackagePlace layout_;
  HiddenStyles styles_;
  std::size_t links_ = 0;  // members that hold some
};

}  // namespace

void read_ooxml(std::string_view bytes, const FilePlace& place, Collector& out) {
  PackageReader(bytes, place, out).read_ooxml();
}

void read_opendocument(std::string_view bytes, const FilePlace& place, Collector& out) {
  PackageReader(bytes, place, out).read_opendocument();
}

}  // namespace noshare::extract
