// SharedVolumes: how many different people's data have gone out, counted by several
// machines together.
//
// In:  what goes out     Out: for a question, how many people, and which of some are
// among them
// Kept in Redis as HyperLogLogs: numbers are estimates (standard error 0.81 %), and no
// person can be read from them. A window is counted in whole hours, one of more than two
// days in whole days.
// Errors: kUnavailable while Redis does not answer, at the start or later; it is asked
// again after five seconds, and gets what it has missed, some with each message. Not
// thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/settings.h"
#include "noshare/model/known.h"

namespace noshare::store {

class SharedVolumes {
 public:
  // Connects when it is first asked. Null if the settings name no Redis. Errors: those of
  // the password's file.
  static Result<std::unique_ptr<SharedVolumes>> create(
      const config::VolumeSettings& settings);
  virtual ~SharedVolumes() = default;

  // `values` are the people to be told of one by one: of the message that asks.
  virtual Result<std::vector<model::Volume>> answer(
      const std::vector<model::VolumeQuestion>& questions,
      const std::vector<Fingerprint>& values, std::int64_t now_us) = 0;
  virtual Result<void> record(const std::vector<model::SharedDatum>& shared,
                              std::int64_t now_us) = 0;
};

}  // namespace noshare::store
