// Encodings: bytes written in few signs, as people paste them into a text.
//
// In:  a run of signs, hostile     Out: the bytes; nothing if they are no text
// A run that is none of these gives bytes that are no text, after a few of them: asking
// is cheap, and so unlikely to be answered by chance that no mark need stand before it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noshare::extract {

// Printable throughout, and well-formed UTF-8.
bool is_clean_text(std::string_view bytes);

// RFC 4648 sections 6 and 7, Crockford's and z-base-32, in one case throughout, padding
// left out.
std::optional<std::string> text_in_base32(std::string_view run);

// Four bytes in five signs: Adobe's Ascii85, RFC 1924 (as git and Python write it), and
// Z85 (ZeroMQ RFC 32). White space is skipped.
std::optional<std::string> text_in_base85(std::string_view run);

// One number in base 58, as Bitcoin writes it. Takes time by the square of the size, so
// that long runs are none.
std::optional<std::string> text_in_base58(std::string_view run);

// One number in base 62, the same.
std::optional<std::string> text_in_base62(std::string_view run);

// Two bytes in three signs (RFC 9285): a text, or a file that zlib packed.
bool is_base45_sign(char c);
std::optional<std::string> bytes_in_base45(std::string_view run);

// Thirteen bits, or fourteen, in two signs (basE91).
std::optional<std::string> text_in_base91(std::string_view run);

}  // namespace noshare::extract
