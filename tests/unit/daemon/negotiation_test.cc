#include "daemon/negotiation.h"

#include <gtest/gtest.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

namespace noshare::daemon {
namespace {

config::Settings settings_with(model::Action action,
                               config::Mode mode = config::Mode::kEnforce) {
  config::Settings settings;
  settings.mode = mode;
  settings.rules.resize(1);
  settings.rules[0].then = action;
  return settings;
}

struct ActionCase {
  const char* name;
  model::Action action;
  unsigned long beyond_headers;
};

class NegotiatedActions : public ::testing::TestWithParam<ActionCase> {};

TEST_P(NegotiatedActions, AreThoseThatTheRulesCanUse) {
  const Terms terms = negotiate(settings_with(GetParam().action), ~0UL, ~0UL);
  EXPECT_EQ(terms.actions, SMFIF_ADDHDRS | SMFIF_CHGHDRS | GetParam().beyond_headers);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, NegotiatedActions,
    ::testing::Values(
        ActionCase{"Tag", model::Action::kTag, 0},
        ActionCase{"Reject", model::Action::kReject, 0},
        ActionCase{"Hold", model::Action::kHold, SMFIF_QUARANTINE},
        ActionCase{"Redact", model::Action::kRedact, SMFIF_CHGBODY | SMFIF_QUARANTINE},
        ActionCase{"DropRecipient", model::Action::kDropRecipient, SMFIF_DELRCPT}),
    [](const auto& one) { return one.param.name; });

TEST(Negotiation, ChangesNothingInMonitorModeButHeaders) {
  const auto settings = settings_with(model::Action::kHold, config::Mode::kMonitor);
  EXPECT_EQ(negotiate(settings, ~0UL, ~0UL).actions,
            static_cast<unsigned long>(SMFIF_ADDHDRS | SMFIF_CHGHDRS));
}

TEST(Negotiation, TakesNothingThatIsNotOffered) {
  const Terms terms =
      negotiate(settings_with(model::Action::kHold), SMFIF_ADDHDRS, SMFIP_NODATA);
  EXPECT_EQ(terms.actions, static_cast<unsigned long>(SMFIF_ADDHDRS));
  EXPECT_EQ(terms.protocol, static_cast<unsigned long>(SMFIP_NODATA));
  EXPECT_FALSE(terms.agreement.quiet_mail);
  EXPECT_FALSE(terms.agreement.leading_space);
}

TEST(Negotiation, WantsNoReplyBeforeTheEndOfAMessage) {
  const Terms terms = negotiate(settings_with(model::Action::kTag), ~0UL, ~0UL);
  const Agreement& agreed = terms.agreement;
  EXPECT_TRUE(agreed.quiet_connect && agreed.quiet_helo && agreed.quiet_mail);
  EXPECT_TRUE(agreed.quiet_recipient && agreed.quiet_header && agreed.quiet_body);
  EXPECT_EQ(terms.protocol & (SMFIP_NOBODY | SMFIP_NOHDRS | SMFIP_NORCPT | SMFIP_SKIP),
            0UL);
}

}  // namespace
}  // namespace noshare::daemon
