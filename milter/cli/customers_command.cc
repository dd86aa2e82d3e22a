// `noshare customers index|status`: the index of the organisation's own customers.
#include <atomic>
#include <csignal>
#include <iostream>

#include <unistd.h>

#include "noshare/customers/indexer.h"

#include "action.h"
#include "command.h"
#include "control_client.h"
#include "engine.h"
#include "progress.h"

namespace noshare::cli {

namespace {

struct CustomersOptions {
  std::string config;
  std::string file;
  std::string index;
  bool update = false;
  bool remove = false;
  bool no_reload = false;
};

constexpr const char* kIndexHelp =
    R"(FILE.csv has a line of column names; 'customers.columns' in the configuration says which of
them are indexed and how, or else common names do (e-mail, phone, last_name, birth_date, iban,
street ...). Values are hashed with the installation's key: the index holds none of them.
Work that was interrupted goes on where it stopped. The new index takes the place of the old one
when it is whole, and the filter is asked to reload.

Exit status: 0 done, 2 an error.

Examples:
  noshare customers index customers.csv              all customers
  noshare customers index --update changes.csv       new and changed ones
  noshare customers index --remove gone.csv          who is a customer no more)";

std::atomic<bool> asked_to_stop{false};

Result<config::Settings> customer_settings(const CustomersOptions& options) {
  NOSHARE_TRY(config::Settings settings, load_settings_or_defaults(options.config));
  if (!options.index.empty()) settings.customers.index = options.index;
  if (settings.customers.index.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "expected 'customers: {index: PATH}' in the configuration, or --index");
  }
  return settings;
}

void print_result(const customers::IndexResult& result, const std::string& index) {
  if (result.unchanged) {
    std::cout << index << " is up to date: " << result.records << " customers\n";
    return;
  }
  for (const config::CustomerColumn& column : result.columns) {
    std::cout << "column '" << column.column << "': " << name(column.type)
              << (column.primary ? ", primary" : "") << "\n";
  }
  std::cout << "key: "
            << (result.key.empty() ? "the first primary column" : "'" + result.key + "'")
            << "\n";
  if (result.resumed > 0) std::cout << "went on after row " << result.resumed << "\n";
  std::cout << result.rows << " rows, " << result.skipped << " without a usable value";
  if (result.replaced > 0) std::cout << ", " << result.replaced << " old records removed";
  if (result.shared > 0) {
    std::cout << ", " << result.shared << " values left out that too many share";
  }
  std::cout << "\n"
            << index << ": " << result.records << " records, " << result.bytes
            << " bytes\n";
}

// A filter that does not run reads the index when it starts.
void reload_filter(const config::Settings& settings) {
  if (::access(settings.control.c_str(), F_OK) != 0) return;
  const auto answer = ask_filter(settings.control.string(), "reload");
  if (!answer) {
    complain("the index is written, but the filter was not reloaded: " +
             answer.error().message);
  } else {
    std::cout << "the filter has taken it up\n";
  }
}

Result<void> run_index(const CustomersOptions& options) {
  NOSHARE_TRY(const auto settings, customer_settings(options));
  NOSHARE_TRY(const auto key, FingerprintKey::load_or_create(settings.fingerprint_key));
  std::signal(SIGINT, [](int) { asked_to_stop = true; });
  std::signal(SIGTERM, [](int) { asked_to_stop = true; });
  customers::IndexJob job;
  job.csv = options.file;
  job.settings = settings.customers;
  if (options.update) job.mode = customers::IndexMode::kUpdate;
  if (options.remove) job.mode = customers::IndexMode::kRemove;
  std::optional<Progress> progress;
  job.progress = [&](std::uint64_t done, std::uint64_t total) {
    if (!progress) progress.emplace(total);
    progress->advance_to(done);
    return !asked_to_stop;
  };
  auto indexed = customers::index_customers(job, key);
  progress.reset();
  NOSHARE_TRY(const customers::IndexResult result, std::move(indexed));
  print_result(result, settings.customers.index.string());
  if (!result.unchanged && !options.no_reload) reload_filter(settings);
  return {};
}

Result<void> run_status(const CustomersOptions& options) {
  NOSHARE_TRY(const auto settings, customer_settings(options));
  NOSHARE_TRY(const auto key, FingerprintKey::load_or_create(settings.fingerprint_key));
  NOSHARE_TRY(const auto index, customers::Index::open(settings.customers.index, key));
  const customers::IndexFacts& facts = index->facts();
  std::cout << settings.customers.index.string() << "\n"
            << "records: " << facts.live << ", and " << facts.records - facts.live
            << " that were replaced or removed\n"
            << "primary values: " << facts.entries << "\nbytes: " << facts.bytes << "\n";
  for (const customers::IndexColumn& column : facts.columns) {
    std::cout << "column '" << column.name << "': " << name(column.type)
              << (column.primary ? ", primary" : "") << "\n";
  }
  return {};
}

void add_index(CLI::App& command, CustomersOptions& options) {
  command
      .add_option("--index", options.index, "Index file, instead of the configured one")
      ->type_name("FILE");
}

}  // namespace

void declare_customers(CLI::App& app, Run& run) {
  auto* command =
      app.add_subcommand("customers", "The organisation's own customers, as an index");
  command->require_subcommand(1);
  const auto options = std::make_shared<CustomersOptions>();
  auto* index = declare_action(*command, run, "index", "Write the index from a CSV file",
                               run_index, options);
  add_index(*index, *options);
  index->footer(kIndexHelp);
  auto* update = index->add_flag("--update", options->update,
                                 "FILE lists new and changed customers only");
  index->add_flag("--remove", options->remove, "FILE lists former customers")
      ->excludes(update);
  index->add_flag("--no-reload", options->no_reload, "Do not make the filter reload");
  index->add_option("FILE", options->file, "CSV file")->required();
  const auto asked = std::make_shared<CustomersOptions>();
  add_index(
      *declare_action(*command, run, "status", "What the index holds", run_status, asked),
      *asked);
}

}  // namespace noshare::cli
