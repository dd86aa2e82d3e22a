#include "known_json.h"

#include <algorithm>

namespace noshare::store {

namespace {

// Reading: what is missing or of another kind reads as empty.
Fingerprint fingerprint_in(const std::string& hex) {
  return fingerprint_from_hex(hex).value_or(Fingerprint{});
}

template <class Read>
void each(const Json& json, const char* key, Read read) {
  const auto at = json.find(key);
  if (at == json.end() || !at->is_array()) return;
  for (const Json& one : *at) read(one);
}

std::int64_t integer_in(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_number_integer() ? at->get<std::int64_t>() : 0;
}

bool truth_in(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_boolean() && at->get<bool>();
}

}  // namespace

Json hex_list(const std::vector<Fingerprint>& values) {
  Json list = Json::array();
  for (const Fingerprint& one : values) list.push_back(one.hex());
  return list;
}

std::string hex_of(const Fingerprint& value) {
  return value.is_null() ? std::string() : value.hex();
}

std::string text_in(const Json& json, const char* key) {
  const auto at = json.find(key);
  return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::vector<std::string> texts_in(const Json& json, const char* key) {
  std::vector<std::string> texts;
  each(json, key, [&](const Json& one) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  });
  return texts;
}

std::vector<std::int64_t> integers_in(const Json& json, const char* key) {
  std::vector<std::int64_t> numbers;
  each(json, key, [&](const Json& one) {
    if (one.is_number_integer()) numbers.push_back(one.get<std::int64_t>());
  });
  return numbers;
}

std::vector<Fingerprint> fingerprints_in(const Json& json, const char* key) {
  std::vector<Fingerprint> values;
  for (const std::string& hex : texts_in(json, key)) {
    values.push_back(fingerprint_in(hex));
  }
  return values;
}

namespace {

Json to_json(const model::Permission& one) {
  return {{"id", one.id},
          {"kind", name(one.kind)},
          {"subjects", hex_list(one.subjects)},
          {"recipient", one.recipient},
          {"entities", one.entities},
          {"purpose", one.purpose},
          {"from", one.from},
          {"until", one.until},
          {"evidence", one.evidence}};
}

Json to_json(const model::Exclusion& one) {
  return {{"id", one.id},
          {"entity", one.entity},
          {"value", hex_of(one.value)},
          {"sender", one.sender},
          {"recipient_domain", one.recipient_domain}};
}

Json to_json(const model::LawfulDisclosure& one) {
  return {{"id", one.id},
          {"signature", one.signature},
          {"recipient", one.recipient},
          {"sender", one.sender},
          {"entities", one.entities},
          {"case_reference", one.case_reference},
          {"approver", one.approver},
          {"purpose", one.purpose},
          {"expires_us", one.expires_us},
          {"closed_us", one.closed_us}};
}

Json to_json(const model::Refused& one) {
  return {{"case", one.case_number},
          {"sender", one.sender},
          {"recipients", one.recipients},
          {"values", hex_list(one.values)},
          {"used", one.used}};
}

// Thresholds on more people than this are not made again exactly.
constexpr std::size_t kMostKept = 5'000;

Json to_json(const model::Volume& one) {
  const auto& subjects = one.subjects;
  const std::size_t kept = std::min(subjects.size(), kMostKept);
  return {{"scope", static_cast<int>(one.question.scope)},
          {"who", hex_of(one.question.who)},
          {"entities", one.question.entities},
          {"window_s", one.question.window_s},
          {"others", one.others},
          {"subjects", hex_list({subjects.begin(),
                                 subjects.begin() + static_cast<std::ptrdiff_t>(kept)})}};
}

model::LawfulDisclosure disclosure_from(const Json& json) {
  model::LawfulDisclosure one;
  one.id = text_in(json, "id");
  one.signature = text_in(json, "signature");
  one.recipient = text_in(json, "recipient");
  one.sender = text_in(json, "sender");
  one.entities = texts_in(json, "entities");
  one.case_reference = text_in(json, "case_reference");
  one.approver = text_in(json, "approver");
  one.purpose = text_in(json, "purpose");
  one.expires_us = integer_in(json, "expires_us");
  one.closed_us = integer_in(json, "closed_us");
  return one;
}

}  // namespace

Json to_json(const model::Known& known) {
  Json json = {{"permissions", Json::array()},
               {"received", Json::array()},
               {"exclusions", Json::array()}};
  for (const auto& one : known.permissions) json["permissions"].push_back(to_json(one));
  for (const model::Received& one : known.received) {
    json["received"].push_back({{"correspondent", one.correspondent.hex()},
                                {"value", one.value.hex()},
                                {"day", one.day}});
  }
  for (const auto& one : known.exclusions) json["exclusions"].push_back(to_json(one));
  for (const auto& one : known.disclosures) json["disclosures"].push_back(to_json(one));
  for (const auto& one : known.refused) json["refused"].push_back(to_json(one));
  for (const auto& one : known.volumes) json["volumes"].push_back(to_json(one));
  return json;
}

model::Known known_from(const Json& json) {
  model::Known known;
  each(json, "permissions", [&](const Json& one) {
    model::Permission permission;
    permission.id = text_in(one, "id");
    model::permission_kind_from_name(text_in(one, "kind").c_str(), permission.kind);
    permission.subjects = fingerprints_in(one, "subjects");
    permission.recipient = text_in(one, "recipient");
    permission.entities = texts_in(one, "entities");
    permission.purpose = text_in(one, "purpose");
    permission.from = text_in(one, "from");
    permission.until = text_in(one, "until");
    permission.evidence = text_in(one, "evidence");
    known.permissions.push_back(std::move(permission));
  });
  each(json, "received", [&](const Json& one) {
    known.received.push_back({fingerprint_in(text_in(one, "correspondent")),
                              fingerprint_in(text_in(one, "value")),
                              text_in(one, "day")});
  });
  each(json, "exclusions", [&](const Json& one) {
    known.exclusions.push_back({text_in(one, "id"), text_in(one, "entity"),
                                fingerprint_in(text_in(one, "value")),
                                text_in(one, "sender"),
                                text_in(one, "recipient_domain")});
  });
  each(json, "disclosures",
       [&](const Json& one) { known.disclosures.push_back(disclosure_from(one)); });
  each(json, "refused", [&](const Json& one) {
    known.refused.push_back({text_in(one, "case"), text_in(one, "sender"),
                             texts_in(one, "recipients"), fingerprints_in(one, "values"),
                             truth_in(one, "used")});
  });
  each(json, "volumes", [&](const Json& one) {
    const auto scope = static_cast<model::VolumeScope>(integer_in(one, "scope"));
    known.volumes.push_back({{scope, fingerprint_in(text_in(one, "who")),
                              texts_in(one, "entities"), integer_in(one, "window_s")},
                             fingerprints_in(one, "subjects"),
                             static_cast<std::uint64_t>(integer_in(one, "others"))});
  });
  return known;
}

}  // namespace noshare::store
