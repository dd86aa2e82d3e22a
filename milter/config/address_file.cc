// See address_file.h.
#include "config/address_file.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

namespace noshare::config {

namespace {

bool starts_ignoring_case(std::string_view text, std::string_view start) {
  return equal_ignoring_case(text.substr(0, start.size()), start);
}

// "mail;x-work", "proxyAddresses;range=0-1499": options follow the name (RFC 4512 section
// 2.5).
std::string_view name_of(std::string_view attribute) {
  return attribute.substr(0, attribute.find(';'));
}

bool holds_addresses(std::string_view name) {
  constexpr std::array<std::string_view, 7> kNames = {
      "mail",  "rfc822Mailbox",   "mailAlternateAddress", "mailLocalAddress",
      "email", "mailAlternative", "proxyAddresses"};
  return std::any_of(kNames.begin(), kNames.end(), [&](std::string_view one) {
    return equal_ignoring_case(name, one);
  });
}

// An LDIF file begins with its version or with an entry's name.
bool is_ldif(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    if (trimmed(line).empty() || line.starts_with('#')) continue;
    return starts_ignoring_case(line, "version:") || starts_ignoring_case(line, "dn:");
  }
  return false;
}

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Lines that begin with a space go on with the one before.
std::vector<FileAddress> unfolded(std::string_view text) {
  std::vector<FileAddress> lines;
  std::size_t number = 0;
  for (const std::string_view whole : split(text, '\n')) {
    ++number;
    const std::string_view line = without_return(whole);
    if (line.starts_with(' ') && !lines.empty()) {
      lines.back().text += line.substr(1);
    } else {
      lines.push_back({number, std::string(line)});
    }
  }
  return lines;
}

std::vector<FileAddress> addresses_of_ldif(std::string_view text) {
  constexpr std::string_view kSmtp = "smtp:";
  std::vector<FileAddress> addresses;
  for (const FileAddress& line : unfolded(text)) {
    const std::size_t colon = line.text.find(':');
    if (colon == std::string::npos || line.text.starts_with('#')) continue;
    const std::string_view name = name_of(std::string_view(line.text).substr(0, colon));
    if (!holds_addresses(name)) continue;
    std::string_view value = trimmed(std::string_view(line.text).substr(colon + 1));
    if (equal_ignoring_case(name, "proxyAddresses")) {
      if (!starts_ignoring_case(value, kSmtp)) continue;  // X.400, SIP ...
      value.remove_prefix(kSmtp.size());
    }
    addresses.push_back({line.line, std::string(value)});
  }
  return addresses;
}

}  // namespace

std::vector<FileAddress> addresses_of_file(std::string_view text) {
  if (is_ldif(text)) return addresses_of_ldif(text);
  std::vector<FileAddress> addresses;
  std::size_t number = 0;
  for (const std::string_view whole : split(text, '\n')) {
    ++number;
    const std::string_view line = trimmed(whole.substr(0, whole.find('#')));
    if (!line.empty()) addresses.push_back({number, std::string(line)});
  }
  return addresses;
}

}  // namespace noshare::config
