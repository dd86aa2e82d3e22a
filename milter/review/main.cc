// noshare-review: the web interface for compliance officers.
//
// In:  noshare.yaml, requests     Out: pages and JSON (docs/review.md)
// Exit status: 0 ended as asked, 64 wrong usage, 78 wrong configuration, 71 something of
// the system is missing.
#include <csignal>
#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>
#include <sysexits.h>

#include "noshare/base/log.h"

#include "review/api.h"
#include "review/http_server.h"
#include "review/pages.h"

namespace noshare::review {

namespace {

struct Options {
  std::string config = "/etc/noshare/noshare.yaml";
  std::string pages;
};

int complain(int status, const Error& error) {
  std::fprintf(stderr, "noshare-review: %s\n", error.message.c_str());
  return status;
}

// Everything that the answers use, in the order it is opened.
struct Stores {
  std::unique_ptr<store::IncidentStore> incidents;
  std::unique_ptr<store::HoldStore> holds;
  std::unique_ptr<store::AuditLog> audit;
  std::unique_ptr<store::AccountStore> accounts;
  std::unique_ptr<store::ExclusionStore> exclusions;
  std::unique_ptr<store::PolicyArchive> policies;
  std::unique_ptr<store::RegisterStore> known;
  std::optional<store::Vault> vault;
};

Result<Stores> open_stores(const config::Settings& settings, const FingerprintKey& key) {
  const std::filesystem::path file = settings.store.place();
  Stores stores;
  NOSHARE_TRY(stores.incidents,
              store::IncidentStore::open(file, store::IncidentStore::Access::kReadWrite));
  NOSHARE_TRY(stores.holds,
              store::HoldStore::open(file, store::HoldStore::Access::kReadWrite, key));
  NOSHARE_TRY(stores.audit,
              store::AuditLog::open(file, store::AuditLog::Access::kReadWrite, key));
  NOSHARE_TRY(stores.accounts, store::AccountStore::open(file, key));
  NOSHARE_TRY(stores.exclusions, store::ExclusionStore::open(file, key));
  NOSHARE_TRY(stores.policies, store::PolicyArchive::open(file, key));
  NOSHARE_TRY(stores.known,
              store::RegisterStore::open(file, store::RegisterStore::Access::kReadOnly));
  if (!settings.vault.empty()) {
    NOSHARE_TRY(stores.vault, store::Vault::open(settings.vault));
  }
  return stores;
}

// SIGTERM or SIGINT. The server's threads are made after they are blocked.
void wait_for_end(const sigset_t& signals) {
  int received = 0;
  ::sigwait(&signals, &received);
}

int serve(const config::Settings& settings, const FingerprintKey& key, Stores& stores,
          Pages pages) {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  Playground playground(settings.file, key, *stores.known);
  Api api({settings, key, *stores.incidents, *stores.holds, *stores.audit,
           *stores.accounts, *stores.exclusions, *stores.policies, playground,
           stores.vault});
  ServerOptions options;
  options.listen = settings.review.listen;
  options.certificate = settings.review.certificate;
  options.key = settings.review.key;
  const bool under_tls = !options.certificate.empty();
  auto server = HttpServer::start(options, [&](const Request& request) {
    Response response =
        request.path.starts_with("/api/") ? api.handle(request) : pages.answer(request);
    add_protection(response, under_tls);
    return response;
  });
  if (!server) return complain(EX_OSERR, server.error());
  log::notice("review_started", {{"version", NOSHARE_VERSION},
                                 {"address", options.listen.host},
                                 {"port", (*server)->port()},
                                 {"tls", under_tls}});
  wait_for_end(signals);
  log::notice("review_stopped", {});
  return EX_OK;
}

int run(const Options& options) {
  const auto settings = config::load_settings(options.config);
  if (!settings) return complain(EX_CONFIG, settings.error());
  if ((settings->review.certificate.empty()) != (settings->review.key.empty())) {
    return complain(
        EX_CONFIG,
        {ErrorCode::kInvalidInput,
         options.config + ": review.certificate and review.key belong together"});
  }
  if (settings->review.proxy_header.empty() != settings->review.proxy_networks.empty()) {
    return complain(EX_CONFIG,
                    {ErrorCode::kInvalidInput,
                     options.config + ": review.proxy_header and review.proxy_networks "
                                      "belong together"});
  }
  log::configure(settings->log.target, settings->log.level);
  const auto key = FingerprintKey::load_or_create(settings->fingerprint_key);
  if (!key) return complain(EX_CONFIG, key.error());
  auto pages = Pages::load(options.pages.empty() ? default_page_folder()
                                                 : std::filesystem::path(options.pages));
  if (!pages) return complain(EX_OSERR, pages.error());
  auto stores = open_stores(*settings, *key);
  if (!stores) return complain(EX_OSERR, stores.error());
  return serve(*settings, *key, *stores, std::move(*pages));
}

int run_program(int argc, char** argv) {
  CLI::App app{"Web interface for compliance officers: review, release, report.",
               "noshare-review"};
  Options options;
  app.add_option("--config", options.config, "Configuration file")->type_name("FILE");
  app.add_option("--pages", options.pages, "Folder of the web pages")
      ->type_name("FOLDER");
  app.set_version_flag("--version", "noshare-review " NOSHARE_VERSION);
  app.footer(
      "Make the first account with 'noshare account create NAME --role admin', then "
      "open\n"
      "https://HOST:PORT/ as review.listen says. See docs/review.md.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    std::cerr << "noshare-review: " << error.what() << "\nTry 'noshare-review --help'.\n";
    return EX_USAGE;
  }
  return run(options);
}

}  // namespace

}  // namespace noshare::review

int main(int argc, char** argv) {
  try {
    return noshare::review::run_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "noshare-review: %s\n", error.what());
    return EX_SOFTWARE;
  }
}
