// Settings: noshare.yaml as typed values.
//
// In:  one YAML file     Out: Settings that are complete and consistent, defaults filled
// in Errors name the place and the cure: "noshare.yaml:12:7: unknown key 'recipents',
// expected one of ...; did you mean 'recipients'?", one line for each fault. An unknown
// key is an error. Every key is described once, in the table behind config/keys.h.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "noshare/base/limits.h"
#include "noshare/base/log.h"
#include "noshare/base/result.h"
#include "noshare/config/customers.h"
#include "noshare/config/letter_template.h"
#include "noshare/config/rule.h"

namespace noshare::config {

enum class Mode { kMonitor, kEnforce };
enum class OnFailure { kDefer, kDeliver };

// "unix:/run/noshare/noshare.sock" or "inet:127.0.0.1:8899" (also "inet6:[::1]:8899").
struct SocketAddress {
  bool is_unix = true;
  std::string path;  // for unix
  std::string host;  // for inet
  std::uint16_t port = 0;
  // As libmilter wants it: "unix:/path", "inet:8899@127.0.0.1".
  std::string libmilter_form() const;
};

struct MilterSettings {
  SocketAddress socket{true, "/run/noshare/noshare.sock", "", 0};
  unsigned socket_mode = 0660;      // of a unix socket
  std::string socket_group;         // empty: the daemon's own
  std::uint32_t max_queue = 200;    // scans waiting for a worker; then 451 4.7.1
  Milliseconds queue_time{30'000};  // longest wait for a worker; then 451
  Milliseconds drain_time{20'000};  // on stop, for scans that run
  std::vector<std::string> outbound_daemons;  // {daemon_name} values that mean outbound
};

struct Organisation {
  std::vector<std::string> domains;     // globs; "*.example.com" are the subdomains
  std::vector<std::string> affiliates;  // globs
  std::vector<std::string> forwards;    // own addresses known to lead outside
  std::vector<std::string> networks;    // CIDR, client addresses that count as inside
  // Published data of the organisation, by entity. Globs only for e-mail:
  // "*@example.com".
  std::map<std::string, std::vector<std::string>> own_data;
};

struct Processor {
  std::string domain;                 // glob
  std::vector<std::string> entities;  // empty: none
  std::string purpose;
  std::string until;  // "2027-12-31", last day included; empty: no end
};

// Whom the law may ask for: with a lawful disclosure, and with none a third party.
struct Authority {
  std::string domain;  // glob
  std::string name;
};

// How a place that is no file begins.
inline constexpr std::string_view kPostgresPlace = "postgresql:";

struct StoreSettings {
  std::filesystem::path sqlite = "/var/lib/noshare/noshare.db";
  std::string postgresql;       // what libpq connects by; then no SQLite file is used
  std::uint32_t keep_days = 0;  // of incidents; 0: for ever
  // File for incidents while the PostgreSQL server is away; empty: none.
  std::filesystem::path spool = "/var/lib/noshare/spool.db";
  std::uint32_t spool_incidents = 10'000;  // at most; then mail is deferred
  // What stores are opened with: the file, or "postgresql:" and the above.
  std::filesystem::path place() const;
};

struct ReleaseSettings {
  SocketAddress smtp{false, "", "127.0.0.1", 25};
  std::uint32_t officers = 1;  // that must agree
  std::uint32_t keep_days = 30;
};

// Where several machines count together how many people's data have gone out.
struct VolumeSettings {
  std::optional<SocketAddress> redis;  // none: each machine's store counts
  std::filesystem::path password_file;
};

struct NoticeSettings {
  bool held = true;
  std::string from;    // empty: postmaster at the organisation's first domain
  std::string advice;  // empty: the template's own
  std::filesystem::path templates;  // folder of the administrator's letters; empty: none
  // In `languages`, read with the settings.
  std::vector<LetterTemplate> held_letters;
  std::vector<LetterTemplate> digest_letters;
};

struct ReviewSettings {
  SocketAddress listen{false, "", "127.0.0.1", 8443};
  std::string url;  // "https://review.example.com", without a slash at its end
  // Who a proxy before it says has signed in there: the header, lower case, and where the
  // proxy is (CIDR). Both or neither are empty.
  std::string proxy_header;
  std::vector<std::string> proxy_networks;
  std::filesystem::path certificate;  // PEM; empty: plain HTTP, for a proxy before it
  std::filesystem::path key;          // PEM
};

// What correspondents have sent is no news to them.
struct ReceivedSettings {
  std::uint32_t keep_days = 0;  // 0: mail from outside is not read for this
  // Domains whose users have nothing to do with each other.
  std::vector<std::string> by_address = {
      "gmail.com",      "googlemail.com", "outlook.com", "hotmail.*",   "live.*",
      "msn.com",        "yahoo.*",        "aol.com",     "icloud.com",  "me.com",
      "mac.com",        "gmx.*",          "web.de",      "t-online.de", "mail.ru",
      "yandex.*",       "qq.com",         "163.com",     "126.com",     "proton.me",
      "protonmail.com", "orange.fr",      "free.fr",     "libero.it",   "comcast.net"};
};

// Where events are told: one of file, syslog and webhook is given.
struct FeedSettings {
  std::string name;                  // under which its place is kept
  std::filesystem::path file;        // JSON lines are appended
  std::string syslog;                // "unix:/dev/log", "udp:host:514", "tcp:host:601"
  std::string webhook;               // URL that takes a POST of a JSON list
  std::filesystem::path token_file;  // for the webhook: Authorization: Bearer
  bool cef = false;                  // Common Event Format instead of JSON
};

struct LogSettings {
  log::Target target = log::Target::kStandardError;
  log::Level level = log::Level::kInfo;
};

struct Settings {
  std::filesystem::path file;  // where it was read from
  // Hash of the text and of the files it names lists and rules in, 12 hexadecimal digits.
  std::string version;
  std::string text;   // as it was read
  std::string files;  // the texts of the files it names
  Mode mode = Mode::kEnforce;
  MilterSettings milter;
  std::uint32_t workers = 0;  // 0: one per core
  Limits limits;
  StoreSettings store;
  std::filesystem::path vault;  // folder of sealed messages; empty: none
  ReleaseSettings release;
  NoticeSettings notices;
  VolumeSettings volumes;
  ReviewSettings review;
  std::vector<FeedSettings> feeds;
  std::optional<SocketAddress> metrics;  // inet only
  std::filesystem::path fingerprint_key = "/var/lib/noshare/fingerprint.key";
  std::filesystem::path control = "/run/noshare/control.sock";  // reload and status
  // Compiled patterns; empty: compile at each start.
  std::filesystem::path cache = "/var/cache/noshare";
  std::vector<std::filesystem::path> packs;  // folders; default: the installation's
  std::vector<std::string> disabled_entities;
  Organisation organisation;
  std::vector<Processor> processors;
  std::vector<Authority> authorities;
  // Domains to which the mail server sends over TLS or not at all, as globs.
  std::vector<std::string> encrypted_routes;
  Customers customers;
  std::filesystem::path forms;  // file of known documents; empty: none
  ReceivedSettings received;
  std::vector<Rule> rules;              // the shipped default policy when none are given
  std::vector<std::string> rule_packs;  // names of shipped ones, or files; in `rules` too
  std::vector<std::string> languages;   // of replies and letters, the first ones first
  OnFailure on_failure = OnFailure::kDefer;
  LogSettings log;
};

// Reads and checks a file. `text` variants are for tests and for `config check -`.
// Relative paths in it are relative to the file's folder.
Result<Settings> load_settings(const std::filesystem::path& file);
Result<Settings> parse_settings(const std::string& text, const std::string& file_name);

// The rules of a policy that an ordinary company can switch on without drowning.
std::vector<Rule> default_rules();

// Entity ids and categories that rules name and nobody provides, as "file:line: rule
// 'x': unknown entity 'y'; did you mean 'z'?". Empty: all names are known. The names
// come from the packs, which are read apart from the settings.
struct KnownNames {
  std::vector<std::string> entities;
  std::vector<std::string> categories;
  // Entities that only stand for others, and so have no values of their own.
  std::vector<std::string> umbrellas = {};
};
std::vector<std::string> unknown_names(const Settings& settings, const KnownNames& known);

// An address as it can stand in an envelope and a header. Errors: kInvalidInput.
Result<void> check_mail_address(std::string_view text);

// Where shipped rule packs lie, likewise `deploy/rules/` of the source tree.
std::filesystem::path default_rule_folder();

// Where packs lie: the installation's folder, or the source tree's `patterns/` when a
// program runs from a build folder.
std::filesystem::path default_pack_folder();

}  // namespace noshare::config
