// email_address: an addr-spec whose parts have lawful lengths and whose domain can exist.
//
// Sources: RFC 5321 sections 4.1.2 and 4.5.3.1, RFC 5322 section 3.4.1, RFC 6531
// (non-ASCII), RFC 1035 section 2.3.4, RFC 2606 and 6761 (names for tests and local
// networks).
#include <algorithm>
#include <iterator>

#include "noshare/base/text.h"

#include "detect/checks/code_tables.h"
#include "detect/checks/families.h"
#include "detect/checks/parameters.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostLocalBytes = 64;
constexpr std::size_t kMostDomainBytes = 255;
constexpr std::size_t kMostLabelBytes = 63;

// Domains of documents, tests and inner networks: nobody's in the root zone, and yet what
// stands in front of the '@' names a person.
constexpr std::string_view kLocalDomains[] = {"corp",     "example", "home",  "internal",
                                              "intranet", "lan",     "local", "test"};

bool is_quoted_local(std::string_view local) {
  return local.size() >= 2 && local.front() == '"' && local.back() == '"';
}

bool is_dot_atom(std::string_view local) {
  return !local.empty() && local.front() != '.' && local.back() != '.' &&
         local.find("..") == std::string_view::npos;
}

bool is_label(std::string_view label) {
  return !label.empty() && label.size() <= kMostLabelBytes && label.front() != '-' &&
         label.back() != '-';
}

// Letters and digits of RFC 1035, hyphens, and whatever lies beyond ASCII.
bool has_label_characters(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) {
    return is_ascii_alnum(c) || c == '-' || (static_cast<unsigned char>(c) & 0x80U) != 0;
  });
}

bool is_domain(std::string_view domain) {
  if (domain.size() > kMostDomainBytes) return false;
  std::size_t labels = 0;
  while (true) {
    const std::size_t dot = domain.find('.');
    const std::string_view label = domain.substr(0, dot);
    if (!is_label(label) || !has_label_characters(label)) return false;
    ++labels;
    if (dot == std::string_view::npos) {
      const bool local = std::find(std::begin(kLocalDomains), std::end(kLocalDomains),
                                   label) != std::end(kLocalDomains);
      return labels >= 2 && (local || is_top_level_domain(label));
    }
    domain.remove_prefix(dot + 1);
  }
}

class EmailAddress final : public Check {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    const std::size_t at = normalised.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > kMostLocalBytes) return false;
    const std::string_view local = normalised.substr(0, at);
    const std::string_view domain = normalised.substr(at + 1);
    if (!is_quoted_local(local) && !is_dot_atom(local)) return false;
    // The expression has seen to the digits of an address literal.
    if (domain.size() > 2 && domain.front() == '[') return domain.back() == ']';
    return is_domain(domain);
  }
  std::string_view name() const noexcept override { return "email_address"; }
  int cost_ns() const noexcept override { return 120; }
};

}  // namespace

// The value must be in lower case (normalise: lower).
Result<std::unique_ptr<Check>> make_email_address(const Json& json) {
  Parameters parameters("email_address", json);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<EmailAddress>();
}

}  // namespace noshare::detect
