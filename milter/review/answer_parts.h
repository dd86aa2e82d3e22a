// What several answers share: reading a question, and the JSON of common things.
#pragma once

#include "review/answers.h"

namespace noshare::review {

constexpr std::uint32_t kPageSize = 50;

// A reviewer sees what the senders of their group sent; everybody else sees all.
bool may_see(const Seat& seat, const model::Incident& incident);

// The incident of the path, as if it were not there for who may not see it.
Result<model::Incident> incident_for(Desk& desk, const Question& question);

// Errors: kInvalidInput, naming the parameter.
Result<std::optional<std::int64_t>> number_in(const Question& question, const char* name);
// The body's "reason", 1 to 2000 bytes.
Result<std::string> reason_in(const Question& question);

Json summary(const model::Incident& incident);  // a line of a list
Json rows(const std::vector<store::Counted>& counted);

}  // namespace noshare::review
