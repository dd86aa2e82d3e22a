// The keys that say how the filter runs: socket, workers, packs, limits, log.
#include <array>
#include <charconv>

#include "config/field_text.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

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
    SettingsKey{
        {"metrics", "address and port", "", "Where Prometheus may fetch metrics",
         "Without it there are none. They hold no personal data, but tell how much is "
         "found: keep them on a loopback or management address.",
         "127.0.0.1:9899"},
        Shape::kValue,
        read_metrics},
    SettingsKey{{"control", "path", "/run/noshare/control.sock",
                 "Socket for `noshare reload` and `noshare status`", "",
                 "/run/noshare/control.sock"},
                Shape::kValue,
                [](Value v, Draft& d) { v.path(d.settings.control, d.folder); }},
    SettingsKey{
        {"cache", "path, or none", "/var/cache/noshare", "Folder for compiled patterns",
         "It makes a start faster. `none` compiles them each time.", "none"},
        Shape::kValue,
        [](Value v, Draft& d) { v.optional_path(d.settings.cache, d.folder); }},
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
