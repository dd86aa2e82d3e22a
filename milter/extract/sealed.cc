// See sealed.h.
#include "extract/sealed.h"

#include <algorithm>
#include <string>

#include "noshare/base/text.h"

#include "extract/transfer.h"

namespace noshare::extract {
namespace {

bool is_token_sign(char c) {
  return is_ascii_alnum(c) || c == '-' || c == '_' || c == '=' || c == '.';
}

// The token that begins at `at`; "" where it is a piece of a longer one or of an address.
std::string_view token_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLooked = 200;
  if (at > 0 && (is_token_sign(text[at - 1]) || text[at - 1] == '/')) return {};
  std::size_t begin = at;
  while (begin > 0 && at - begin < kLooked && !is_ascii_space(text[begin - 1])) --begin;
  if (text.substr(begin, at - begin).find("://") != std::string_view::npos) return {};
  std::size_t end = at;
  while (end < text.size() && is_token_sign(text[end])) ++end;
  return text.substr(at, end - at);
}

// A header that names a cipher, and four parts behind it.
bool is_jwe(std::string_view token) {
  if (std::count(token.begin(), token.end(), '.') != 4) return false;
  const std::string head = decode_base64(token.substr(0, token.find('.'))).bytes;
  return head.find("\"enc\"") != std::string::npos;
}

bool is_fernet(std::string_view token) {
  constexpr std::size_t kShortest = 100;  // of one block
  return token.size() >= kShortest;
}

template <class Is>
bool has_token(std::string_view text, std::string_view mark, const Is& is) {
  constexpr int kMost = 100;
  std::size_t at = text.find(mark);
  for (int i = 0; i < kMost && at < text.size(); ++i) {
    if (is(token_at(text, at))) return true;
    at = text.find(mark, at + 1);
  }
  return false;
}

}  // namespace

std::string_view sealed_kind(std::string_view text) {
  if (text.find("$ANSIBLE_VAULT;") != text.npos) return "Ansible vault";
  if (text.find("ENC[AES256_GCM,") != text.npos) return "values of sops";
  if (has_token(text, "gAAAAA", is_fernet)) {
    return "Fernet token";
  }
  if (has_token(text, "eyJ", is_jwe)) return "JWE token";
  return {};
}

}  // namespace noshare::extract
