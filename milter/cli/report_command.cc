// `noshare report`: what happened in a span of days, to print or for a spreadsheet.
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/day.h"
#include "noshare/base/files.h"
#include "noshare/report/report.h"

#include "command.h"
#include "engine.h"

namespace noshare::cli {

namespace {

struct ReportOptions {
  std::string config;
  std::string kind = "summary";
  std::string format = "html";
  std::string output;
  report::Question question;
};

Result<std::string> make(ReportOptions& options) {
  constexpr std::int64_t kUsualDays = 30;
  report::Question& question = options.question;
  report::kind_from_name(options.kind, question.kind);
  if (question.last_day.empty()) question.last_day = day_of(now_unix_us());
  if (question.first_day.empty()) {
    NOSHARE_TRY(const std::int64_t last, day_begin_us(question.last_day));
    question.first_day = day_of(last - (kUsualDays - 1) * kDay_us);
  }
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  NOSHARE_TRY(const auto incidents,
              store::IncidentStore::open(settings.store.place(),
                                         store::IncidentStore::Access::kReadOnly));
  NOSHARE_TRY(const auto holds,
              store::HoldStore::open(settings.store.place(),
                                     store::HoldStore::Access::kReadOnly, key));
  NOSHARE_TRY(const report::Report made,
              report::make_report({*incidents, *holds, settings}, question));
  return options.format == "csv" ? report::to_csv(made) : report::to_html(made);
}

int report_and_tell(ReportOptions& options) {
  if (!options.question.cases.empty() && options.kind != "breach") {
    return complain("--case goes with the kind 'breach' only");
  }
  const auto text = make(options);
  if (!text) return complain(text.error());
  if (options.output.empty()) {
    std::cout << *text;
    return std::cout.flush() ? 0 : kFailed;
  }
  const auto written = write_file_atomically(options.output, *text, 0640);
  return written ? 0 : complain(options.output + ": " + written.error().message);
}

}  // namespace

void declare_report(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand(
      "report", "What happened in a span of days: HTML to print, or CSV");
  const auto options = std::make_shared<ReportOptions>();
  command
      ->add_option("KIND", options->kind,
                   "summary (default), breach (GDPR Art. 33), recipients (Art. 30), pci "
                   "(PCI DSS 4.2.2)")
      ->check(CLI::IsMember({"summary", "breach", "recipients", "pci"}));
  command->add_option("--config", options->config, "Configuration file")
      ->type_name("FILE");
  command
      ->add_option("--since", options->question.first_day,
                   "First day, UTC; default: thirty days in all")
      ->type_name("DAY");
  command->add_option("--until", options->question.last_day, "Last day; default: today")
      ->type_name("DAY");
  command->add_option("--case", options->question.cases,
                      "breach: these incidents instead of a span of days");
  command->add_option("--format", options->format, "html or csv")
      ->check(CLI::IsMember({"html", "csv"}));
  command->add_option("--output", options->output, "Write this file")->type_name("FILE");
  command->callback(
      [&run, options] { run = [options] { return report_and_tell(*options); }; });
}

}  // namespace noshare::cli
