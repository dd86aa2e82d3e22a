// The steps of the sandbox that a test can take without giving up its own rights.
#include "noshare/sandbox/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace noshare::sandbox {
namespace {

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) >= 0; }

// In a child: 0 if all that was to stay has stayed, and nothing else.
int keep_two() {
  for (const int number : {70, 72, 75}) {
    if (::dup2(0, number) < 0) return 2;
  }
  if (!close_from(60, {75, 70, 12})) return 3;
  return is_open(70) && !is_open(72) && is_open(75) ? 0 : 1;
}

TEST(Sandbox, ClosesAllDescriptorsButThoseToKeep) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(keep_two());
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

int enter_and_open(Plan plan, Calls calls) {
  Bounds bounds;
  bounds.memory = 64U << 20U;
  if (!enter(plan, bounds, calls)) return 2;
  return ::open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? 0 : 1;
}

class EachKind : public testing::TestWithParam<Calls> {};
TEST_P(EachKind, OfProcessOpensNothingAfterwards) {
  const Plan plan = make_plan();
  const pid_t child = ::fork();
  if (child == 0) ::_exit(enter_and_open(plan, GetParam()));
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}
INSTANTIATE_TEST_SUITE_P(Kinds, EachKind,
                         testing::Values(Calls::kServe, Calls::kCompute));

TEST(Sandbox, IsRefusedWhenTheParentHasGone) {
  Plan plan = make_plan();
  plan.parent = 1;
  const pid_t child = ::fork();
  if (child == 0) ::_exit(enter_and_open(plan, Calls::kCompute));
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 2);
}

}  // namespace
}  // namespace noshare::sandbox
