// OpenPGP messages (RFC 4880): opened where they are only signed or packed, told where
// they are encrypted.
//
// In:  packets, hostile, without armour     Out: the literal data, read as a file
#pragma once

#include <string>
#include <string_view>

#include "extract/file_reader.h"

namespace noshare::extract {

// What the first packets say. kNone: it is no message.
enum class OpenPgp { kNone, kEncrypted, kClear };
OpenPgp openpgp_kind(std::string_view bytes);
// Of what is marked as a message: its first byte is believed.
OpenPgp announced_openpgp_kind(std::string_view bytes);

// A FormatReader: says that the content is encrypted, or reads it.
void read_openpgp(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
