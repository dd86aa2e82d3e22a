// The keys that say how the filter runs: sockets, workers, files, limits.
#include <array>
#include <charconv>

#include "config/field_text.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

void read_syslog(Value value, Draft& draft) {
  const auto given = value.text();
  if (!given) return;
  const std::size_t last = given->rfind(':');
  const bool is_inet = given->starts_with("udp:") || given->starts_with("tcp:");
  const bool whole =
      is_inet ? last > 4 && last + 1 < given->size() : given->starts_with("unix:/");
  if (!whole) {
    value.fault("'" + *given + "': expected unix:/PATH, udp:HOST:PORT or tcp:HOST:PORT");
    return;
  }
  draft.feed->syslog = *given;
}

void read_webhook(Value value, Draft& draft) {
  const auto given = value.text();
  if (!given) return;
  if (!given->starts_with("https://") && !given->starts_with("http://")) {
    value.fault("'" + *given + "': expected a URL that begins with https:// or http://");
    return;
  }
  draft.feed->webhook = *given;
}

void finish_feed(Value value, Draft& draft) {
  const FeedSettings& feed = *draft.feed;
  const int receivers = (feed.file.empty() ? 0 : 1) + (feed.syslog.empty() ? 0 : 1) +
                        (feed.webhook.empty() ? 0 : 1);
  if (receivers != 1) {
    value.fault("feed '" + feed.name + "': expected one of file, syslog and webhook");
  }
  for (const FeedSettings& one : draft.settings.feeds) {
    if (&one != &feed && one.name == feed.name) {
      value.fault("the name '" + feed.name + "' is taken by another feed");
    }
  }
}

// An absolute or relative path, or the word "none".
void optional_path(Value value, const Draft& draft, std::filesystem::path& into) {
  if (value.node().IsScalar() && value.node().Scalar() == "none") {
    into.clear();
  } else {
    value.path(into, draft.folder);
  }
}

void read_workers(Value value, Draft& draft) {
  constexpr std::uint64_t kMostWorkers = 1024;
  if (value.node().IsScalar() && value.node().Scalar() == "auto") {
    draft.settings.workers = 0;
  } else {
    value.number(draft.settings.workers, 1, kMostWorkers);
  }
}

void read_socket_mode(Value value, Draft& draft) {
  const auto text = value.text();
  if (!text) return;
  unsigned mode = 0;
  const auto [end, error] =
      std::from_chars(text->data(), text->data() + text->size(), mode, 8);
  if (error != std::errc() || end != text->data() + text->size() || mode > 0777) {
    value.fault("wrong value '" + *text + "', expected octal permissions such as 0660");
  } else {
    draft.settings.milter.socket_mode = mode;
  }
}

void read_packs(Value value, Draft& draft) {
  std::vector<std::string> folders;
  value.texts(nullptr, folders);
  draft.settings.packs.clear();
  for (const std::string& folder : folders) {
    draft.settings.packs.push_back(folder == "shipped"
                                       ? default_pack_folder()
                                       : (draft.folder / folder).lexically_normal());
  }
}

void read_metrics(Value value, Draft& draft) {
  SocketAddress address;
  if (value.parsed(parse_host_and_port, address)) draft.settings.metrics = address;
}

Result<void> check_advice(std::string_view text) {
  constexpr std::size_t kMostChars = 900;
  return check_header_text(text, kMostChars);
}

Result<void> check_mail_address(std::string_view text) {
  NOSHARE_CHECK(check_header_text(text, 254));  // RFC 5321 section 4.5.3.1
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size() ||
      text.find_first_of(" <>,;\"()") != std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput, "expected an address such as a@example.com");
  }
  return {};
}

template <std::uint64_t Limits::*kField>
void read_size(Value value, Draft& draft) {
  std::uint64_t bytes = 0;
  if (!value.parsed(parse_bytes, bytes)) return;
  if (bytes == 0) {
    value.fault("expected more than 0 bytes");
  } else {
    draft.settings.limits.*kField = bytes;
  }
}

constexpr std::array kKeys = {
    SettingsKey{
        {"mode", "one of: monitor, enforce", "enforce",
         "Whether verdicts are carried out, or only recorded",
         "With `monitor`, every message is delivered unchanged, and the incident records "
         "what would have happened. Begin with it.",
         "monitor"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.choice({{"monitor", Mode::kMonitor}, {"enforce", Mode::kEnforce}},
                   d.settings.mode);
        }},
    SettingsKey{
        {"milter", "section", "", "How the mail server reaches the filter", "", ""},
        Shape::kSection},
    SettingsKey{
        {"milter.socket", "socket", "unix:/run/noshare/noshare.sock",
         "Where the filter listens",
         "`unix:/path` or `inet:address:port`. Postfix runs most of its programs in a "
         "chroot, so a unix socket must lie below its queue folder.",
         "inet:127.0.0.1:8899"},
        Shape::kValue,
        [](Value v, Draft& d) { v.parsed(parse_socket, d.settings.milter.socket); }},
    SettingsKey{{"milter.socket_mode", "octal permissions", "0660",
                 "Permissions of the unix socket", "", "0660"},
                Shape::kValue,
                read_socket_mode},
    SettingsKey{
        {"milter.socket_group", "group name", "", "Group of the unix socket",
         "The mail server must be a member of it. Without it, the daemon's own group.",
         "postfix"},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_id, d.settings.milter.socket_group); }},
    SettingsKey{
        {"milter.max_queue", "whole number", "200",
         "How many messages may wait for a worker",
         "A further one is answered with 451 4.7.1 and comes again later.", "500"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.milter.max_queue, 1, 100'000); }},
    SettingsKey{
        {"milter.queue_time", "time", "30s", "How long a message may wait for a worker",
         "Then it is answered with 451 and comes again later.", "10s"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.parsed(parse_duration, d.settings.milter.queue_time);
        }},
    SettingsKey{{"milter.drain_time", "time", "20s",
                 "How long scans may go on when the filter stops", "", "5s"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.parsed(parse_duration, d.settings.milter.drain_time);
                }},
    SettingsKey{
        {"milter.outbound_daemons", "list of names", "",
         "Names of mail server services whose mail is outbound",
         "The value of the macro {daemon_name}: set `-o "
         "milter_macro_daemon_name=ORIGINATING` on Postfix's submission service.",
         "[ORIGINATING]"},
        Shape::kValue,
        [](Value v, Draft& d) { v.texts(nullptr, d.settings.milter.outbound_daemons); }},
    SettingsKey{{"workers", "whole number, or auto", "auto",
                 "How many messages are scanned at the same time",
                 "`auto` is one worker for each processor.", "4"},
                Shape::kValue,
                read_workers},
    SettingsKey{{"store", "section", "", "Where incidents are kept", "", ""},
                Shape::kSection},
    SettingsKey{{"store.sqlite", "path", "/var/lib/noshare/noshare.db", "SQLite file", "",
                 "/srv/noshare/noshare.db"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.store.sqlite, d.folder); }},
    SettingsKey{
        {"store.postgresql", "text", "",
         "PostgreSQL database instead, for several mail hosts with one register",
         "What libpq connects by (its manual calls it a connection string). The tables "
         "are made by noshare; keep the password in a file of libpq's (`passfile`). "
         "Every "
         "host needs the same `fingerprint_key`.",
         "host=db.example.com dbname=noshare user=noshare"},
        Shape::kValue,
        [](Value v, Draft& d) {
          if (const auto given = v.text()) d.settings.store.postgresql = *given;
        }},
    SettingsKey{
        {"store.keep_days", "whole number", "0",
         "How many days an incident is kept; 0 is for ever",
         "`noshare incident purge` removes what is older, on a timer of systemd; what "
         "still waits for a decision stays. The audit log and the counts of reports "
         "stay.",
         "730"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.store.keep_days, 0, 36'500); }},
    SettingsKey{
        {"vault", "path", "", "Folder where held messages are kept, sealed",
         "`noshare officer create` puts the first key into it. Without a vault, or "
         "without an officer, the mail server holds (`hold: mta`).",
         "/var/lib/noshare/vault"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.vault, d.folder); }},
    SettingsKey{{"release", "section", "",
                 "How held messages leave the vault, or end in it", "", ""},
                Shape::kSection},
    SettingsKey{
        {"release.smtp", "address and port", "127.0.0.1:25",
         "Mail server that takes released messages",
         "It must hand them to the filter again: there the release is checked, and its "
         "token taken out.",
         "127.0.0.1:10025"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.parsed(parse_host_and_port, d.settings.release.smtp);
        }},
    SettingsKey{{"release.officers", "whole number", "1",
                 "How many officers must agree before a held message is released",
                 "With 2, nobody can release a message alone (four eyes).", "2"},
                Shape::kValue,
                [](Value v, Draft& d) { v.number(d.settings.release.officers, 1, 10); }},
    SettingsKey{
        {"release.keep_days", "whole number", "30",
         "After how many days a held message that nobody decided expires",
         "`noshare held purge` removes it then, and messages that were denied so "
         "long ago.",
         "14"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.release.keep_days, 1, 3650); }},
    SettingsKey{{"notices", "section", "", "Letters that noshare itself sends", "", ""},
                Shape::kSection},
    SettingsKey{
        {"notices.held", "true or false", "true",
         "Whether the sender of a message that went into the vault is told",
         "The letter says what was found, masked, who would have got it, and the case "
         "number. It goes out through `release.smtp`.",
         "false"},
        Shape::kValue,
        [](Value v, Draft& d) { v.truth(d.settings.notices.held); }},
    SettingsKey{{"notices.from", "e-mail address", "",
                 "Whom these letters come from, and who gets the answers",
                 "Without it, postmaster at the first of `organisation.domains`.",
                 "privacy@example.com"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.checked(check_mail_address, d.settings.notices.from);
                }},
    SettingsKey{
        {"notices.advice", "text", "", "What the letter tells the sender to do",
         "Printable ASCII. Without it: to take the data out or ask the officers.",
         "\"Call the privacy desk, extension 42.\""},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_advice, d.settings.notices.advice); }},
    SettingsKey{{"review", "section", "", "The web interface, noshare-review", "", ""},
                Shape::kSection},
    SettingsKey{{"review.listen", "address and port", "127.0.0.1:8443",
                 "Where the review server listens",
                 "Without a certificate it speaks plain HTTP: then only a proxy with "
                 "HTTPS on the "
                 "same machine should reach it. Browsers keep the session over HTTPS "
                 "only, and on "
                 "localhost.",
                 "0.0.0.0:8443"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.parsed(parse_host_and_port, d.settings.review.listen);
                }},
    SettingsKey{
        {"review.certificate", "path", "", "Its certificate, with the chain, in PEM", "",
         "/etc/noshare/review.crt"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.review.certificate, d.folder); }},
    SettingsKey{{"review.key", "path", "", "The certificate's private key in PEM", "",
                 "/etc/noshare/review.key"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.review.key, d.folder); }},
    SettingsKey{
        {"metrics", "address and port", "", "Where Prometheus may fetch metrics",
         "Without it there are none. They hold no personal data, but tell how much is "
         "found: keep them on a loopback or management address.",
         "127.0.0.1:9899"},
        Shape::kValue,
        read_metrics},
    SettingsKey{
        {"fingerprint_key", "path", "/var/lib/noshare/fingerprint.key",
         "The installation's secret key for fingerprints",
         "Created with random bytes when it is missing. Who has it can test guesses "
         "against stored fingerprints.",
         "/etc/noshare/fingerprint.key"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.fingerprint_key, d.folder); }},
    SettingsKey{{"control", "path", "/run/noshare/control.sock",
                 "Socket for `noshare reload` and `noshare status`", "",
                 "/run/noshare/control.sock"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.control, d.folder); }},
    SettingsKey{
        {"cache", "path, or none", "/var/cache/noshare", "Folder for compiled patterns",
         "It makes a start faster. `none` compiles them each time.", "none"},
        Shape::kValue,
        [](Value v, Draft& d) { optional_path(v, d, d.settings.cache); }},
    SettingsKey{{"packs", "list of folders", "[shipped]", "Where pattern packs are read",
                 "`shipped` stands for the packs of the installation. A later folder may "
                 "override patterns of an earlier one by their id.",
                 "[shipped, /etc/noshare/packs]"},
                Shape::kValue,
                read_packs},
    SettingsKey{
        {"disabled_entities", "list of entity ids", "",
         "Patterns that are not looked for", "", "[ipv4_address, ipv6_address]"},
        Shape::kValue,
        [](Value v, Draft& d) { v.texts(check_id, d.settings.disabled_entities); }},
    SettingsKey{{"limits", "section", "", "How much one message may cost",
                 "What a limit leaves unread is reported as unreadable, and a rule "
                 "answers it.",
                 ""},
                Shape::kSection},
    SettingsKey{
        {"limits.scan_time", "time", "60s", "Longest scan of one message",
         "Keep it well below the mail server's own limit for the filter.", "30s"},
        Shape::kValue,
        [](Value v, Draft& d) { v.parsed(parse_duration, d.settings.limits.scan_time); }},
    SettingsKey{{"limits.message_size", "size", "256MB", "Largest message that is read",
                 "", "64MB"},
                Shape::kValue,
                read_size<&Limits::message_bytes>},
    SettingsKey{{"limits.text_size", "size", "512MB",
                 "Most decoded text of all parts together", "", "256MB"},
                Shape::kValue,
                read_size<&Limits::text_bytes>},
    SettingsKey{{"limits.part_size", "size", "128MB", "Most decoded bytes of one part",
                 "", "64MB"},
                Shape::kValue,
                read_size<&Limits::part_bytes>},
    SettingsKey{{"limits.unpacked_size", "size", "256MB",
                 "Most bytes that all archives of one message unpack to", "", "128MB"},
                Shape::kValue,
                read_size<&Limits::unpacked_bytes>},
    SettingsKey{
        {"limits.passwords", "whole number", "64",
         "Most words of a message that are tried as passwords of its zip files; 0 tries "
         "none",
         "", "0"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.limits.passwords, 0, 1000); }},
    SettingsKey{
        {"limits.parts", "whole number", "10000", "Most parts of one message", "",
         "2000"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.limits.parts, 1, 1'000'000); }},
    SettingsKey{
        {"limits.depth", "whole number", "64", "Deepest nesting of parts", "", "32"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.limits.depth, 1, 500); }},
    SettingsKey{
        {"limits.findings", "whole number", "10000",
         "Most findings kept in full; further ones are only counted", "", "1000"},
        Shape::kValue,
        [](Value v, Draft& d) { v.number(d.settings.limits.findings, 1, 1'000'000); }},
    SettingsKey{{"limits.worker_memory", "size", "1GB",
                 "Memory of a worker beyond the pages it shares", "", "512MB"},
                Shape::kValue,
                read_size<&Limits::worker_memory>},
    SettingsKey{{"limits.converter_time", "time", "20s",
                 "Longest reading of one PDF, old Office file or picture", "", "10s"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.parsed(parse_duration, d.settings.limits.converter_time);
                }},
    SettingsKey{{"limits.converter_memory", "size", "512MB",
                 "Memory for reading one of them", "", "256MB"},
                Shape::kValue,
                read_size<&Limits::converter_memory>},
    SettingsKey{
        {"limits.ocr", "true or false", "false",
         "Whether pictures are read for their text",
         "Letters and QR codes in pictures, and pages of PDF files that show nothing "
         "else. "
         "It takes seconds for each; without it such parts are reported as unreadable, "
         "for the reasons media and unsupported.",
         "true"},
        Shape::kValue,
        [](Value v, Draft& d) { v.truth(d.settings.limits.ocr); }},
    SettingsKey{
        {"limits.ocr_time", "time", "20s",
         "Longest reading of all pictures of one message",
         "Those that are left then are reported as media.", "10s"},
        Shape::kValue,
        [](Value v, Draft& d) { v.parsed(parse_duration, d.settings.limits.ocr_time); }},
    SettingsKey{
        {"on_failure", "one of: defer, deliver", "defer",
         "What happens to mail when no verdict could be reached",
         "`defer` answers 451: the mail waits in the sender's queue and comes again. "
         "`deliver` lets it pass unread.",
         "defer"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.choice({{"defer", OnFailure::kDefer}, {"deliver", OnFailure::kDeliver}},
                   d.settings.on_failure);
        }},
    SettingsKey{
        {"feeds", "list of sections", "",
         "Where incidents and acts of officers are told, for a SIEM",
         "Each has a name and one of `file`, `syslog` and `webhook`. Events come in "
         "order and at least once, from the first start with the feed on; mail "
         "never waits for a receiver.",
         ""},
        Shape::kItems,
        [](Value, Draft& d) { d.feed = &d.settings.feeds.emplace_back(); },
        finish_feed},
    SettingsKey{
        {"feeds[].name", "name", "", "Under which its place is kept", "", "siem", true},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_id, d.feed->name); }},
    SettingsKey{{"feeds[].file", "path", "", "Lines are appended to this file", "",
                 "/var/log/noshare/events.jsonl"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.feed->file, d.folder); }},
    SettingsKey{{"feeds[].syslog", "address", "", "Syslog server (RFC 5424)",
                 "`unix:PATH`, `udp:HOST:PORT` or `tcp:HOST:PORT`.", "unix:/dev/log"},
                Shape::kValue,
                read_syslog},
    SettingsKey{
        {"feeds[].webhook", "URL", "", "Takes a POST of a JSON list of events",
         "Any answer but 2xx is tried again.", "https://siem.example.com/noshare"},
        Shape::kValue,
        read_webhook},
    SettingsKey{{"feeds[].token_file", "path", "",
                 "File whose first line the webhook gets as a bearer token", "",
                 "/etc/noshare/webhook.token"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.feed->token_file, d.folder); }},
    SettingsKey{{"feeds[].format", "json or cef", "json", "How an event is written",
                 "`cef` is ArcSight's Common Event Format; a webhook gets JSON.", "cef"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.choice<bool>({{"json", false}, {"cef", true}}, d.feed->cef);
                }},
    SettingsKey{{"log", "section", "", "Where the daemon writes its log", "", ""},
                Shape::kSection},
    SettingsKey{{"log.target", "one of: stderr, journal, syslog", "stderr",
                 "Where lines go", "", "journal"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.choice({{"stderr", log::Target::kStandardError},
                            {"journal", log::Target::kJournal},
                            {"syslog", log::Target::kSyslog}},
                           d.settings.log.target);
                }},
    SettingsKey{{"log.level", "one of: debug, info, notice, warning, error", "info",
                 "The least important lines that are written", "", "notice"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.choice({{"debug", log::Level::kDebug},
                            {"info", log::Level::kInfo},
                            {"notice", log::Level::kNotice},
                            {"warning", log::Level::kWarning},
                            {"error", log::Level::kError}},
                           d.settings.log.level);
                }},
};

}  // namespace

std::span<const SettingsKey> running_keys() { return kKeys; }

}  // namespace noshare::config
