#include "worker/scan_service.h"

#include <string_view>
#include <utility>

#include "noshare/base/log.h"
#include "noshare/config/pack.h"
#include "noshare/config/pack_cache.h"
#include "noshare/config/settings.h"
#include "noshare/convert/converters.h"
#include "noshare/customers/index.h"
#include "noshare/detect/detector.h"
#include "noshare/forms/forms.h"
#include "noshare/scan/scanner.h"

namespace noshare::worker {

namespace {

// Passes through what libraries load when first used: charset tables for headers and
// bodies, HTML, transfer encodings, nested parts. Specimens and reserved names only.
constexpr std::string_view kSample =
    "From: =?utf-8?Q?J=C3=BCrgen?= <sender@example.com>\r\n"
    "To: =?iso-8859-1?Q?Andr=E9?= <recipient@example.org>\r\n"
    "Subject: =?windows-1252?Q?caf=E9?= =?iso-2022-jp?B?GyRCJDMbKEI=?= "
    "=?koi8-r?B?8NLJ18XU?= =?gb18030?B?xOPGwg==?= =?big5?B?p0E=?= =?euc-kr?B?vsg=?=\r\n"
    "Date: Tue, 24 Nov 2026 00:00:00 +0000\r\n"
    "Message-ID: <warm-up@example.com>\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/mixed; boundary=outer\r\n"
    "\r\n"
    "--outer\r\n"
    "Content-Type: text/plain; charset=iso-8859-15; format=flowed\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "\r\n"
    "Card 4111 1111 1111 1111, IBAN GB29 NWBK 6016 1331 9268 19, =\r\n"
    "call +1 202 555 0143 or write to someone@example.net. caf=E9\r\n"
    "--outer\r\n"
    "Content-Type: text/html; charset=shift_jis\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "\r\n"
    "PHRhYmxlPjx0cj48dGQ+MTkyLjAuMi4xPC90ZD48L3RyPjwvdGFibGU+\r\n"
    "--outer\r\n"
    "Content-Type: message/rfc822\r\n"
    "\r\n"
    "Subject: inner\r\n"
    "\r\n"
    "text\r\n"
    "--outer\r\n"
    "Content-Type: application/octet-stream; name*=utf-8''r%C3%A9sum%C3%A9.bin\r\n"
    "\r\n"
    "x\r\n"
    "--outer--\r\n";

constexpr Milliseconds kWarmUpTime{10'000};

class ScanService final : public Service {
 public:
  ScanService(std::unique_ptr<convert::Converters> converters, scan::Scanner scanner)
      : converters_(std::move(converters)), scanner_(std::move(scanner)) {}

  model::ScanReport scan(std::string_view message, Deadline deadline) override {
    return scanner_.scan(message, scan::InputKind::kMessage, "", deadline).report;
  }

  Masked redact(std::string_view message, const std::vector<model::MaskTarget>& targets,
                Deadline deadline) override {
    auto redacted = scanner_.redact(message, targets, deadline);
    return {std::move(redacted.report), std::move(redacted.body)};
  }

  std::vector<int> descriptors() const override { return converters_->descriptors(); }
  void child_ended(pid_t child) override { converters_->child_ended(child); }

  void warm_up() override {
    converters_->start();
    const auto report = scan(kSample, Deadline::after(kWarmUpTime));
    log::debug("warmed_up", {{"findings", report.findings.size()}, {"ms", report.ms}});
  }

 private:
  std::unique_ptr<convert::Converters> converters_;  // outlive the scanner
  scan::Scanner scanner_;
};

}  // namespace

Result<Loaded> load_scan_service(const std::string& config_text,
                                 const std::string& config_name,
                                 const FingerprintKey& key) {
  NOSHARE_TRY(config::Settings settings,
              config::parse_settings(config_text, config_name));
  log::configure(settings.log.target, settings.log.level);
  NOSHARE_TRY(const config::PackSet packs,
              config::load_packs_cached(settings.packs, settings.cache));
  detect::Database::Options options;
  options.cache = settings.cache;
  options.disabled = settings.disabled_entities;
  NOSHARE_TRY(auto database, detect::Database::create(packs, options));
  auto converters = std::make_unique<convert::Converters>(
      convert::installed_converters(settings.limits));
  NOSHARE_TRY(scan::Scanner scanner,
              scan::Scanner::create(database, key, settings.limits, converters.get()));
  scanner.look_at_headers(scan::header_tests_of(settings));
  if (!settings.customers.index.empty()) {
    // Mapped before the workers are forked: they share its pages and open no file.
    NOSHARE_TRY(auto customers, customers::Index::open(settings.customers.index, key));
    scanner.look_for(customers::Matcher(std::move(customers), settings.customers));
  }
  if (!settings.forms.empty()) {
    NOSHARE_TRY(auto known, forms::Forms::open(settings.forms, key));
    scanner.look_for(std::make_shared<const forms::Forms>(std::move(known)));
  }
  Loaded loaded;
  loaded.service =
      std::make_unique<ScanService>(std::move(converters), std::move(scanner));
  loaded.pack_version = packs.version;
  loaded.snapshot = settings.version + "-" + packs.version;
  loaded.limits = settings.limits;
  return loaded;
}

}  // namespace noshare::worker
