#include "noshare/report/report.h"

#include <array>

#include "noshare/base/clock.h"
#include "noshare/base/day.h"

#include "report/kinds.h"

namespace noshare::report {

namespace {

constexpr std::array kNames{"summary", "breach", "recipients", "pci"};

using Make = Result<Report> (*)(const Sources&, const Question&);
constexpr std::array<Make, kNames.size()> kMakers{summary_report, breach_report,
                                                  recipients_report, payment_report};

}  // namespace

const char* name(Kind kind) noexcept { return kNames[static_cast<std::size_t>(kind)]; }

bool kind_from_name(std::string_view text, Kind& kind) noexcept {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (text != kNames[i]) continue;
    kind = static_cast<Kind>(i);
    return true;
  }
  return false;
}

Result<Report> make_report(const Sources& sources, const Question& question) {
  NOSHARE_TRY(const std::int64_t first, day_begin_us(question.first_day));
  NOSHARE_TRY(const std::int64_t last, day_begin_us(question.last_day));
  if (first > last) {
    return fail(ErrorCode::kInvalidInput, "the first day comes after the last");
  }
  NOSHARE_TRY(Report report,
              kMakers[static_cast<std::size_t>(question.kind)](sources, question));
  report.name = std::string(name(question.kind)) + "-" + question.first_day + "-" +
                question.last_day;
  const auto& domains = sources.settings.organisation.domains;
  std::vector<std::pair<std::string, std::string>> facts;
  if (!domains.empty()) facts.emplace_back("Organisation", domains.front());
  if (question.cases.empty()) {
    facts.emplace_back("Days", question.first_day + " to " + question.last_day + ", UTC");
  }
  facts.emplace_back("Made", rfc3339_utc(now_unix_us()));
  report.facts.insert(report.facts.begin(), facts.begin(), facts.end());
  return report;
}

}  // namespace noshare::report
