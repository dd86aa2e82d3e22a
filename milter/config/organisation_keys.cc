// The keys that say whose promise it is, and to whom it does not apply: organisation,
// processors, authorities, encrypted routes.
#include <array>

#include "noshare/config/network.h"

#include "config/field_text.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

Result<void> check_own_datum(std::string_view) { return {}; }

void read_own_data(Value value, Draft& draft) {
  if (!value.node().IsMap()) {
    value.fault("expected a mapping of entity ids to lists of values");
    return;
  }
  for (const auto& item : value.node()) {
    const std::string entity = item.first.IsScalar() ? item.first.Scalar() : "";
    if (!check_id(entity)) {
      value.fault_at(item.first, "expected an entity id such as phone_number");
      continue;
    }
    std::vector<std::string> values;
    value.below(entity, item.second)
        .texts(entity == "email_address" ? check_address_glob : check_own_datum, values);
    for (const std::string& one : values) {
      if (entity != "email_address" && one.find('*') != std::string::npos) {
        value.fault_at(item.second,
                       "'" + entity + "': only e-mail addresses may hold '*'");
      }
    }
    draft.settings.organisation.own_data[entity] = std::move(values);
  }
}

void begin_processor(Value, Draft& draft) {
  draft.processor = &draft.settings.processors.emplace_back();
}

void begin_authority(Value, Draft& draft) {
  draft.authority = &draft.settings.authorities.emplace_back();
}

constexpr std::array kKeys = {
    SettingsKey{{"organisation", "section", "", "Whose promise it is",
                 "Recipients outside of it are third parties.", "", true},
                Shape::kSection},
    SettingsKey{
        {"organisation.domains", "list of domains", "", "The organisation's own domains",
         "`*.example.com` stands for all subdomains, not for example.com itself.",
         "[example.com, \"*.example.com\"]", true},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_domain_glob, d.settings.organisation.domains);
        }},
    SettingsKey{{"organisation.affiliates", "list of domains", "",
                 "Domains of the same group, which may get everything", "",
                 "[example-group.test]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.texts(check_domain_glob, d.settings.organisation.affiliates);
                }},
    SettingsKey{
        {"organisation.forwards", "list of addresses", "",
         "Own addresses that lead outside",
         "The filter sees recipients before aliases, lists and forwards are expanded. An "
         "address listed here counts as a third party.",
         "[press-list@example.com]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_address_glob, d.settings.organisation.forwards);
        }},
    SettingsKey{
        {"organisation.networks", "list of networks", "",
         "Client addresses that count as inside",
         "Mail from them is outbound, as is mail of authenticated users, of local "
         "programs and of services under milter.outbound_daemons.",
         "[192.0.2.0/24, \"2001:db8::/32\"]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_network, d.settings.organisation.networks);
        }},
    SettingsKey{
        {"organisation.own_data", "mapping of entity ids to lists", "",
         "Published data of the organisation itself, which anybody may have",
         "Values are compared without regard to spaces and punctuation. E-mail addresses "
         "may be given for a whole domain.",
         "{phone_number: [\"+1 571 555 0100\"], email_address: [\"*@example.com\"]}"},
        Shape::kValue,
        read_own_data},
    SettingsKey{{"processors", "list of sections", "",
                 "Who works for the organisation and may get certain data", "", ""},
                Shape::kItems,
                begin_processor},
    SettingsKey{
        {"processors[].domain", "domain", "", "The processor's domain", "",
         "payroll.test", true},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_domain_glob, d.processor->domain); }},
    SettingsKey{{"processors[].entities", "list of entity ids", "",
                 "What it may get; for anything else it is a third party", "",
                 "[us_ssn, iban]", true},
                Shape::kValue,
                [](Value v, Draft& d) { v.texts(check_id, d.processor->entities); }},
    SettingsKey{{"processors[].purpose", "text", "", "What for; named in the verdict", "",
                 "payroll"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.processor->purpose = *text;
                }},
    SettingsKey{{"processors[].until", "day", "", "The last day of the agreement",
                 "From the next day on the processor is a third party.", "2027-12-31"},
                Shape::kValue,
                [](Value v, Draft& d) { v.checked(check_date, d.processor->until); }},
    SettingsKey{{"authorities", "list of sections", "",
                 "Authorities that may get what the law asks for",
                 "With a token of `noshare disclosure open` in the subject or a header "
                 "field; without one, an authority is a third party.",
                 ""},
                Shape::kItems,
                begin_authority},
    SettingsKey{
        {"authorities[].domain", "domain", "", "The authority's domain", "",
         "police.test", true},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_domain_glob, d.authority->domain); }},
    SettingsKey{{"authorities[].name", "text", "", "Its name, in verdicts and registers",
                 "", "\"State Police\"", true},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.authority->name = *text;
                }},
    SettingsKey{{"encrypted_routes", "list of domains", "",
                 "Domains to which the mail server sends over TLS or not at all",
                 "Mail to them counts as encrypted. The filter cannot see what the mail "
                 "server will "
                 "do: docs/sharing.md shows how to enforce it there, and how to test it.",
                 "[partner.test, \"*.clinic.test\"]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.texts(check_domain_glob, d.settings.encrypted_routes);
                }},
};

}  // namespace

std::span<const SettingsKey> organisation_keys() { return kKeys; }

}  // namespace noshare::config
