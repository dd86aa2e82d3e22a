// The doors of the room: messages, texts and files. See noshare/extract/extract.h.
#include "noshare/extract/extract.h"

#include <array>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

#include "extract/collector.h"
#include "extract/containers/unpacking.h"
#include "extract/documents/structured_text.h"
#include "extract/file_reader.h"
#include "extract/header_block.h"
#include "extract/header_text.h"
#include "extract/message_reader.h"
#include "extract/pieces.h"
#include "extract/reading.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// Message-ID as a log may carry it: printable ASCII without angle brackets, at most 256
// bytes.
std::string message_id_of(const HeaderBlock& header) {
  constexpr std::size_t kMostBytes = 256;
  const HeaderField* field = header.find("message-id");
  std::string id;
  if (field == nullptr) return id;
  for (char c : field->value) {
    if (c > ' ' && c < 127 && c != '<' && c != '>' && id.size() < kMostBytes) id += c;
  }
  return id;
}

// What is the same each time a message is tried again: not the trace fields, which grow.
std::string stable_content_of(const HeaderBlock& header, std::string_view body) {
  constexpr std::array<std::string_view, 6> kFields = {"from",    "to",   "cc",
                                                       "subject", "date", "message-id"};
  std::string content;
  for (std::string_view name : kFields) {
    for (std::string_view value : header.all(name)) {
      content += name;
      content += ':';
      content += value;
      content += '\n';
    }
  }
  content += digest(body);
  return content;
}

// Encrypted as a whole: nothing but the encrypted content was found below the headers.
bool is_wholly_encrypted(const Collector& collector, const Extracted& extracted) {
  if (!collector.saw_encrypted_content) return false;
  for (const model::Segment& segment : extracted.segments) {
    const bool header = segment.zone == Zone::kSubject || segment.zone == Zone::kHeader ||
                        segment.zone == Zone::kFilename;
    if (!header) return false;
  }
  for (const model::Unreadable& unreadable : extracted.unreadable) {
    if (unreadable.reason != UnreadableReason::kEncrypted) return false;
  }
  return true;
}

}  // namespace

Reading read_with_places(std::string_view bytes, const Options& options,
                         Deadline deadline) {
  Collector collector(options, deadline);
  Extracted& extracted = collector.extracted();
  if (bytes.size() > options.limits.message_bytes) {
    collector.add_unreadable("", "", UnreadableReason::kTooLarge,
                             "message larger than allowed");
    bytes = bytes.substr(0, options.limits.message_bytes);
  }
  const HeaderBlock header = read_header_block(bytes);
  extracted.message_id = message_id_of(header);
  extracted.stable_content = stable_content_of(header, bytes.substr(header.body_begin));
  collector.set_input_size(bytes.size());
  read_message(bytes, {}, collector);
  open_locked_archives(collector);
  read_pieces_together(collector);
  extracted.encrypted = is_wholly_encrypted(collector, extracted);
  return {std::move(extracted), collector.leaves(), collector.packages()};
}

Extracted extract_message(std::string_view bytes, const Options& options,
                          Deadline deadline) {
  return read_with_places(bytes, options, deadline).extracted;
}

Extracted extract_text(std::string_view bytes, const Options& options) {
  Collector collector(options, Deadline::never());
  if (is_valid_utf8(bytes)) {
    collector.add_text("1", "body", Zone::kBody, {std::string(bytes), {}});
  } else {
    read_text(bytes, {}, "1", "body", collector);
  }
  collector.extracted().stable_content = digest(bytes);
  return std::move(collector.extracted());
}

Extracted extract_file(std::string_view bytes, std::string_view name,
                       const Options& options, Deadline deadline) {
  Collector collector(options, deadline);
  const std::string path = name.empty() ? "file" : to_valid_utf8(name);
  collector.extracted().stable_content = digest(bytes);
  collector.add_text("1", path, Zone::kFilename, {to_valid_utf8(name), {}});
  collector.set_input_size(bytes.size());
  if (looks_like_message(bytes) && !is_mail_box(bytes)) {
    read_message(bytes, {}, collector);
  } else {
    read_file(bytes, {"1", path, 0}, collector);
  }
  open_locked_archives(collector);
  read_pieces_together(collector);
  return std::move(collector.extracted());
}

}  // namespace noshare::extract
