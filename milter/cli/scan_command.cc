// `noshare scan`: what is in these mails and files, and what would happen to them.
#include <iostream>
#include <map>
#include <thread>

#include "batch.h"
#include "command.h"
#include "engine.h"
#include "ordered_work.h"
#include "progress.h"
#include "scan_input.h"
#include "scan_output.h"

namespace noshare::cli {

namespace {

struct ScanOptions {
  EngineOptions engine;
  std::string from;
  std::vector<std::string> to;
  std::string format = "text";
  InputForm form = InputForm::kAuto;
  bool reveal = false;
  bool batch = false;
  bool no_cache = false;
  unsigned jobs = 0;
  std::vector<std::string> files;
};

constexpr const char* kHelp =
    R"(FILE is a message, a text or any other file; '-' is standard input.
Without --to every finding is listed whatever the policy thinks of it; with --to the verdict
of the configured rules is shown, too.

Exit status: 0 nothing found, 1 something found, 2 an error.

Examples:
  noshare scan mail.eml
  noshare scan --from me@example.com --to x@else.test --format json mail.eml
  find . -name '*.eml' | xargs noshare scan --format json
  echo '{"id":1,"text":"IBAN GB29 NWBK 6016 1331 9268 19"}' | noshare scan --batch --reveal)";

struct Answer {
  std::string text;
  bool found = false;
  std::string error;
};

// "2026-11-24T10:15:00.000Z": with which agreements and hours of rules are compared.
std::string now() { return rfc3339_utc(now_unix_us()); }

Answer scan_one(const Engine& engine, scan::Scanner& scanner, const ScanOptions& options,
                const std::string& name) {
  const auto input = read_input(name, options.form);
  if (!input) return {{}, false, input.error().message};
  const scan::Scanned scanned =
      scanner.scan(input->bytes.reveal(), input->kind, input->name,
                   Deadline::after(engine.settings.limits.scan_time));
  std::optional<model::Verdict> verdict;
  if (!options.to.empty()) {
    model::Envelope envelope;
    envelope.sender = options.from;
    envelope.recipients = options.to;
    envelope.local_submission = true;  // whoever asks here stands inside
    model::Known known;
    if (engine.known) {
      auto answer = engine.known->answer(
          engine.policy->questions(envelope, scanned.report), now_unix_us());
      if (!answer) return {{}, false, answer.error().message};
      known = std::move(*answer);
    }
    verdict = engine.policy->decide(envelope, scanned.report, known, now());
  }
  const model::Verdict* decided = verdict ? &*verdict : nullptr;
  std::string text = options.format == "json"
                         ? json_line(name, scanned, decided, options.reveal) + "\n"
                         : readable(name, scanned, decided, options.reveal);
  return {std::move(text), !scanned.report.findings.empty(), {}};
}

int scan_files(const Engine& engine, unsigned threads, const ScanOptions& options) {
  std::vector<OrderedWork<std::string, Answer>::Worker> workers;
  for (unsigned i = 0; i < threads; ++i) {
    auto scanner = make_scanner(engine);
    if (!scanner) return complain(scanner.error());
    auto shared = std::make_shared<scan::Scanner>(std::move(*scanner));
    workers.emplace_back([&engine, &options, shared](std::string& name) {
      return scan_one(engine, *shared, options, name);
    });
  }
  bool found = false;
  bool failed = false;
  Progress progress(options.files.size());
  OrderedWork<std::string, Answer> work(std::move(workers), [&](Answer& answer) {
    if (!answer.error.empty()) {
      complain(answer.error);
      failed = true;
    }
    std::cout << answer.text << std::flush;
    found = found || answer.found;
    progress.step();
  });
  for (const std::string& file : options.files) work.add(file);
  work.finish();
  if (failed || !std::cout) return kFailed;
  return found ? kSomethingFound : kNothingFound;
}

int run_scan(ScanOptions options) {
  if (!options.batch && options.files.empty()) {
    return complain("expected a FILE to scan ('-' is standard input), or --batch");
  }
  options.engine.use_cache = !options.no_cache;
  const auto engine = load_engine(options.engine);
  if (!engine) return complain(engine.error());
  unsigned threads =
      options.jobs != 0 ? options.jobs : std::thread::hardware_concurrency();
  threads = std::max(1U, threads);
  if (options.batch)
    return run_batch(*engine, threads, options.reveal, std::cin, std::cout);
  const auto files =
      static_cast<unsigned>(std::min<std::size_t>(options.files.size(), 1024));
  return scan_files(*engine, std::min(threads, files), options);
}

}  // namespace

void declare_scan(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("scan", "Find personal data in mail, texts and files");
  const auto options = std::make_shared<ScanOptions>();
  const std::map<std::string, InputForm> forms = {{"message", InputForm::kMessage},
                                                  {"text", InputForm::kText},
                                                  {"file", InputForm::kFile}};
  command->footer(kHelp);
  command->add_option("--config", options->engine.config, "Configuration file")
      ->type_name("FILE");
  command
      ->add_option("--packs", options->engine.packs,
                   "Folder of packs, instead of the configured ones")
      ->type_name("FOLDER")
      ->allow_extra_args(false);
  command->add_option("--from", options->from, "Envelope sender")->type_name("ADDRESS");
  command
      ->add_option("--to", options->to, "Envelope recipient; may be given several times")
      ->type_name("ADDRESS")
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  command
      ->add_option("--as", options->form,
                   "What FILE is: message, text or file; else .eml and content decide")
      ->transform(CLI::Transformer(forms))
      ->transform(CLI::IsMember(forms));  // looked at first, and tells the names only
  command->add_flag("--reveal", options->reveal, "Show the values, not only masks");
  command->add_flag("--batch", options->batch, "JSON lines from standard input");
  command->add_flag("--no-cache", options->no_cache, "Compile the patterns anew");
  command->add_option("--jobs", options->jobs, "Threads; default: one per core")
      ->type_name("N")
      ->check(CLI::Range(1U, 256U));
  command->add_option("FILE", options->files, "Files to scan");
  command->callback([&run, options] { run = [options] { return run_scan(*options); }; });
}

}  // namespace noshare::cli
