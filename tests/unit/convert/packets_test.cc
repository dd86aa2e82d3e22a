// What client and converter say to each other, and what they must not accept.
#include "convert/packets.h"

#include <gtest/gtest.h>

namespace noshare::convert {
namespace {

using extract::Found;
using extract::FoundKind;

TEST(ConvertPackets, AnItemComesBackAsItWas) {
  Found item;
  item.kind = FoundKind::kText;
  item.zone = model::Zone::kCell;
  item.name = "page 3";
  const auto packet = decode_packet(encode_head(item));
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->kind, PacketKind::kHead);
  EXPECT_EQ(packet->item.zone, model::Zone::kCell);
  EXPECT_EQ(packet->item.name, "page 3");
}

TEST(ConvertPackets, ALongNameIsCut) {
  Found item;
  item.name = std::string(10'000, 'n');
  const auto packet = decode_packet(encode_head(item));
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->item.name.size(), kMostNameBytes);
}

TEST(ConvertPackets, ARequestComesBackAsItWas) {
  const auto request = decode_request(encode(Request{1234, 1ULL << 33U, true}));
  ASSERT_TRUE(request);
  EXPECT_EQ(request->time_ms, 1234U);
  EXPECT_EQ(request->memory, 1ULL << 33U);
  EXPECT_TRUE(request->pictures);
}

TEST(ConvertPackets, WhatNoConverterWritesIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("\x09"), std::string("\x03x"), std::string("\x01"),
        std::string("\x01\x7F\x00\x00", 4), std::string("\x01\x00\x7F\x00", 4),
        std::string("\x04\x00\x00\x7F", 4)}) {
    EXPECT_FALSE(decode_packet(bytes));
  }
  EXPECT_FALSE(decode_request("x"));
}

}  // namespace
}  // namespace noshare::convert
