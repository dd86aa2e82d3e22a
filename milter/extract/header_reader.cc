// Which header fields are read, and how. See header_reader.h.
#include "extract/header_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include "noshare/base/text.h"

#include "extract/address_list.h"
#include "extract/disguise/view_lines.h"
#include "extract/embedded.h"
#include "extract/header_text.h"

namespace noshare::extract {
namespace {

// Trace and identification (RFC 5322 sections 3.6.4 and 3.6.7), authentication (RFC 6376,
// 7208, 8601, 8617), MIME structure (RFC 2045; names and descriptions are read elsewhere
// or below).
constexpr std::array<std::string_view, 50> kMachineFields = {"received",
                                                             "return-path",
                                                             "delivered-to",
                                                             "x-original-to",
                                                             "envelope-to",
                                                             "message-id",
                                                             "in-reply-to",
                                                             "references",
                                                             "resent-message-id",
                                                             "content-id",
                                                             "x-message-id",
                                                             "date",
                                                             "resent-date",
                                                             "delivery-date",
                                                             "expires",
                                                             "mime-version",
                                                             "content-type",
                                                             "content-disposition",
                                                             "content-transfer-encoding",
                                                             "content-length",
                                                             "content-md5",
                                                             "lines",
                                                             "status",
                                                             "x-status",
                                                             "dkim-signature",
                                                             "domainkey-signature",
                                                             "domainkey-status",
                                                             "authentication-results",
                                                             "x-google-dkim-signature",
                                                             "received-spf",
                                                             "x-received",
                                                             "autocrypt",
                                                             "face",
                                                             "x-face",
                                                             "x-pgp-sig",
                                                             "user-agent",
                                                             "x-mailer",
                                                             "x-mimeole",
                                                             "thread-index",
                                                             "x-originating-ip",
                                                             "x-originalarrivaltime",
                                                             "x-loop",
                                                             "x-beenthere",
                                                             "errors-to",
                                                             "mailing-list",
                                                             "path",
                                                             "nntp-posting-host",
                                                             "xref",
                                                             "content-language",
                                                             "feedback-id"};

// Families that filters and transports write, by prefix.
constexpr std::array<std::string_view, 17> kMachinePrefixes = {
    "arc-",          "list-",          "x-spam-",     "x-ms-exchange-", "x-microsoft-",
    "x-forefront-",  "x-google-smtp-", "x-gm-",       "x-mailman-",     "x-virus-",
    "x-proofpoint-", "x-provags-",     "x-ironport-", "x-amavis-",      "x-mozilla-",
    "x-mimecast-",   "x-barracuda-"};

constexpr std::array<std::string_view, 7> kAddressFields = {
    "to", "cc", "bcc", "reply-to", "resent-to", "resent-cc", "mail-followup-to"};

template <std::size_t kCount>
bool holds(const std::array<std::string_view, kCount>& names, const std::string& name) {
  for (std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

// The names in an address field, one a line; their maps lead to the raw value.
MappedText names_of(std::string_view value) {
  TextBuilder out(true);
  for (const Mailbox& mailbox : parse_address_list(value)) {
    if (mailbox.name.text.empty()) continue;
    if (out.size() > 0) out.replace("\n", mailbox.name_begin);
    out.append(mailbox.name, mailbox.name_begin, mailbox.name_end - mailbox.name_begin);
  }
  return out.finish(value.size());
}

void add_participants(std::string_view value, bool author, Extracted& out) {
  for (Mailbox& mailbox : parse_address_list(value)) {
    out.participants.push_back({Sensitive(std::move(mailbox.address)),
                                Sensitive(std::move(mailbox.name.text)), author});
  }
}

}  // namespace

namespace {

// The words of a field of programs: without hosts, addresses and the like.
std::string words_of(std::string_view value) {
  std::string words;
  for (std::string_view token : split(value, ' ')) {
    if (token.find_first_of("@.=") == token.npos || token.ends_with('.')) {
      words.append(token).append(" ");
    }
  }
  return words;
}

// Ids hold numbers of programs, unless they say in two words what they are.
void read_id(std::string_view id, const std::string& part, const std::string& path,
             Collector& out) {
  constexpr std::array<std::string_view, 6> kNumbers = {
      "card number", "credit card", "social security", "ssn ", "iban ", "account number"};
  std::string words;
  for (const char c : id) words += is_ascii_alnum(c) ? c : ' ';
  const std::string lowered = ascii_lowered(words);
  const bool told = std::any_of(
      kNumbers.begin(), kNumbers.end(),
      [&](std::string_view number) { return lowered.find(number) != lowered.npos; });
  if (told) {
    out.add_text(part, path + std::string(kDecoded), model::Zone::kHeader, {words, {}});
  }
}

// Addresses that tell of a number, other than by their names.
void read_told_addresses(std::string_view value, const std::string& part,
                         const std::string& path, Collector& out) {
  if (!says_number(value) || says_number(names_of(value).text)) return;
  std::string words;
  for (const char c : value) {
    words += std::string_view("\"<>[]@,;:").find(c) == std::string_view::npos ? c : ' ';
  }
  out.add_text(part, path + std::string(kDecoded), model::Zone::kHeader, {words, {}});
}

// Fields of programs hold numbers of all kinds, but no words for what people's are.
void read_machine_field(const HeaderField& field, const std::string& part,
                        const std::string& path, Collector& out) {
  constexpr std::ptrdiff_t kFewestDigits = 9;
  constexpr std::array<std::string_view, 5> kIds = {
      "message-id", "content-id", "references", "in-reply-to", "resent-message-id"};
  MappedText text = decode_header_text(field.value);
  if (std::count_if(text.text.begin(), text.text.end(), is_ascii_digit) < kFewestDigits) {
    return;
  }
  if (holds(kIds, ascii_lowered(field.name))) {
    return read_id(text.text, part, path, out);
  }
  const std::string words = words_of(text.text);
  const Cues cues = cues_around(words, words.size(), words.size());
  const bool account = ascii_lowered(words).find("iban") != std::string::npos;
  if (!cues.card && !cues.identity && !account) return;
  out.add_text(part, path, model::Zone::kHeader, std::move(text));
}

// Encoded words in what encoded words stood for: some programs go on.
void read_inner_words(std::string_view text, const std::string& part,
                      const std::string& path, Collector& out) {
  if (text.find("=?") == std::string_view::npos) return;
  MappedText inner = decode_header_text(text);
  if (inner.text == text) return;
  out.add_text(part, path + std::string(kDecoded), model::Zone::kSubject,
               {inner.text, {}});
}

}  // namespace

FieldUse use_of_field(std::string_view field_name) {
  const std::string name = ascii_lowered(field_name);
  if (name == "subject") return FieldUse::kSubject;
  if (name == "from" || name == "sender" || name == "resent-from")
    return FieldUse::kAuthors;
  if (holds(kAddressFields, name)) return FieldUse::kAddresses;
  if (holds(kMachineFields, name)) return FieldUse::kMachine;
  for (std::string_view prefix : kMachinePrefixes) {
    if (name.starts_with(prefix)) return FieldUse::kMachine;
  }
  return FieldUse::kText;
}

FieldText field_text(const HeaderField& field) {
  switch (use_of_field(field.name)) {
    case FieldUse::kMachine:
      return {};
    case FieldUse::kAuthors:
    case FieldUse::kAddresses:
      return {model::Zone::kHeader, names_of(field.value)};
    case FieldUse::kSubject:
      return {model::Zone::kSubject, decode_header_text(field.value)};
    case FieldUse::kText:
      break;
  }
  return {model::Zone::kHeader, decode_header_text(field.value)};
}

std::string field_path(std::string_view name, std::uint32_t index) {
  std::string path = equal_ignoring_case(name, "subject") ? "subject" : std::string(name);
  if (index > 1) path += " (" + std::to_string(index) + ")";
  return path;
}

void read_headers(const HeaderBlock& block, const std::string& part,
                  const std::string& path, Collector& out) {
  constexpr std::size_t kMostSegments = 1000;  // further fields share one segment
  std::map<std::string, std::uint32_t> seen;
  std::size_t segments = 0;
  MappedText further;
  for (const HeaderField& field : block.fields) {
    const FieldUse use = use_of_field(field.name);
    const std::uint32_t index = ++seen[ascii_lowered(field.name)];
    if (use == FieldUse::kMachine) {
      read_machine_field(field, part, path + field_path(field.name, index), out);
      continue;
    }
    const std::string place = path + field_path(field.name, index);
    if (use == FieldUse::kAuthors || use == FieldUse::kAddresses) {
      add_participants(field.value, use == FieldUse::kAuthors, out.extracted());
      read_told_addresses(field.value, part, place, out);
    }
    FieldText read = field_text(field);
    // White space alone before the text, as in "Subject: x", belongs to the syntax.
    if (trimmed(read.text.text).empty()) continue;
    if (++segments > kMostSegments) {
      further.text += read.text.text + "\n";
      continue;
    }
    if (use == FieldUse::kSubject || use == FieldUse::kText) {
      read_embedded_runs({read.text.text, {}}, part, place, out);
    }
    if (use == FieldUse::kSubject) {
      read_inner_words(read.text.text, part, place, out);
    }
    out.add_text(part, place, read.zone, std::move(read.text));
  }
  for (std::string_view stray : block.strays)
    further.text += decode_header_text(stray).text + "\n";
  out.add_text(part, path + "further header lines", model::Zone::kHeader,
               std::move(further));
}

}  // namespace noshare::extract
