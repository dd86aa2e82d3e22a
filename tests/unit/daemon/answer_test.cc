#include "daemon/answer.h"

#include <gtest/gtest.h>

namespace noshare::daemon {
namespace {

using model::Action;

// Writes down what it is asked for, and refuses the calls that begin with `refused`.
class Recorder : public MailServer {
 public:
  std::vector<std::string> calls;
  std::string refused = "nothing";

  bool add_header(const std::string& name, const std::string& value) override {
    return note("add " + name + ": " + value);
  }
  bool change_header(const std::string& name, std::uint32_t index,
                     const std::string& value) override {
    return note("change " + name + "[" + std::to_string(index) + "]: " + value);
  }
  bool delete_header(const std::string& name, std::uint32_t index) override {
    return note("delete " + name + "[" + std::to_string(index) + "]");
  }
  bool remove_recipient(const std::string& argument) override {
    return note("drop " + argument);
  }
  bool replace_body(std::string_view body) override {
    return note("body " + std::string(body));
  }
  bool quarantine(const std::string& reason) override { return note("hold " + reason); }
  bool set_reply(const Reply& reply) override {
    return note("reply " + reply.code + " " + reply.enhanced + " " + reply.text);
  }

 private:
  bool note(const std::string& call) {
    calls.push_back(call);
    return !call.starts_with(refused);
  }
};

class Answer : public ::testing::Test {
 protected:
  Answer() : transaction_(snapshot(), DrainGate::Pass(), model::Envelope()) {
    transaction_.add_recipient("<in@example.com>");
    transaction_.add_recipient("<out@else.test>");
    transaction_.add_header("Subject", " hello", true);
    judgement_.case_number = "NS-1";
    judgement_.verdict.rule = "cards";
  }

  static SnapshotPtr snapshot() {
    auto settings = config::parse_settings(
        "milter: {socket: \"unix:/run/x\"}\norganisation: {domains: [example.com]}\n",
        "test");
    return *make_snapshot(std::move(*settings), FingerprintKey::random());
  }

  Outcome carry_out_as(Action action) {
    judgement_.action = action;
    judgement_.verdict.action = action;
    return carry_out(judgement_, transaction_, server_);
  }

  Transaction transaction_;
  Judgement judgement_;
  Recorder server_;
};

TEST_F(Answer, LeavesACleanMessageAlone) {
  judgement_.case_number.clear();
  EXPECT_EQ(carry_out_as(Action::kDeliver), Outcome::kAccept);
  EXPECT_TRUE(server_.calls.empty());
}

TEST_F(Answer, TakesForgedHeadersAwayLastFirst) {
  judgement_.case_number.clear();
  transaction_.add_header("X-Noshare-Verdict", " deliver", true);
  transaction_.add_header("X-Noshare-Verdict", " deliver", true);
  EXPECT_EQ(carry_out_as(Action::kDeliver), Outcome::kAccept);
  EXPECT_EQ(server_.calls, (std::vector<std::string>{"delete X-Noshare-Verdict[2]",
                                                     "delete X-Noshare-Verdict[1]"}));
}

TEST_F(Answer, TagsWithHeadersAndSubjectPrefix) {
  judgement_.verdict.subject_prefix = "[personal data]";
  judgement_.report.findings.resize(2);
  judgement_.report.findings[0].entity = judgement_.report.findings[1].entity = "iban";
  EXPECT_EQ(carry_out_as(Action::kTag), Outcome::kAccept);
  EXPECT_EQ(server_.calls,
            (std::vector<std::string>{"add X-Noshare-Verdict: tag; rule=cards; case=NS-1",
                                      "add X-Noshare-Findings: iban=2",
                                      "change Subject[1]: [personal data] hello"}));
}

TEST_F(Answer, EncodesAPrefixThatIsNotAscii) {
  judgement_.verdict.subject_prefix =
      "[gepr\xC3\xBC"
      "ft]";
  carry_out_as(Action::kTag);
  EXPECT_EQ(server_.calls.back(),
            "change Subject[1]: =?UTF-8?Q?=5B=67=65=70=72=C3=BC=66=74=5D?= hello");
}

TEST_F(Answer, DropsOnlyThoseWhoMustNotHaveIt) {
  judgement_.verdict.recipients.resize(2);
  judgement_.verdict.recipients[0].recipient = "in@example.com";
  judgement_.verdict.recipients[1].recipient = "out@else.test";
  judgement_.verdict.recipients[1].action = Action::kDropRecipient;
  EXPECT_EQ(carry_out_as(Action::kDropRecipient), Outcome::kAccept);
  EXPECT_EQ(server_.calls.back(), "drop <out@else.test>");
}

TEST_F(Answer, HoldsWithTheCaseNumberAsReason) {
  EXPECT_EQ(carry_out_as(Action::kHold), Outcome::kAccept);
  EXPECT_EQ(server_.calls.back(), "hold noshare case NS-1, rule cards");
}

TEST_F(Answer, RefusesWithTheRulesWords) {
  judgement_.verdict.reply = "550 5.7.1 a card, 100% sure; case {case}";
  EXPECT_EQ(carry_out_as(Action::kReject), Outcome::kReject);
  EXPECT_EQ(server_.calls,
            (std::vector<std::string>{"reply 550 5.7.1 a card, 100%% sure; case NS-1"}));
}

TEST_F(Answer, SaysInMonitorModeWhatWouldHaveHappened) {
  judgement_.verdict.monitor = true;
  judgement_.verdict.action = Action::kReject;
  judgement_.action = Action::kDeliver;
  EXPECT_EQ(carry_out(judgement_, transaction_, server_), Outcome::kAccept);
  EXPECT_EQ(server_.calls,
            (std::vector<std::string>{
                "add X-Noshare-Verdict: monitor; would=reject; rule=cards; case=NS-1"}));
}

TEST_F(Answer, LetsNothingThroughWhenTheMailServerRefusesAWish) {
  judgement_.verdict.recipients.resize(1);
  judgement_.verdict.recipients[0].recipient = "out@else.test";
  judgement_.verdict.recipients[0].action = Action::kDropRecipient;
  for (const auto& [refused, action] : {std::pair{"add", Action::kTag},
                                        {"hold", Action::kHold},
                                        {"drop", Action::kDropRecipient}}) {
    server_.refused = refused;
    EXPECT_EQ(carry_out_as(action), Outcome::kFailed) << refused;
  }
}

TEST_F(Answer, FailsAsTheAdministratorChose) {
  EXPECT_EQ(answer_failure(config::OnFailure::kDefer, "451 4.7.1 later", server_),
            Outcome::kDefer);
  EXPECT_EQ(server_.calls.back(), "reply 451 4.7.1 later");
  EXPECT_EQ(answer_failure(config::OnFailure::kDeliver, "451 4.7.1 later", server_),
            Outcome::kAccept);
}

}  // namespace
}  // namespace noshare::daemon
