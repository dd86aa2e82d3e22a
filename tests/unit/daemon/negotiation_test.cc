#include "daemon/negotiation.h"

#include <gtest/gtest.h>
#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

namespace noshare::daemon {
namespace {

// A connection outlives the policy it began under: the next may hold, redact or drop.
TEST(Negotiation, TakesEveryActionThatAPolicyOfLaterMayNeed) {
  EXPECT_EQ(negotiate(~0UL, ~0UL).actions,
            static_cast<unsigned long>(SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY |
                                       SMFIF_QUARANTINE | SMFIF_DELRCPT));
}

TEST(Negotiation, TakesNothingThatIsNotOffered) {
  const Terms terms = negotiate(SMFIF_ADDHDRS, SMFIP_NODATA);
  EXPECT_EQ(terms.actions, static_cast<unsigned long>(SMFIF_ADDHDRS));
  EXPECT_EQ(terms.protocol, static_cast<unsigned long>(SMFIP_NODATA));
  EXPECT_FALSE(terms.agreement.quiet_mail);
  EXPECT_FALSE(terms.agreement.leading_space);
}

TEST(Negotiation, WantsNoReplyBeforeTheEndOfAMessage) {
  const Terms terms = negotiate(~0UL, ~0UL);
  const Agreement& agreed = terms.agreement;
  EXPECT_TRUE(agreed.quiet_connect && agreed.quiet_helo && agreed.quiet_mail);
  EXPECT_TRUE(agreed.quiet_recipient && agreed.quiet_header && agreed.quiet_body);
  EXPECT_EQ(terms.protocol & (SMFIP_NOBODY | SMFIP_NOHDRS | SMFIP_NORCPT | SMFIP_SKIP),
            0UL);
}

}  // namespace
}  // namespace noshare::daemon
