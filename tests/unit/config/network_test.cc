// Networks in CIDR form.
#include "noshare/config/network.h"

#include <gtest/gtest.h>

namespace noshare::config {
namespace {

struct NetworkCase {
  const char* name;
  const char* network;
  const char* address;
  bool inside;
};
class NetworkContains : public testing::TestWithParam<NetworkCase> {};

TEST_P(NetworkContains, Address) {
  const auto network = parse_network(GetParam().network);
  ASSERT_TRUE(network) << network.error().message;
  const auto address = parse_ip_address(GetParam().address);
  ASSERT_TRUE(address);
  EXPECT_EQ(network->contains(*address), GetParam().inside);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, NetworkContains,
    testing::Values(NetworkCase{"Inside", "192.0.2.0/24", "192.0.2.77", true},
                    NetworkCase{"Beside", "192.0.2.0/24", "192.0.3.1", false},
                    NetworkCase{"OddPrefix", "192.0.2.128/25", "192.0.2.127", false},
                    NetworkCase{"OneAddress", "192.0.2.1", "192.0.2.1", true},
                    NetworkCase{"MappedAddress", "192.0.2.0/24", "::ffff:192.0.2.1",
                                true},
                    NetworkCase{"Everything", "0.0.0.0/0", "198.51.100.1", true},
                    NetworkCase{"FourIsNotSix", "0.0.0.0/0", "2001:db8::1", false},
                    NetworkCase{"Six", "2001:db8::/32", "2001:db8:1::1", true},
                    NetworkCase{"SixBeside", "2001:db8::/32", "2001:db9::1", false}),
    [](const auto& c) { return c.param.name; });

TEST(ParseNetwork, RefusesWhatIsNone) {
  for (const char* text : {"", "/", "192.0.2.0/", "192.0.2.0/33", "192.0.2/24", "::/129",
                           "192.0.2.1/24", "example.com", "192.0.2.0/-1"}) {
    EXPECT_FALSE(parse_network(text)) << text;
  }
}

}  // namespace
}  // namespace noshare::config
