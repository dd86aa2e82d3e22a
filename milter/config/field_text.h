// Field texts: the small languages inside noshare.yaml's values.
//
// In:  one scalar's text     Out: a typed value, or an Error that says what was expected
// Knows nothing of YAML or of places in a file: settings_value.h adds those. Any input
// gives an answer.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/clock.h"
#include "noshare/base/result.h"
#include "noshare/config/rule.h"
#include "noshare/config/settings.h"

namespace noshare::config {

Result<std::uint64_t> parse_whole_number(std::string_view text, std::uint64_t least,
                                         std::uint64_t most);

// "500ms", "30s", "5m", "1h".
Result<Milliseconds> parse_duration(std::string_view text);

// "4096", "512KB", "64MB", "1GB"; powers of 1024.
Result<std::uint64_t> parse_bytes(std::string_view text);

// "unix:/path", "inet:host:port", "inet6:[::1]:port"; libmilter's "local:" and
// "inet:port@host" are understood, too.
Result<SocketAddress> parse_socket(std::string_view text);
// "127.0.0.1:9899", "[::1]:9899".
Result<SocketAddress> parse_host_and_port(std::string_view text);

// A day of the calendar, "2027-12-31" (ISO 8601).
Result<void> check_date(std::string_view text);

// ">= 10", "> 3", "<= 5", "< 2", "= 1", "10" (at least 10).
Result<Threshold> parse_threshold(std::string_view text);
// The same over bytes: ">= 10MB".
Result<Threshold> parse_size_threshold(std::string_view text);

// "high", ">= medium", "70", ">= 70": the least confidence in points.
Result<int> parse_confidence(std::string_view text);

// "12h", "7d", "2w": seconds, at most a year.
Result<std::int64_t> parse_window(std::string_view text);
// "08:00-18:00": hours of a day.
Result<DayTime> parse_day_time(std::string_view text);
// "sun" ... "sat" to 0 ... 6.
Result<int> parse_week_day(std::string_view text);
// "X-Class: public*": a header's name and a glob of its content.
Result<HeaderTest> parse_header_test(std::string_view text);
// A file name's extension, "xlsx", "*.xlsx" or ".xlsx", in lower case.
Result<std::string> parse_extension(std::string_view text);

// A glob over domains ("example.com", "*.example.com") or over addresses
// ("*@example.com").
Result<void> check_domain_glob(std::string_view glob);
Result<void> check_address_glob(std::string_view glob);

// A word of ours: letters, digits, '_' and '-', at most 64.
Result<void> check_id(std::string_view id);
// A reply's or header's text: printable ASCII, not too long.
Result<void> check_header_text(std::string_view text, std::size_t most);
// The same, whose placeholders are all known.
Result<void> check_reply_template(std::string_view text);

// A network in CIDR form.
Result<void> check_network(std::string_view text);

}  // namespace noshare::config
