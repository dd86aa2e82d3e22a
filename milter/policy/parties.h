// Parties: who a recipient is to the organisation, and which way a message goes.
//
// In:  Settings, an Envelope or an address     Out: Direction, Party, and the reason in
// words. Any address gives an answer; in doubt it is a third party and the mail is
// outbound.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/network.h"
#include "noshare/config/settings.h"
#include "noshare/model/verdict.h"

namespace noshare::policy {

struct Standing {
  model::Party party = model::Party::kThird;
  const config::Processor* processor = nullptr;  // for kProcessor
  const config::Authority* authority = nullptr;  // whom the law may ask for; kThird
  std::string reason = {};                       // "outside of organisation.domains"
};

struct DirectionOf {
  model::Direction direction = model::Direction::kOutbound;
  std::string reason;
};

class Parties {
 public:
  // Errors: kInvalidInput for a network that is none.
  static Result<Parties> create(const config::Settings& settings);

  DirectionOf direction(const model::Envelope& envelope) const;
  // The pointer in the result lives as long as this object.
  Standing standing(std::string_view recipient, std::string_view today) const;

 private:
  bool is_own_domain(std::string_view domain) const;
  bool is_inside(const std::string& client_address) const;

  config::Organisation organisation_;
  std::vector<config::Processor> processors_;
  std::vector<config::Authority> authorities_;
  std::vector<config::Network> networks_;
  std::vector<std::string> outbound_daemons_;
};

}  // namespace noshare::policy
