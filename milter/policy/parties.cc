// Parties: see parties.h.
#include "policy/parties.h"

#include <algorithm>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

namespace noshare::policy {

namespace {

using model::Direction;
using model::Party;

// This host itself: local programs, webmail, a relay in front of the mail server.
constexpr const char* kLoopback[] = {"127.0.0.0/8", "::1"};

bool matches_any(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, text); });
}

// The domain an address is delivered to; "example.com." is example.com (RFC 1034
// section 3.1).
std::string domain_of(std::string_view address) {
  std::string domain = address_domain(address);
  if (!domain.empty() && domain.back() == '.') domain.pop_back();
  return domain;
}

// Old forms of routing hide another destination in the local part: user%outside@relay,
// outside!user@relay, "user@outside"@relay. Mail servers differ in whether they follow.
bool may_be_routed_on(std::string_view address) {
  const std::size_t at = address.rfind('@');
  return address.substr(0, at == std::string_view::npos ? address.size() : at)
             .find_first_of("%!@") != std::string_view::npos;
}

}  // namespace

Result<Parties> Parties::create(const config::Settings& settings) {
  Parties parties;
  parties.organisation_ = settings.organisation;
  parties.processors_ = settings.processors;
  parties.authorities_ = settings.authorities;
  parties.outbound_daemons_ = settings.milter.outbound_daemons;
  for (const char* text : kLoopback) {
    NOSHARE_TRY(const config::Network network, config::parse_network(text));
    parties.networks_.push_back(network);
  }
  for (const std::string& text : settings.organisation.networks) {
    NOSHARE_TRY(const config::Network network, config::parse_network(text));
    parties.networks_.push_back(network);
  }
  return parties;
}

bool Parties::is_own_domain(std::string_view domain) const {
  return matches_any(organisation_.domains, domain);
}

bool Parties::is_inside(const std::string& client_address) const {
  const auto address = config::parse_ip_address(client_address);
  return address && std::any_of(networks_.begin(), networks_.end(),
                                [&](const auto& one) { return one.contains(*address); });
}

DirectionOf Parties::direction(const model::Envelope& envelope) const {
  const auto& daemons = outbound_daemons_;
  if (!envelope.authenticated_user.empty()) {
    return {Direction::kOutbound, "the sender is authenticated"};
  }
  if (envelope.local_submission) {
    return {Direction::kOutbound, "submitted on this host"};
  }
  if (std::find(daemons.begin(), daemons.end(), envelope.daemon_name) != daemons.end()) {
    return {Direction::kOutbound, "it came in by the service " + envelope.daemon_name};
  }
  if (is_inside(envelope.client_address)) {
    return {Direction::kOutbound, "the client's address is inside"};
  }
  if (!config::parse_ip_address(envelope.client_address)) {
    return {Direction::kOutbound, "nothing is known about where it comes from"};
  }
  // A stranger's mail to a stranger: the mail server relays it, so it trusts the client
  // for a reason we do not see.
  const bool relayed = std::any_of(envelope.recipients.begin(), envelope.recipients.end(),
                                   [&](const auto& recipient) {
                                     const std::string domain = domain_of(recipient);
                                     return !domain.empty() && !is_own_domain(domain);
                                   });
  if (relayed && is_own_domain(domain_of(envelope.sender))) {
    return {Direction::kOutbound, "an own sender writes to an outside recipient"};
  }
  return {Direction::kInbound, "the client is outside and not authenticated"};
}

Standing Parties::standing(std::string_view recipient, std::string_view today) const {
  const std::string address = normalised_address(recipient);
  const std::string domain = domain_of(address);
  if (may_be_routed_on(address)) {
    return {Party::kThird, nullptr, nullptr, "its local part may lead to another host"};
  }
  if (domain.empty() || is_own_domain(domain)) {
    if (!matches_any(organisation_.forwards, address)) {
      return {Party::kFirst, nullptr, nullptr, "within the organisation"};
    }
    return {Party::kThird, nullptr, nullptr, "an own address that leads outside"};
  }
  if (matches_any(organisation_.affiliates, domain)) {
    return {Party::kAffiliate, nullptr, nullptr, "an affiliate of the organisation"};
  }
  Standing standing{Party::kThird, nullptr, nullptr, "outside of the organisation"};
  for (const config::Processor& one : processors_) {
    if (!glob_match(one.domain, domain)) continue;
    // Days in ISO 8601 compare as texts.
    if (one.until.empty() || one.until >= today) {
      return {Party::kProcessor, &one, nullptr,
              "a processor" + (one.purpose.empty() ? "" : " for " + one.purpose)};
    }
    standing.reason = "a processor whose agreement ended on " + one.until;
  }
  for (const config::Authority& one : authorities_) {
    if (!glob_match(one.domain, domain)) continue;
    standing.authority = &one;
    standing.reason = "an authority, " + one.name;
    break;
  }
  return standing;
}

}  // namespace noshare::policy
