#include "worker/program.h"

#include <array>

#include <gtest/gtest.h>

namespace noshare::worker {
namespace {

Result<Loaded> never(const std::string& /*text*/, const std::string& /*name*/,
                     const FingerprintKey& /*key*/) {
  ADD_FAILURE() << "nothing may be loaded";
  return fail(ErrorCode::kInternal, "");
}

TEST(Program, RefusesCommandLinesThatAreNotThePools) {
  const std::array<const char*, 4> words{"noshare-worker", "--zygote", "--conf", "x"};
  EXPECT_EQ(run_program(1, words.data(), never), 64);
  EXPECT_EQ(run_program(2, words.data(), never), 64);
  EXPECT_EQ(run_program(4, words.data(), never), 64);
}

TEST(Program, SaysItsVersion) {
  const std::array<const char*, 2> words{"noshare-worker", "--version"};
  EXPECT_EQ(run_program(2, words.data(), never), 0);
}

}  // namespace
}  // namespace noshare::worker
