// What was known about a message, as JSON beside its incident, for a replay.
//
// In:  model::Known     Out: JSON, and back; what is missing or of another kind reads as
// empty
#pragma once

#include <string>
#include <vector>

#include "noshare/base/json.h"
#include "noshare/model/known.h"

namespace noshare::store {

Json to_json(const model::Known& known);
model::Known known_from(const Json& json);

Json hex_list(const std::vector<Fingerprint>& values);
std::string hex_of(const Fingerprint& value);  // a null one is empty
std::string text_in(const Json& json, const char* key);
std::vector<std::string> texts_in(const Json& json, const char* key);
std::vector<std::int64_t> integers_in(const Json& json, const char* key);
std::vector<Fingerprint> fingerprints_in(const Json& json, const char* key);

}  // namespace noshare::store
