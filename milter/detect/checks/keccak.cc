// Keccak-256: see keccak.h. Written after the Keccak reference, version 3.0.
#include "detect/checks/keccak.h"

#include <bit>
#include <utility>

namespace noshare::detect {
namespace {

constexpr std::size_t kRateBytes = 136;
constexpr int kRounds = 24;

using State = std::array<std::uint64_t, 25>;

// The round constants come from a shift register (Keccak reference, section 1.2).
std::uint64_t round_constant(std::uint8_t& bits) noexcept {
  std::uint64_t constant = 0;
  for (int i = 0; i < 7; ++i) {
    if ((bits & 1) != 0) constant |= std::uint64_t{1} << ((1 << i) - 1);
    const bool carry = (bits & 0x80) != 0;
    bits = static_cast<std::uint8_t>(bits << 1 ^ (carry ? 0x71 : 0));
  }
  return constant;
}

void theta(State& state) noexcept {
  std::array<std::uint64_t, 5> column{};
  for (std::size_t i = 0; i < state.size(); ++i) column[i % 5] ^= state[i];
  for (std::size_t i = 0; i < state.size(); ++i)
    state[i] ^= column[(i + 4) % 5] ^ std::rotl(column[(i + 1) % 5], 1);
}

void rho_and_pi(State& state) noexcept {
  std::size_t x = 1, y = 0;
  std::uint64_t lane = state[1];
  for (int t = 0; t < 24; ++t) {
    const std::size_t next = (2 * x + 3 * y) % 5;
    x = y;
    y = next;
    const int distance = (t + 1) * (t + 2) / 2 % 64;
    lane = std::exchange(state[x + 5 * y], std::rotl(lane, distance));
  }
}

void chi(State& state) noexcept {
  for (std::size_t row = 0; row < state.size(); row += 5) {
    const std::array<std::uint64_t, 5> old = {state[row], state[row + 1], state[row + 2],
                                              state[row + 3], state[row + 4]};
    for (std::size_t x = 0; x < 5; ++x)
      state[row + x] = old[x] ^ (~old[(x + 1) % 5] & old[(x + 2) % 5]);
  }
}

void permute(State& state) noexcept {
  std::uint8_t bits = 1;
  for (int round = 0; round < kRounds; ++round) {
    theta(state);
    rho_and_pi(state);
    chi(state);
    state[0] ^= round_constant(bits);
  }
}

void absorb(State& state, std::size_t at, std::uint8_t byte) noexcept {
  state[at / 8] ^= static_cast<std::uint64_t>(byte) << at % 8 * 8;
}

}  // namespace

std::array<std::uint8_t, 32> keccak256(std::string_view bytes) noexcept {
  State state{};
  std::size_t at = 0;
  for (const char c : bytes) {
    absorb(state, at, static_cast<std::uint8_t>(c));
    if (++at < kRateBytes) continue;
    permute(state);
    at = 0;
  }
  absorb(state, at, 0x01);
  absorb(state, kRateBytes - 1, 0x80);
  permute(state);
  std::array<std::uint8_t, 32> hash{};
  for (std::size_t i = 0; i < hash.size(); ++i)
    hash[i] = static_cast<std::uint8_t>(state[i / 8] >> i % 8 * 8);
  return hash;
}

}  // namespace noshare::detect
