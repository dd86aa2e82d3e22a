#include "noshare/store/notice_queue.h"

#include <gtest/gtest.h>

#include "place.h"

namespace noshare::store {
namespace {

class NoticeQueueTest : public ::testing::Test {
 protected:
  void SetUp() override {
    queue_ = NoticeQueue::open(place_.path()).value();
    ASSERT_TRUE(queue_->add(letter(), 10));
  }
  static Notice letter() {
    return {0, "NS-1", "held", "jane@example.com", "Subject: held\r\n\r\ntext\r\n", 0};
  }

  TestPlace place_;
  std::unique_ptr<NoticeQueue> queue_;
};

TEST_F(NoticeQueueTest, ALetterIsGivenToOneWhoSendsIt) {
  const Notice due = queue_->take_due(10, 100).value();
  EXPECT_EQ(due.letter, letter().letter);
  EXPECT_EQ(due.tries, 1U);
  EXPECT_EQ(queue_->take_due(99, 200)->id, 0) << "somebody sends it already";
  ASSERT_TRUE(queue_->sent(due.id, 11));
  EXPECT_EQ(queue_->take_due(1000, 2000)->id, 0);
}

TEST_F(NoticeQueueTest, WhoeverDiesWhileSendingLeavesItToTheNext) {
  ASSERT_NE(queue_->take_due(10, 100)->id, 0);
  queue_ = NoticeQueue::open(place_.path()).value();
  const Notice again = queue_->take_due(101, 200).value();
  EXPECT_EQ(again.case_number, "NS-1");
  EXPECT_EQ(again.tries, 2U);
}

TEST_F(NoticeQueueTest, WhoeverStillSendsItKeepsIt) {
  const Notice due = queue_->take_due(10, 100).value();
  ASSERT_TRUE(queue_->keep(due.id, 300));
  EXPECT_EQ(queue_->take_due(299, 400)->id, 0);
  EXPECT_EQ(queue_->take_due(300, 400)->id, due.id);
}

TEST_F(NoticeQueueTest, AFailedLetterWaitsForItsTime) {
  const Notice due = queue_->take_due(10, 100).value();
  ASSERT_TRUE(queue_->failed(due.id, "451", 500));
  EXPECT_EQ(queue_->take_due(499, 600)->id, 0);
  EXPECT_EQ(queue_->take_due(500, 600)->id, due.id);
  ASSERT_TRUE(queue_->gave_up(due.id, "550", 600));
  EXPECT_EQ(queue_->take_due(9999, 10'000)->id, 0);
}

TEST_F(NoticeQueueTest, ARetryOfTheMessageMakesNoSecondLetter) {
  ASSERT_TRUE(queue_->add(letter(), 11));
  const Notice due = queue_->take_due(20, 100).value();
  ASSERT_TRUE(queue_->sent(due.id, 20));
  EXPECT_EQ(queue_->take_due(200, 300)->id, 0);
}

}  // namespace
}  // namespace noshare::store
