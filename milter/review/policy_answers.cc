// Answers about the policy: its rules with what they did, and by replay over what is on
// record, what another action of a rule would have done.
#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/day.h"
#include "noshare/base/text.h"

#include "review/answer_parts.h"
#include "review/what_if.h"

namespace noshare::review {

namespace {

constexpr std::int64_t kDays = 30;
constexpr std::size_t kMostShown = 20;
constexpr std::uint32_t kMostLookedAt = 1000;

std::string text_of(const config::Threshold& threshold) {
  constexpr const char* kWords[] = {"at least", "more than", "at most", "less than",
                                    "exactly"};
  return std::string(kWords[static_cast<std::size_t>(threshold.comparison)]) + " " +
         std::to_string(threshold.value);
}

// What a condition asks for, in words; each is one line of a list.
std::vector<std::string> words_of(const config::Condition& when) {
  std::vector<std::string> words;
  const auto list = [&](const char* what, const std::vector<std::string>& of) {
    if (!of.empty()) words.push_back(std::string(what) + " " + joined(of, ", "));
  };
  const auto number = [&](const std::optional<config::Threshold>& of, const char* what) {
    if (of) words.push_back(text_of(*of) + " " + what);
  };
  list("any of:", when.entities);
  list("of the category", when.categories);
  if (when.least_confidence) {
    words.push_back("confidence " + std::to_string(*when.least_confidence) + " or more");
  }
  number(when.count, "findings");
  number(when.values, "values");
  number(when.subjects, "people");
  number(when.size, "bytes");
  std::vector<std::string> reasons;
  for (const auto one : when.unreadable) reasons.emplace_back(model::name(one));
  list("unreadable:", reasons);
  if (when.encrypted) words.emplace_back(*when.encrypted ? "encrypted" : "not encrypted");
  if (when.opted_out == true) words.emplace_back("the person has forbidden it");
  if (when.direction == model::Direction::kInbound) words.emplace_back("from outside");
  list("from", when.sender);
  list("to", when.recipient);
  list("with attachments", when.attachments);
  if (!when.all_of.empty() || !when.any_of.empty() || !when.none_of.empty()) {
    words.emplace_back("and further conditions");
  }
  if (words.empty()) words.emplace_back("any finding of medium confidence");
  return words;
}

Json to_json(const config::Rule& rule, const std::vector<store::Counted>& hits) {
  const auto hit = std::find_if(hits.begin(), hits.end(),
                                [&](const auto& one) { return one.name == rule.id; });
  Json json = {{"id", rule.id},
               {"then", model::name(rule.then)},
               {"when", words_of(rule.when)},
               {"unless", rule.unless ? Json(words_of(*rule.unless)) : Json::array()},
               {"dry_run", rule.dry_run},
               {"severity", rule.severity},
               {"hits", hit == hits.end() ? 0 : hit->count}};
  return json;
}

Json changed_json(const model::Incident& incident, const model::Verdict& now,
                  const model::Verdict& then) {
  Json line = summary(incident);
  line["now"] = model::name(now.action);
  line["then"] = model::name(then.action);
  return line;
}

}  // namespace

Result<Json> answer_policy(Desk& desk, const Question&) {
  NOSHARE_TRY(const config::Settings now, config::load_settings(desk.settings.file));
  const std::int64_t time = now_unix_us();
  NOSHARE_TRY(const auto counted,
              desk.incidents.summary(day_of(time - (kDays - 1) * kDay_us), day_of(time)));
  Json rules = Json::array();
  for (const config::Rule& one : now.rules)
    rules.push_back(to_json(one, counted.by_rule));
  return Json{{"version", now.version},
              {"mode", now.mode == config::Mode::kMonitor ? "monitor" : "enforce"},
              {"domains", now.organisation.domains},
              {"days", kDays},
              {"rules", std::move(rules)}};
}

Result<Json> answer_policy_what_if(Desk& desk, const Question& question) {
  const std::string id(question.request.parameter("rule"));
  const std::string then(question.request.parameter("then"));
  NOSHARE_TRY(config::Settings settings, config::load_settings(desk.settings.file));
  NOSHARE_TRY(const auto today, policy::Policy::create(settings, desk.key));
  const auto rule = std::find_if(settings.rules.begin(), settings.rules.end(),
                                 [&](const auto& one) { return one.id == id; });
  if (rule == settings.rules.end()) {
    return fail(ErrorCode::kNotFound, "the policy has no such rule");
  }
  if (then == "off") {
    settings.rules.erase(rule);
  } else if (!model::action_from_name(then.c_str(), rule->then)) {
    return fail(ErrorCode::kInvalidInput, "then: expected an action, or off");
  }
  NOSHARE_TRY(const auto other, policy::Policy::create(settings, desk.key));
  store::IncidentFilter filter;
  filter.most = kMostLookedAt;
  NOSHARE_TRY(const auto incidents, desk.incidents.list(filter));
  Json lines = Json::array();
  std::size_t changed = 0;
  std::size_t replayed = 0;
  for (const model::Incident& one : incidents) {
    if (!policy::can_replay(one)) continue;
    ++replayed;
    const model::Verdict now = policy::replay(today, one);
    const model::Verdict next = policy::replay(other, one);
    if (now.action == next.action) continue;
    if (++changed <= kMostShown) lines.push_back(changed_json(one, now, next));
  }
  return Json{{"replayed", replayed},
              {"complete", incidents.size() < kMostLookedAt},
              {"changed", changed},
              {"incidents", std::move(lines)}};
}

}  // namespace noshare::review
