// Answers that count and that try out: reports, the playground, what the policy is.
#include "noshare/base/clock.h"
#include "noshare/base/day.h"
#include "noshare/model/report_json.h"
#include "noshare/report/report.h"

#include "review/answer_parts.h"

namespace noshare::review {

namespace {

constexpr std::int64_t kUsualDays = 30;

struct Days {
  std::string first;
  std::string last;
};

// Of the parameters "since" and "until"; the last thirty days without them.
Result<Days> days_in(const Question& question) {
  Days days{std::string(question.request.parameter("since")),
            std::string(question.request.parameter("until"))};
  if (days.last.empty()) days.last = day_of(now_unix_us());
  NOSHARE_TRY(const std::int64_t last, day_begin_us(days.last));
  if (days.first.empty()) days.first = day_of(last - (kUsualDays - 1) * kDay_us);
  NOSHARE_CHECK(day_begin_us(days.first));
  return days;
}

Json series(const std::vector<store::DayCount>& counts) {
  Json list = Json::array();
  for (const store::DayCount& one : counts) {
    list.push_back({{"day", one.day}, {"name", one.name}, {"count", one.count}});
  }
  return list;
}

Json rates(const std::vector<store::FalseRate>& of) {
  Json list = Json::array();
  for (const store::FalseRate& one : of) {
    list.push_back(
        {{"name", one.name}, {"incidents", one.incidents}, {"wrong", one.wrong}});
  }
  return list;
}

std::string text_in(const Json& body, const char* key) {
  const auto at = body.find(key);
  return at != body.end() && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace

Result<Json> answer_report(Desk& desk, const Question& question) {
  NOSHARE_TRY(const Days days, days_in(question));
  NOSHARE_TRY(const auto summary, desk.incidents.summary(days.first, days.last));
  return Json{{"since", days.first},
              {"until", days.last},
              {"incidents", summary.incidents},
              {"by_day", rows(summary.by_day)},
              {"by_action", rows(summary.by_action)},
              {"by_rule", rows(summary.by_rule)},
              {"by_entity", rows(summary.by_entity)},
              {"by_sender", rows(summary.by_sender)},
              {"by_recipient_domain", rows(summary.by_recipient_domain)},
              {"action_by_day", series(summary.action_by_day)},
              {"rule_by_day", series(summary.rule_by_day)},
              {"entity_by_day", series(summary.entity_by_day)},
              {"false_by_rule", rates(summary.false_by_rule)},
              {"false_by_entity", rates(summary.false_by_entity)}};
}

Result<Json> answer_document(Desk& desk, const Question& question) {
  report::Question asked;
  if (!report::kind_from_name(question.object, asked.kind)) {
    return fail(ErrorCode::kNotFound,
                "no such report; there are summary, breach, recipients and pci");
  }
  NOSHARE_TRY(const Days days, days_in(question));
  asked.first_day = days.first;
  asked.last_day = days.last;
  NOSHARE_TRY(const auto settings, config::load_settings(desk.settings.file));
  NOSHARE_TRY(const report::Report made,
              report::make_report({desk.incidents, desk.holds, settings}, asked));
  const std::string_view format = question.request.parameter("format");
  const bool csv = format == "csv";
  if (!csv && !format.empty() && format != "html") {
    return fail(ErrorCode::kInvalidInput, "format: expected html or csv");
  }
  return Json{{"file", "noshare-" + made.name + (csv ? ".csv" : ".html")},
              {"type", csv ? "text/csv; charset=utf-8" : "text/html; charset=utf-8"},
              {"content", csv ? report::to_csv(made) : report::to_html(made)}};
}

Result<Json> answer_playground(Desk& desk, const Question& question) {
  const std::string text = text_in(question.body, "text");
  const std::string as = text_in(question.body, "as");
  if (as != "text" && as != "mail") {
    return fail(ErrorCode::kInvalidInput, "as: expected text or mail");
  }
  model::Envelope envelope;
  envelope.sender = text_in(question.body, "sender");
  if (auto to = text_in(question.body, "recipient"); !to.empty()) {
    envelope.recipients = {std::move(to)};
  }
  NOSHARE_TRY(
      const auto answer,
      desk.playground.ask(as == "mail" ? text : mail_of_text(text), std::move(envelope)));
  Json json = model::scan_report_json("", answer.report, &answer.verdict);
  json.erase("file");
  json["envelope"] = {{"sender", answer.envelope.sender},
                      {"recipients", answer.envelope.recipients}};
  return json;
}

}  // namespace noshare::review
