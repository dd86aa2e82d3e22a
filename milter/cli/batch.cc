#include "batch.h"

#include <atomic>

#include "noshare/base/json.h"
#include "noshare/model/report_json.h"

#include "command.h"
#include "ordered_work.h"
#include "scan_input.h"
#include "scan_output.h"

namespace noshare::cli {

namespace {

struct Answer {
  std::string line;
  bool found = false;
  bool failed = false;
};

Answer refuse(Json id, const std::string& reason) {
  return {to_line(Json{{"id", std::move(id)}, {"error", reason}}), false, true};
}

Result<ScanInput> input_of(const Json& record) {
  const auto text = record.find("text");
  const auto path = record.find("path");
  if ((text == record.end()) == (path == record.end())) {
    return fail(ErrorCode::kInvalidInput, "expected either \"text\" or \"path\"");
  }
  const Json& value = text == record.end() ? *path : *text;
  if (!value.is_string()) {
    return fail(ErrorCode::kInvalidInput, "\"text\" and \"path\" must be strings");
  }
  if (text == record.end()) return read_input(value.get<std::string>(), InputForm::kAuto);
  return ScanInput{"text", Sensitive(value.get<std::string>()), scan::InputKind::kText};
}

Answer answer_line(scan::Scanner& scanner, const std::string& line, Milliseconds time,
                   bool reveal) {
  const auto record = parse_json(line);
  if (!record) return refuse(nullptr, record.error().message);
  if (!record->is_object()) return refuse(nullptr, "expected a JSON object");
  Json id = record->value("id", Json(nullptr));
  const auto input = input_of(*record);
  if (!input) return refuse(std::move(id), input.error().message);
  const scan::Scanned scanned = scanner.scan(input->bytes.reveal(), input->kind,
                                             input->name, Deadline::after(time));
  Json unreadable = Json::array();
  for (const auto& one : scanned.report.unreadable)
    unreadable.push_back(model::to_json(one));
  Json json = {{"id", std::move(id)}};
  json["findings"] = batch_findings(scanned, reveal);
  json["unreadable"] = std::move(unreadable);
  return {to_line(json), !scanned.report.findings.empty(), false};
}

bool blank(const std::string& line) {
  return line.find_first_not_of(" \t\r") == std::string::npos;
}

}  // namespace

int run_batch(const Engine& engine, unsigned threads, bool reveal, std::istream& in,
              std::ostream& out) {
  std::vector<OrderedWork<std::string, Answer>::Worker> workers;
  for (unsigned i = 0; i < threads; ++i) {
    auto scanner = make_scanner(engine);
    if (!scanner) return complain(scanner.error());
    auto shared = std::make_shared<scan::Scanner>(std::move(*scanner));
    workers.emplace_back(
        [shared, reveal, time = engine.settings.limits.scan_time](std::string& line) {
          return answer_line(*shared, line, time, reveal);
        });
  }
  bool found = false;
  bool failed = false;
  OrderedWork<std::string, Answer> work(std::move(workers), [&](Answer& answer) {
    out << answer.line << '\n' << std::flush;
    found = found || answer.found;
    failed = failed || answer.failed;
  });
  std::string line;
  while (std::getline(in, line)) {
    if (!blank(line)) work.add(line);
  }
  work.finish();
  if (failed || !out) return kFailed;
  return found ? kSomethingFound : kNothingFound;
}

}  // namespace noshare::cli
