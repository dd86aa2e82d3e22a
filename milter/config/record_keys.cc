// The keys that say what is kept and who hears of it: store, vault, release, notices,
// review server, feeds, volumes.
#include <algorithm>
#include <array>

#include "noshare/base/text.h"

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

// A token of RFC 9110 section 5.6.2, as header names are; kept in lower case.
void read_proxy_header(Value value, Draft& draft) {
  const auto given = value.text();
  if (!given) return;
  const bool is_name = !given->empty() &&
                       std::all_of(given->begin(), given->end(),
                                   [](char c) { return is_ascii_alnum(c) || c == '-'; });
  constexpr std::array<std::string_view, 5> kTaken{"cookie", "host", "content-type",
                                                   "x-csrf-token", "authorization"};
  const std::string lower = ascii_lowered(*given);
  if (!is_name || std::find(kTaken.begin(), kTaken.end(), lower) != kTaken.end()) {
    value.fault("'" + *given + "': expected the name of a header such as X-Remote-User");
    return;
  }
  draft.settings.review.proxy_header = lower;
}

void read_review_url(Value value, Draft& draft) {
  auto given = value.text();
  if (!given) return;
  while (given->ends_with('/')) given->pop_back();
  const bool has_scheme = given->starts_with("https://") || given->starts_with("http://");
  if (!has_scheme || !check_header_text(*given, 500) ||
      given->find_first_of(" \t?#<>\"") != std::string::npos ||
      given->find("://") + 3 == given->size()) {
    value.fault("'" + *given +
                "': expected an address such as https://review.example.com");
    return;
  }
  draft.settings.review.url = *std::move(given);
}

Result<void> check_advice(std::string_view text) {
  constexpr std::size_t kMostChars = 900;
  return check_header_text(text, kMostChars);
}

void read_redis(Value value, Draft& draft) {
  const auto text = value.text();
  if (!text) return;
  config::SocketAddress address;
  const bool is_unix = text->starts_with("unix:");
  const bool read = is_unix ? value.parsed(parse_socket, address)
                            : value.parsed(parse_host_and_port, address);
  if (read) draft.settings.volumes.redis = address;
}

constexpr std::array kKeys = {
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
        {"store.spool", "path, or none", "/var/lib/noshare/spool.db",
         "File that takes incidents while the PostgreSQL server is away",
         "On each mail host; a file of SQLite. Messages that rules hold go on being "
         "held, "
         "and the records are handed over, in order, when the server is back. With "
         "`none`, such mail is deferred meanwhile.",
         "none"},
        Shape::kValue,
        [](Value v, Draft& d) { v.optional_path(d.settings.store.spool, d.folder); }},
    SettingsKey{{"store.spool_incidents", "whole number", "10000",
                 "How many incidents may wait in it", "Then mail is deferred.", "1000"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.number(d.settings.store.spool_incidents, 1, 10'000'000);
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
         "Printable ASCII. Without it: the template's own, to take the data out or ask "
         "the "
         "officers.",
         "\"Call the privacy desk, extension 42.\""},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_advice, d.settings.notices.advice); }},
    SettingsKey{
        {"notices.templates", "path", "", "Folder of letters in your own words",
         "`held.LANGUAGE.txt` and `digest.LANGUAGE.txt` there come before the shipped "
         "ones; docs/review.md shows how one is written. `config check` tells their "
         "faults.",
         "/etc/noshare/templates"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.notices.templates, d.folder); }},
    SettingsKey{{"volumes", "section", "",
                 "Counting with other machines how many people's data go out", "", ""},
                Shape::kSection},
    SettingsKey{
        {"volumes.redis", "socket, or address and port", "",
         "A Redis server that all mail hosts count in",
         "For rules with `volume`. Counts are then estimates (HyperLogLog, standard "
         "error 0.81 %) that name nobody. While Redis does not answer, each host's "
         "own store counts, and Redis hears of it later. Every host needs the same "
         "`fingerprint_key`. A Redis that is away at the start is asked again every "
         "five seconds, when a message asks for it.",
         "127.0.0.1:6379"},
        Shape::kValue,
        read_redis},
    SettingsKey{
        {"volumes.password_file", "path", "", "File with the password of Redis",
         "The connection is not encrypted: use a socket, or a network of your own.",
         "/etc/noshare/redis.password"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.volumes.password_file, d.folder); }},
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
        {"review.url", "URL", "", "Address under which people open its pages",
         "Links in letters to officers begin with it.", "https://review.example.com"},
        Shape::kValue,
        read_review_url},
    SettingsKey{
        {"review.proxy_header", "header name", "",
         "Header in which a proxy names who has signed in there",
         "Its value is an account's name. Believed from `review.proxy_networks` only, so "
         "both keys belong together, and the proxy must take out what clients send under "
         "this name. Officers still unlock their vault key with their password.",
         "X-Remote-User"},
        Shape::kValue,
        read_proxy_header},
    SettingsKey{
        {"review.proxy_networks", "list of networks", "", "Where that proxy is",
         "Addresses from which the review server is reached, in CIDR form. Nobody else "
         "should be able to use them.",
         "[127.0.0.1/32]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_network, d.settings.review.proxy_networks);
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
        {"fingerprint_key", "path", "/var/lib/noshare/fingerprint.key",
         "The installation's secret key for fingerprints",
         "Created with random bytes when it is missing. Who has it can test guesses "
         "against stored fingerprints.",
         "/etc/noshare/fingerprint.key"},
        Shape::kValue,
        [](Value v, Draft& d) { v.path(d.settings.fingerprint_key, d.folder); }},
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
};

}  // namespace

Result<void> check_mail_address(std::string_view text) {
  NOSHARE_CHECK(check_header_text(text, 254));  // RFC 5321 section 4.5.3.1
  const std::size_t at = text.find('@');
  if (at == 0 || at == std::string_view::npos || at + 1 == text.size() ||
      text.find_first_of(" <>,;\"()") != std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput, "expected an address such as a@example.com");
  }
  return {};
}

std::span<const SettingsKey> record_keys() { return kKeys; }

}  // namespace noshare::config
