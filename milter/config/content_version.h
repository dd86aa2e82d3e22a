// Versions: a short name of a text's content, for reports and incidents.
#pragma once

#include <string>
#include <string_view>

namespace noshare::config {

// Equal for equal texts on every machine: 12 hexadecimal digits of a SHA-256 digest. Not
// a secret.
std::string content_version(std::string_view text);

}  // namespace noshare::config
