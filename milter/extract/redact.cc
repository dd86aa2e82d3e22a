// Masks findings in a message's own text parts and headers. See noshare/extract/redact.h.
//
// The message is read again with maps; a target's characters are followed from the text
// back to the part's decoded bytes, masked there, and the part is encoded as it was
// before.
#include "noshare/extract/redact.h"

#include <algorithm>
#include <map>
#include <optional>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/documents/package_mask.h"
#include "extract/header_block.h"
#include "extract/header_reader.h"
#include "extract/header_text.h"
#include "extract/html_entities.h"
#include "extract/mask.h"
#include "extract/reading.h"

namespace noshare::extract {
namespace {

using model::MaskTarget;
using model::Segment;
using model::Span;
using model::Zone;

// Byte ranges of a part's decoded bytes (or of a header's raw value), one character each.
using Marks = std::vector<Span>;

bool is_same_place(const Segment& segment, const MaskTarget& target) {
  return segment.zone == target.zone && segment.part == target.part &&
         segment.path == target.path;
}

// Follows each masked character back through `map`.
void add_marks(std::string_view text, const model::OffsetMap& map,
               const MaskTarget& target, Marks& marks) {
  const Span span = bytes_of_code_points(text, target.start, target.end);
  for (const Span& character : masked_characters(text, span)) {
    marks.push_back({map.source_begin(character.begin), map.source_end(character.end)});
  }
}

void make_disjoint(Marks& marks) {
  std::sort(marks.begin(), marks.end(), [](const Span& a, const Span& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  Marks kept;
  for (const Span& mark : marks) {
    if (mark.end <= mark.begin) continue;
    if (kept.empty() || mark.begin >= kept.back().end) {
      kept.push_back(mark);
    } else {
      kept.back().end = std::max(kept.back().end, mark.end);
    }
  }
  marks = std::move(kept);
}

// A character that HTML writes as a reference ends with it, and none reaches over a tag
// or a line's end: the map only tells where the next character begins.
void cut_at_markup(std::string_view bytes, Marks& marks) {
  for (Span& mark : marks) {
    const std::string_view written = bytes.substr(mark.begin, mark.end - mark.begin);
    if (written.size() == 1) continue;
    std::size_t size = std::min(written.find_first_of("<\r\n", 1), written.size());
    if (written.starts_with('&')) {
      const std::size_t reference = character_reference(written).bytes;
      if (reference > 0) size = reference;
    }
    mark.end = mark.begin + static_cast<std::uint32_t>(std::min(size, written.size()));
  }
}

// `bytes` with each mark replaced by stars. The length is kept where a star has room in
// it.
std::string with_stars(std::string_view bytes, const Marks& marks,
                       std::string_view star) {
  std::string result;
  std::size_t at = 0;
  for (const Span& mark : marks) {
    result.append(bytes, at, mark.begin - at);
    const std::size_t room = mark.end - mark.begin;
    const std::size_t stars = std::max<std::size_t>(1, room / star.size());
    // A reference such as "&#52;" is one character: it becomes one star.
    const bool reference = bytes[mark.begin] == '&';
    for (std::size_t i = 0; i < (reference ? 1 : stars); ++i) result += star;
    at = mark.end;
  }
  result.append(bytes, at);
  return result;
}

std::string_view line_end_of(std::string_view bytes) {
  const std::size_t at = bytes.find('\n');
  return at != std::string_view::npos && at > 0 && bytes[at - 1] != '\r' ? "\n" : "\r\n";
}

// The part's body with its marks masked, encoded as it was. Nothing if that is
// impossible.
std::optional<std::string> masked_leaf(const LeafPlace& leaf, Marks marks) {
  if (!leaf.clean && leaf.encoding != Encoding::kQuotedPrintable) return std::nullopt;
  if (leaf.encoding == Encoding::kUuencode) return std::nullopt;
  const std::string star = encode_charset("*", leaf.charset);
  if (star.empty()) return std::nullopt;
  const std::string_view line_end = line_end_of(leaf.raw);
  const std::string decoded = decode_transfer(leaf.raw, leaf.encoding).bytes;
  if (!marks.empty() && marks.back().end > decoded.size()) return std::nullopt;
  if (star.size() == 1) cut_at_markup(decoded, marks);
  std::string bytes = with_stars(decoded, marks, star);
  if (leaf.encoding == Encoding::kIdentity) return bytes;
  if (leaf.encoding == Encoding::kQuotedPrintable) {
    return encode_quoted_printable(bytes, line_end);
  }
  std::string text = encode_base64(bytes, line_end);
  if (leaf.raw.ends_with('\n')) text += line_end;
  return text;
}

// An office document with its marks masked, encoded as it was; else why not.
MaskedPackage masked_document(const LeafPlace& leaf, const PackagePlace& place,
                              std::vector<PackageMark> marks, const Limits& limits,
                              Deadline deadline) {
  if (!leaf.clean || leaf.encoding != Encoding::kBase64) {
    return {"", "an office document that is not sent as base64"};
  }
  const std::string bytes = decode_transfer(leaf.raw, leaf.encoding).bytes;
  MaskedPackage masked = mask_package(bytes, place, std::move(marks), limits, deadline);
  if (!masked.reason.empty()) return masked;
  const std::string_view line_end = line_end_of(leaf.raw);
  masked.bytes = encode_base64(masked.bytes, line_end);
  if (leaf.raw.ends_with('\n')) masked.bytes += line_end;
  return masked;
}

class Redactor {
 public:
  Redactor(std::string_view bytes, const Options& options, Deadline deadline)
      : bytes_(bytes),
        header_(read_header_block(bytes)),
        limits_(options.limits),
        deadline_(deadline) {
    Options mapped = options;
    mapped.map_to_part = true;
    reading_ = read_with_places(bytes, mapped, deadline);
  }

  Redacted run(const std::vector<MaskTarget>& targets) {
    if (reading_.extracted.is_signed) return refusal("the message is signed");
    if (reading_.extracted.encrypted) return refusal("the message is encrypted");
    for (const MaskTarget& target : targets) {
      if (!take(target)) {
        return refusal("a value stands in " + std::string(model::name(target.zone)) +
                       " of part " + target.part + ", which cannot be masked");
      }
    }
    if (std::string reason = write_body(); !reason.empty()) {
      return refusal(std::move(reason));
    }
    if (!write_headers()) return refusal("a header cannot be encoded again");
    result_.report.possible = true;
    result_.body_begin = header_.body_begin;
    result_.report.masked = static_cast<std::uint32_t>(targets.size());
    return std::move(result_);
  }

 private:
  static Redacted refusal(std::string reason) {
    Redacted refused;
    refused.report.reason = std::move(reason);
    return refused;
  }

  // Notes the marks of one target; false if its place cannot be changed.
  bool take(const MaskTarget& target) {
    const Segment* found = nullptr;
    for (const Segment& segment : reading_.extracted.segments) {
      if (!is_same_place(segment, target)) continue;
      if (found != nullptr) return false;  // two texts of one place: not to be told apart
      found = &segment;
    }
    if (found == nullptr) return false;
    if (target.part == "0") {
      header_targets_[target.path].push_back(target);
      return true;
    }
    const LeafPlace* leaf = leaf_of(target);
    if (leaf == nullptr) return false;
    if (leaf->package) return take_in_document(*found, target, leaf);
    add_marks(found->source_text(), found->to_part, target, marks_[leaf]);
    return true;
  }

  bool take_in_document(const Segment& segment, const MaskTarget& target,
                        const LeafPlace* leaf) {
    const PackagePlace* document = document_of(leaf);
    const bool mapped = !segment.to_part.is_identity();
    if (document == nullptr || !document->whole || !mapped) return false;
    const std::string& text = segment.source_text();
    const Span span = bytes_of_code_points(text, target.start, target.end);
    for (const Span& one : masked_characters(text, span)) {
      document_marks_[leaf].push_back({segment.to_part.source_begin(one.begin),
                                       text.substr(one.begin, one.end - one.begin)});
    }
    return true;
  }

  const PackagePlace* document_of(const LeafPlace* leaf) const {
    for (const PackagePlace& place : reading_.packages) {
      if (place.part == leaf->part && place.path == leaf->path) return &place;
    }
    return nullptr;
  }

  const LeafPlace* leaf_of(const MaskTarget& target) const {
    // Of an office document every zone leads back but its name; cells, too.
    const bool text = target.zone == Zone::kBody || target.zone == Zone::kCell ||
                      target.zone == Zone::kMetadata || target.zone == Zone::kDocument ||
                      target.zone == Zone::kHtmlVisible ||
                      target.zone == Zone::kHtmlHidden || target.zone == Zone::kAttribute;
    if (!text) return nullptr;
    const LeafPlace* found = nullptr;
    for (const LeafPlace& leaf : reading_.leaves) {
      if (leaf.part != target.part) continue;
      if (found != nullptr) return nullptr;  // read in several ways: not to be told apart
      found = &leaf;
    }
    if (found == nullptr) return nullptr;
    if (found->package) return is_text_of(target.path, *found) ? found : nullptr;
    return leads_back(target.path, found->path) ? found : nullptr;
  }

  bool is_text_of(std::string_view path, const LeafPlace& leaf) const {
    const PackagePlace* document = document_of(&leaf);
    return document != nullptr &&
           std::any_of(document->texts.begin(), document->texts.end(),
                       [&](const std::string& text) { return leads_back(path, text); });
  }

  // True for the leaf's own text and for what is read in it once more with a way back.
  // What was decoded or unpacked from the same part has none.
  static bool leads_back(std::string_view path, std::string_view leaf) {
    if (!path.starts_with(leaf)) return false;
    path.remove_prefix(leaf.size());
    for (bool cut = true; cut && !path.empty();) {
      cut = false;
      for (std::string_view view : {kAsMeant, kAsShown, kUnescaped}) {
        if (!path.starts_with(view)) continue;
        path.remove_prefix(view.size());
        cut = true;
      }
    }
    return path.empty();
  }

  // Why it cannot be written, or "".
  std::string write_body() {
    std::map<std::size_t, std::pair<std::size_t, std::string>> pieces;  // by their begin
    const auto put = [&](const LeafPlace& leaf, std::string bytes) {
      const auto begin = static_cast<std::size_t>(leaf.raw.data() - bytes_.data());
      pieces[begin] = {begin + leaf.raw.size(), std::move(bytes)};
    };
    for (auto& [leaf, marks] : marks_) {
      make_disjoint(marks);
      auto masked = masked_leaf(*leaf, marks);
      if (!masked) return "a part cannot be encoded again";
      put(*leaf, std::move(*masked));
    }
    for (auto& [leaf, marks] : document_marks_) {
      MaskedPackage masked = masked_document(*leaf, *document_of(leaf), std::move(marks),
                                             limits_, deadline_);
      if (!masked.reason.empty()) return "part " + leaf->part + ": " + masked.reason;
      put(*leaf, std::move(masked.bytes));
    }
    if (pieces.empty()) return "";
    std::size_t at = header_.body_begin;
    for (auto& [begin, piece] : pieces) {
      result_.body.append(bytes_, at, begin - at);
      result_.body += piece.second;
      at = piece.first;
    }
    result_.body.append(bytes_, at);
    result_.report.body_changed = true;
    return "";
  }

  bool write_headers() {
    std::map<std::string, std::uint32_t> seen;
    for (const HeaderField& field : header_.fields) {
      const std::uint32_t index = ++seen[ascii_lowered(field.name)];
      const auto targets = header_targets_.find(field_path(field.name, index));
      if (targets == header_targets_.end()) continue;
      result_.report.headers.push_back(
          {std::string(field.name), index, masked_value(field, targets->second)});
      header_targets_.erase(targets);
    }
    return header_targets_.empty();
  }

  // Marks that stand in plain text are masked in place; if one lies in an encoded word,
  // that word is written anew.
  static std::string masked_value(const HeaderField& field,
                                  const std::vector<MaskTarget>& targets) {
    const MappedText text = field_text(field).text;
    Marks marks;
    for (const MaskTarget& target : targets) {
      const Span span = bytes_of_code_points(text.text, target.start, target.end);
      for (const Span& character : masked_characters(text.text, span))
        marks.push_back(character);
    }
    make_disjoint(marks);
    std::string value;
    std::size_t raw_at = 0;
    for (std::size_t i = 0; i < marks.size();) {
      const std::uint32_t begin = text.map.source_begin(marks[i].begin);
      const std::uint32_t end = text.map.source_end(marks[i].end);
      value.append(field.value, raw_at, begin - raw_at);
      raw_at = end;
      if (!field.value.substr(begin).starts_with("=?")) {
        value += '*';
        ++i;
        continue;
      }
      i = rewrite_word(text, marks, i, begin, value);
    }
    value.append(field.value, raw_at);
    // libmilter wants LF alone in folded values, and the space behind the colon is its
    // own.
    value.erase(std::remove(value.begin(), value.end(), '\r'), value.end());
    return value.starts_with(' ') ? value.substr(1) : value;
  }

  // Encodes the text of the encoded words that begin at `word` of the raw value again,
  // with all its marks masked. Returns the first mark behind it.
  static std::size_t rewrite_word(const MappedText& text, const Marks& marks,
                                  std::size_t first, std::uint32_t word,
                                  std::string& value) {
    std::uint32_t begin = marks[first].begin;
    while (begin > 0 && text.map.source_begin(begin - 1) == word) --begin;
    std::uint32_t end = marks[first].end;
    while (end < text.text.size() && text.map.source_begin(end) == word) ++end;
    Marks inside;
    std::size_t next = first;
    for (; next < marks.size() && marks[next].begin < end; ++next) {
      inside.push_back({marks[next].begin - begin, marks[next].end - begin});
    }
    value += encode_header_text(
        with_stars(std::string_view(text.text).substr(begin, end - begin), inside, "*"));
    return next;
  }

  std::string_view bytes_;
  HeaderBlock header_;
  Limits limits_;
  Deadline deadline_;
  Reading reading_;
  std::map<const LeafPlace*, Marks> marks_;
  std::map<const LeafPlace*, std::vector<PackageMark>> document_marks_;
  std::map<std::string, std::vector<MaskTarget>> header_targets_;
  Redacted result_;
};

}  // namespace

Redacted redact_message(std::string_view bytes, const std::vector<MaskTarget>& targets,
                        const Options& options, Deadline deadline) {
  return Redactor(bytes, options, deadline).run(targets);
}

}  // namespace noshare::extract
