#include "noshare/store/totp.h"

#include <gtest/gtest.h>

namespace noshare::store {
namespace {

// RFC 6238 appendix B, SHA-1, the last six of its eight digits.
constexpr std::string_view kSecret = "12345678901234567890";

TEST(Totp, GivesTheCodesOfTheRfc) {
  const std::pair<std::int64_t, const char*> kVectors[] = {{59, "287082"},
                                                           {1'111'111'109, "081804"},
                                                           {1'111'111'111, "050471"},
                                                           {1'234'567'890, "005924"},
                                                           {2'000'000'000, "279037"},
                                                           {20'000'000'000, "353130"}};
  for (const auto& [time, code] : kVectors) {
    EXPECT_EQ(totp_code(kSecret, time / kTotpStepSeconds), code) << time;
  }
}

TEST(Totp, TakesTheNeighbouringStepsAndNoOther) {
  const std::int64_t now = 1'234'567'890;
  const std::int64_t step = now / kTotpStepSeconds;
  for (std::int64_t drift = -1; drift <= 1; ++drift) {
    EXPECT_EQ(totp_step_of(kSecret, totp_code(kSecret, step + drift), now), step + drift);
  }
  EXPECT_EQ(totp_step_of(kSecret, totp_code(kSecret, step + 2), now), std::nullopt);
  EXPECT_EQ(totp_step_of(kSecret, totp_code(kSecret, step - 2), now), std::nullopt);
  EXPECT_EQ(totp_step_of(kSecret, "", now), std::nullopt);
  EXPECT_EQ(totp_step_of(kSecret, "0059244", now), std::nullopt);
}

TEST(Totp, UriHoldsTheSecretInBase32) {
  EXPECT_EQ(totp_uri(kSecret, "anna"),
            "otpauth://totp/noshare:anna?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer="
            "noshare");
  EXPECT_EQ(new_totp_secret().size(), 20U);
  EXPECT_NE(new_totp_secret(), new_totp_secret());
}

}  // namespace
}  // namespace noshare::store
