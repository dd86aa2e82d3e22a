#include "daemon/transaction.h"

#include <gtest/gtest.h>

namespace noshare::daemon {
namespace {

Transaction make_transaction(std::uint64_t message_bytes = 1 << 20) {
  auto settings = config::parse_settings(
      "milter: {socket: \"unix:/run/x\"}\norganisation: {domains: [example.com]}\n",
      "test");
  settings->limits.message_bytes = message_bytes;
  auto snapshot = make_snapshot(std::move(*settings), FingerprintKey::random());
  return Transaction(*snapshot, DrainGate::Pass(), model::Envelope());
}

std::string bytes_of(Transaction& transaction) {
  if (!transaction.finish()) return "finish failed";
  return std::string(MappedFile::map(transaction.file().fd())->bytes());
}

TEST(Transaction, RebuildsTheHeaderByteForByte) {
  Transaction transaction = make_transaction();
  transaction.add_header("From", "\tAnna <anna@example.com>", true);
  transaction.add_header("Subject", " one\n two\n\tthree", true);
  transaction.add_header("X-None", "", true);
  transaction.add_body("body\r\n");
  EXPECT_EQ(bytes_of(transaction),
            "From:\tAnna <anna@example.com>\r\n"
            "Subject: one\r\n two\r\n\tthree\r\n"
            "X-None:\r\n"
            "\r\n"
            "body\r\n");
}

TEST(Transaction, PutsTheSpaceBackThatAnOldMailServerTookAway) {
  Transaction transaction = make_transaction();
  transaction.add_header("Subject", "one", false);
  EXPECT_EQ(bytes_of(transaction), "Subject: one\r\n\r\n");
}

TEST(Transaction, EndsTheHeaderOfAMessageWithoutABody) {
  Transaction transaction = make_transaction();
  EXPECT_EQ(bytes_of(transaction), "\r\n");
}

TEST(Transaction, CountsWhatIsBeyondTheLimitWithoutKeepingIt) {
  Transaction transaction = make_transaction(100);
  for (int i = 0; i < 10; ++i) transaction.add_body(std::string(50, 'x'));
  EXPECT_TRUE(transaction.file().too_large());
  EXPECT_EQ(transaction.file().bytes(), 502U);
  EXPECT_EQ(bytes_of(transaction).size(), 100U);
}

TEST(Transaction, KeepsBytesInOrderWhenPiecesAreLargeAndSmall) {
  Transaction transaction = make_transaction(1 << 24);
  std::string expected = "\r\n";
  for (int i = 0; i < 40; ++i) {
    const std::string piece(static_cast<std::size_t>(i % 3 == 0 ? 65535 : 17 * i),
                            static_cast<char>('a' + i % 26));
    transaction.add_body(piece);
    expected += piece;
  }
  EXPECT_TRUE(bytes_of(transaction) == expected);
}

TEST(Transaction, NumbersForgedHeadersOfEqualName) {
  Transaction transaction = make_transaction();
  transaction.add_header("X-Noshare-Verdict", " deliver", true);
  transaction.add_header("x-noshare-verdict", " deliver", true);
  transaction.add_header("X-Noshare-Findings", " none", true);
  transaction.add_header("X-Nosharex", " other", true);
  ASSERT_EQ(transaction.forged().size(), 3U);
  EXPECT_EQ(transaction.forged()[1].index, 2U);
  EXPECT_EQ(transaction.forged()[2].index, 1U);
}

TEST(Transaction, TakesRecipientsWithAndWithoutBrackets) {
  Transaction transaction = make_transaction();
  transaction.add_recipient("<a@else.test>");
  transaction.add_recipient("b@else.test");
  EXPECT_EQ(transaction.envelope().recipients,
            (std::vector<std::string>{"a@else.test", "b@else.test"}));
  EXPECT_EQ(transaction.recipient_arguments()[0], "<a@else.test>");
}

}  // namespace
}  // namespace noshare::daemon
