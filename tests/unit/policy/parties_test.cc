// Which way a message goes, and who a recipient is.
#include <gtest/gtest.h>

#include "stories.h"

namespace noshare::policy {
namespace {

using model::Direction;
using model::Party;

struct DirectionCase {
  const char* name;
  model::Envelope envelope;
  Direction direction;
};

model::Envelope from_client(const std::string& address,
                            const std::string& recipient = "jane@example.com",
                            const std::string& sender = "x@else.test") {
  model::Envelope envelope;
  envelope.client_address = address;
  envelope.sender = sender;
  envelope.recipients = {recipient};
  return envelope;
}

model::Envelope with(model::Envelope envelope, void (*change)(model::Envelope&)) {
  change(envelope);
  return envelope;
}

class DirectionOfMail : public testing::TestWithParam<DirectionCase> {};

TEST_P(DirectionOfMail, ComesFromTheEnvelope) {
  EXPECT_EQ(policy("milter: {outbound_daemons: [ORIGINATING]}\n")
                .direction(GetParam().envelope),
            GetParam().direction);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DirectionOfMail,
    testing::Values(
        DirectionCase{"Stranger", from_client("198.51.100.1"), Direction::kInbound},
        DirectionCase{"Authenticated",
                      with(from_client("198.51.100.1"),
                           [](auto& e) { e.authenticated_user = "jane"; }),
                      Direction::kOutbound},
        DirectionCase{"OwnNetwork", from_client("192.0.2.9"), Direction::kOutbound},
        DirectionCase{"OwnNetworkMapped", from_client("::ffff:192.0.2.9"),
                      Direction::kOutbound},
        DirectionCase{"OwnNetworkSix", from_client("2001:db8::25"), Direction::kOutbound},
        DirectionCase{"Loopback", from_client("127.0.0.1"), Direction::kOutbound},
        DirectionCase{
            "LocalSubmission",
            with(from_client("198.51.100.1"), [](auto& e) { e.local_submission = true; }),
            Direction::kOutbound},
        DirectionCase{"ListedDaemon",
                      with(from_client("198.51.100.1"),
                           [](auto& e) { e.daemon_name = "ORIGINATING"; }),
                      Direction::kOutbound},
        DirectionCase{
            "OtherDaemon",
            with(from_client("198.51.100.1"), [](auto& e) { e.daemon_name = "smtpd"; }),
            Direction::kInbound},
        DirectionCase{"NothingKnown", from_client(""), Direction::kOutbound},
        DirectionCase{"OwnSenderRelayedOutside",
                      from_client("198.51.100.1", "a@else.test", "jane@example.com"),
                      Direction::kOutbound},
        DirectionCase{"ForgedOwnSenderToOwn",
                      from_client("198.51.100.1", "pat@example.com", "jane@example.com"),
                      Direction::kInbound}),
    [](const auto& c) { return c.param.name; });

struct PartyCase {
  const char* name;
  const char* recipient;
  const char* today;
  Party party;
};
class PartyOf : public testing::TestWithParam<PartyCase> {};

TEST_P(PartyOf, Recipient) {
  EXPECT_EQ(policy().party(GetParam().recipient, GetParam().today), GetParam().party);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, PartyOf,
    testing::Values(
        PartyCase{"Colleague", "pat@example.com", kToday, Party::kFirst},
        PartyCase{"ColleagueInCapitals", "Pat@EXAMPLE.COM", kToday, Party::kFirst},
        PartyCase{"ColleagueInBrackets", "<pat@example.com>", kToday, Party::kFirst},
        PartyCase{"RootedDomain", "pat@example.com.", kToday, Party::kFirst},
        PartyCase{"Subdomain", "pat@mail.example.com", kToday, Party::kFirst},
        PartyCase{"LocalUser", "root", kToday, Party::kFirst},
        PartyCase{"SimilarDomain", "pat@notexample.com", kToday, Party::kThird},
        PartyCase{"DomainAsPrefix", "pat@example.com.else.test", kToday, Party::kThird},
        PartyCase{"Forward", "list@example.com", kToday, Party::kThird},
        PartyCase{"PercentHack", "pat%else.test@example.com", kToday, Party::kThird},
        PartyCase{"BangPath", "else.test!pat@example.com", kToday, Party::kThird},
        PartyCase{"QuotedRoute", "\"pat@else.test\"@example.com", kToday, Party::kThird},
        PartyCase{"Affiliate", "a@example-group.test", kToday, Party::kAffiliate},
        PartyCase{"Stranger", "x@else.test", kToday, Party::kThird},
        PartyCase{"Processor", "hr@payroll.test", kToday, Party::kProcessor},
        PartyCase{"ProcessorOnItsLastDay", "hr@payroll.test", "2027-12-31",
                  Party::kProcessor},
        PartyCase{"ProcessorADayLater", "hr@payroll.test", "2028-01-01", Party::kThird}),
    [](const auto& c) { return c.param.name; });

}  // namespace
}  // namespace noshare::policy
