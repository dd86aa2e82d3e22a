// The walk over MIME parts. See message_reader.h.
#include "extract/message_reader.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "noshare/base/text.h"

#include "extract/cms.h"
#include "extract/documents/package.h"
#include "extract/documents/structured_text.h"
#include "extract/embedded.h"
#include "extract/file_reader.h"
#include "extract/header_block.h"
#include "extract/header_reader.h"
#include "extract/multipart.h"
#include "extract/parameters.h"
#include "extract/sniff.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// A MIME entity: its header, read, and its body, not yet decoded.
struct Entity {
  HeaderBlock header;
  std::string_view body;
  ParameterList disposition;
  std::vector<ParameterList>
      types;  // each different reading of Content-Type, at least one
  std::vector<Encoding> encodings;  // each different reading, at least one
  std::vector<std::string> names;   // of the file, best first
};

// Where the entity stands in the tree of parts.
struct Node {
  Place place;
  bool is_root = false;  // a message's own entity: its fields are read with the message
  bool in_encrypted = false;  // inside multipart/encrypted
  bool raw = true;            // its bytes are the outermost message's own
};

class MessageReader {
 public:
  explicit MessageReader(Collector& out) : out_(out) {}

  void message(std::string_view bytes, const Place& place, bool raw) {
    const bool outermost = place.part.empty();
    HeaderBlock header = read_header_block(bytes);
    read_headers(header, outermost ? "0" : place.part + ".0", place.path, out_);
    const std::string_view body = bytes.substr(header.body_begin);
    Node node{place, true, false, raw};
    entity(make_entity(std::move(header), body, "text/plain"), node);
  }

 private:
  static Entity make_entity(HeaderBlock header, std::string_view body,
                            std::string_view default_type) {
    Entity entity;
    for (std::string_view value : header.all("content-type")) {
      ParameterList type = parse_parameters(value);
      const auto same = [&](const ParameterList& other) {
        return other.main == type.main && other.get("boundary") == type.get("boundary") &&
               other.get("charset") == type.get("charset");
      };
      if (type.main.find('/') == std::string::npos) type.main = "text/plain";
      if (std::none_of(entity.types.begin(), entity.types.end(), same)) {
        entity.types.push_back(std::move(type));
      }
    }
    if (entity.types.empty()) entity.types.push_back({std::string(default_type), {}});
    for (std::string_view value : header.all("content-transfer-encoding")) {
      const Encoding encoding = encoding_from_header(value).encoding;
      if (std::find(entity.encodings.begin(), entity.encodings.end(), encoding) ==
          entity.encodings.end()) {
        entity.encodings.push_back(encoding);
      }
    }
    if (entity.encodings.empty()) entity.encodings.push_back(Encoding::kIdentity);
    if (const HeaderField* field = header.find("content-disposition")) {
      entity.disposition = parse_parameters(field->value);
    }
    for (const ParameterList& type : entity.types) {
      add_names(file_names(type, entity.disposition), entity);
      for (std::string_view value : header.all("content-disposition")) {
        add_names(file_names(type, parse_parameters(value)), entity);
      }
    }
    entity.header = std::move(header);
    entity.body = body;
    return entity;
  }

  static void add_names(std::vector<std::string> names, Entity& entity) {
    for (std::string& name : names) {
      if (std::find(entity.names.begin(), entity.names.end(), name) ==
          entity.names.end()) {
        entity.names.push_back(std::move(name));
      }
    }
  }

  void entity(const Entity& entity, const Node& node) {
    if (!out_.time_left()) return;
    const bool ambiguous = entity.types.size() > 1 || entity.encodings.size() > 1;
    const std::string number = number_of(entity.types.front(), node);
    if (!node.is_root) read_headers(entity.header, number, node.place.path, out_);
    for (const std::string& name : entity.names) {
      const std::string place = node.place.path + one_line(name);
      read_embedded_runs({name, {}}, number, place, out_);
      out_.add_text(number, place, Zone::kFilename, {name, {}});
    }
    if (ambiguous) {
      out_.add_unreadable(number, path_of(entity, node), UnreadableReason::kAmbiguous,
                          "contradicting headers");
    }
    for (const ParameterList& type : entity.types) {
      if (type.main.starts_with("multipart/") && multipart(entity, type, node)) continue;
      for (Encoding encoding : entity.encodings)
        leaf(entity, type, encoding, node, number);
    }
  }

  // RFC 3501 section 6.4.5: a message whose body is no multipart has the one part 1.
  static std::string number_of(const ParameterList& type, const Node& node) {
    if (!node.is_root || type.main.starts_with("multipart/")) {
      return node.place.part.empty() ? "TEXT" : node.place.part;
    }
    return node.place.part.empty() ? "1" : node.place.part + ".1";
  }

  static std::string path_of(const Entity& entity, const Node& node) {
    const std::string name =
        entity.names.empty() ? "body" : one_line(entity.names.front());
    return node.place.path + name;
  }

  // False if the body cannot be cut: it is then read as a single part.
  bool multipart(const Entity& entity, const ParameterList& type, const Node& node) {
    const std::string number = number_of(type, node);
    if (node.place.depth >= out_.limits().depth) {
      out_.add_unreadable(number, path_of(entity, node), UnreadableReason::kTooDeep,
                          "parts nested too deeply");
      raw_text(entity.body, number, node.place.path + "body", node.raw);
      return true;
    }
    std::string decoded;  // a transfer encoding is forbidden here, but programs undo it
    Node inner = node;
    std::string_view body = entity.body;
    if (entity.encodings.front() != Encoding::kIdentity && guess_boundary(body).empty()) {
      decoded = decode_transfer(body, entity.encodings.front()).bytes;
      body = decoded;
      inner.raw = false;
    }
    MultipartCut cut = cut_by(body, type);
    if (!cut.found) return false;
    if (type.main == "multipart/signed") out_.extracted().is_signed = true;
    if (type.main == "multipart/encrypted") inner.in_encrypted = true;
    children(cut, type.main == "multipart/digest" ? "message/rfc822" : "text/plain",
             inner);
    for (std::string_view outside : cut.outside) {
      raw_text(outside, number, node.place.path + "text outside the parts", inner.raw);
    }
    if (!cut.rest.empty()) {
      raw_text(cut.rest, number, node.place.path + "further parts", inner.raw);
    }
    return true;
  }

  MultipartCut cut_by(std::string_view body, const ParameterList& type) const {
    // One more than allowed, so that counting them says that there were too many.
    const std::size_t most = std::size_t{out_.limits().parts} + 1;
    for (const Parameter& parameter : type.parameters) {
      if (parameter.name != "boundary" || parameter.value.empty()) continue;
      MultipartCut cut = cut_multipart(body, parameter.value, most);
      if (cut.found) return cut;
    }
    const std::string_view guess = guess_boundary(body);
    return guess.empty() ? MultipartCut{} : cut_multipart(body, guess, most);
  }

  void children(const MultipartCut& cut, std::string_view default_type,
                const Node& node) {
    std::size_t index = 0;
    for (std::string_view part : cut.parts) {
      ++index;
      if (!out_.time_left()) return;
      Node child = node;
      child.is_root = false;
      child.place.part += (child.place.part.empty() ? "" : ".") + std::to_string(index);
      ++child.place.depth;
      if (!out_.count_part()) {
        const std::size_t at =
            static_cast<std::size_t>(part.data() - cut.parts.front().data());
        const std::string_view last = cut.parts.back();
        const std::size_t end =
            static_cast<std::size_t>(last.data() - cut.parts.front().data()) +
            last.size();
        raw_text({part.data(), end - at}, child.place.part,
                 node.place.path + "further parts", node.raw);
        return;
      }
      HeaderBlock header = read_header_block(part);
      const std::string_view body = part.substr(header.body_begin);
      entity(make_entity(std::move(header), body, default_type), child);
    }
  }

  void leaf(const Entity& entity, const ParameterList& type, Encoding encoding,
            const Node& node, const std::string& number) {
    std::string decoded_bytes;
    std::string_view bytes = entity.body;
    bool clean = true;
    if (encoding != Encoding::kIdentity) {
      Decoded decoded = decode_transfer(entity.body, encoding);
      decoded_bytes = std::move(decoded.bytes);
      bytes = decoded_bytes;
      clean = decoded.clean;
    }
    const std::string path = path_of(entity, node);
    if (!clean && encoding != Encoding::kQuotedPrintable) {
      raw_text(entity.body, number, path + " (as sent)", false);
    }
    if (bytes.size() > out_.limits().part_bytes) {
      out_.add_unreadable(number, path, UnreadableReason::kTooLarge,
                          "part larger than allowed");
      bytes = bytes.substr(0, out_.limits().part_bytes);
    }
    LeafPlace place{number, path, entity.body, encoding, clean, ""};
    content(bytes, type, entity, node, place, path);
  }

  void content(std::string_view bytes, const ParameterList& type, const Entity& entity,
               const Node& node, LeafPlace& place, const std::string& path) {
    if (trimmed(bytes).empty()) return;
    if (type.main.starts_with("message/") &&
        special_message(bytes, type, node, place, path))
      return;
    if (is_control_part(bytes, type.main, node)) return;
    const Sniffed found = sniff(bytes);
    if (node.in_encrypted && (found.type.empty() ? !is_texty(bytes) : true)) {
      out_.saw_encrypted_content = true;
      out_.add_unreadable(place.part, path, UnreadableReason::kEncrypted, "PGP message");
    } else if (!found.type.empty()) {
      place.package = is_ooxml(found.type) || is_opendocument(found.type);
      if (out_.maps() && node.raw && place.package) out_.add_leaf(place);
      read_format(found, bytes, {place.part, path, node.place.depth}, out_);
    } else if (is_texty(bytes)) {
      const FilePlace file{place.part, path, node.place.depth};
      if (!is_file(type, entity) || !read_structured(bytes, file, out_)) {
        text(bytes, type, entity, node, place, path);
      }
      read_appended_zip(bytes, file, out_);
    } else {
      out_.add_unreadable(place.part, path, UnreadableReason::kUnsupported,
                          "application/octet-stream");
      // Programs show what is said to be text as text, whatever it looks like.
      if (type.main.starts_with("text/")) {
        text(bytes, type, entity, node, place, path);
      } else {
        read_strings(bytes, {place.part, path, node.place.depth}, out_);
      }
    }
  }

  // True for what a mail program does not show as the message's own text.
  static bool is_file(const ParameterList& type, const Entity& entity) {
    return entity.disposition.main == "attachment" || !entity.names.empty() ||
           (type.main != "text/plain" && type.main != "text/html");
  }

  void text(std::string_view bytes, const ParameterList& type, const Entity& entity,
            const Node& node, LeafPlace& place, const std::string& path) {
    TextFacts facts;
    facts.charset = type.get("charset");
    facts.html = type.main == "text/html" || type.main == "application/xhtml+xml" ||
                 type.main == "text/enriched" || type.main == "text/richtext" ||
                 looks_like_html(bytes);
    facts.flowed = equal_ignoring_case(type.get("format"), "flowed");
    facts.delete_space = equal_ignoring_case(type.get("delsp"), "yes");
    const bool attached = entity.disposition.main == "attachment" ||
                          (!entity.names.empty() && type.main != "text/plain");
    facts.zone = attached ? Zone::kDocument : Zone::kBody;
    facts.depth = node.place.depth;
    place.charset = read_text(bytes, facts, place.part, path, out_);
    if (node.raw) out_.add_leaf(place);
  }

  // message/*: forwarded mail is read in; what fetches its content elsewhere cannot be.
  bool special_message(std::string_view bytes, const ParameterList& type,
                       const Node& node, const LeafPlace& place,
                       const std::string& path) {
    if (type.main == "message/partial" || type.main == "message/external-body") {
      out_.add_unreadable(place.part, path, UnreadableReason::kUnsupported, type.main);
      return false;
    }
    if (type.main != "message/rfc822" && type.main != "message/global" &&
        type.main != "message/news") {
      return false;
    }
    if (node.place.depth >= out_.limits().depth) {
      out_.add_unreadable(place.part, path, UnreadableReason::kTooDeep,
                          "messages nested too deeply");
      return false;
    }
    Place inner = node.place;
    inner.part = place.part;
    inner.path += "forwarded message" + std::string(kPathSeparator);
    ++inner.depth;
    message(bytes, inner, node.raw && place.encoding == Encoding::kIdentity);
    return true;
  }

  // Parts that only serve a signature or encryption, told by their content as well.
  static bool is_control_part(std::string_view bytes, std::string_view type,
                              const Node& node) {
    const std::string_view text = trimmed(bytes);
    if (type == "application/pkcs7-signature" ||
        type == "application/x-pkcs7-signature") {
      return sniff(bytes).type.find("signed-data") != std::string_view::npos &&
             signed_content(bytes).empty();
    }
    if (type == "application/pgp-signature") {
      return text.starts_with("-----BEGIN PGP SIGNATURE-----") &&
             text.ends_with("-----END PGP SIGNATURE-----");
    }
    return node.in_encrypted && type == "application/pgp-encrypted" &&
           text == "Version: 1";
  }

  // Text that belongs to no part, or to parts that are not taken apart.
  void raw_text(std::string_view bytes, const std::string& part, const std::string& path,
                bool raw) {
    if (!out_.time_left() || trimmed(bytes).empty() || !is_texty(bytes)) return;
    TextFacts facts;
    facts.html = looks_like_html(bytes);
    LeafPlace place{part, path, bytes, Encoding::kIdentity, true, ""};
    place.charset =
        read_text(bytes.substr(0, out_.limits().part_bytes), facts, part, path, out_);
    if (raw) out_.add_leaf(place);
  }

  Collector& out_;
};

}  // namespace

void read_message(std::string_view bytes, const Place& place, Collector& out) {
  // Only the outermost message stands in the input as it is.
  MessageReader(out).message(bytes, place, place.part.empty());
}

}  // namespace noshare::extract
