// Field texts: see field_text.h.
#include "config/field_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "noshare/base/text.h"
#include "noshare/config/network.h"
#include "noshare/config/reply_template.h"

namespace noshare::config {

namespace {

constexpr std::size_t kMostIdChars = 64;
// With "550 5.7.1 ", the case number and filled-in counts, a reply must fit one SMTP line
// of 512 octets (RFC 5321 section 4.5.3.1.5).
constexpr std::size_t kMostReplyChars = 300;
// The rest of a unix socket's address (unix(7)): 108 bytes with the closing NUL.
constexpr std::size_t kMostSocketPath = 107;

template <class Value>
struct Unit {
  std::string_view name;
  Value factor;
};

// Splits "30s" into its digits and its unit.
std::pair<std::string_view, std::string_view> digits_and_unit(std::string_view text) {
  std::size_t digits = 0;
  while (digits < text.size() && is_ascii_digit(text[digits])) ++digits;
  return {text.substr(0, digits), trimmed(text.substr(digits))};
}

template <std::size_t Size>
Result<std::uint64_t> parse_with_unit(std::string_view text,
                                      const std::array<Unit<std::uint64_t>, Size>& units,
                                      const char* expected) {
  const auto [digits, unit] = digits_and_unit(text);
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (!digits.empty() && error == std::errc() && end == digits.data() + digits.size()) {
    for (const auto& known : units) {
      if (!equal_ignoring_case(unit, known.name)) continue;
      if (number > UINT64_MAX / 2 / known.factor) break;
      return number * known.factor;
    }
  }
  return fail(ErrorCode::kInvalidInput, "expected " + std::string(expected));
}

Result<std::uint16_t> parse_port(std::string_view text) {
  const auto port = parse_whole_number(text, 1, 65535);
  if (!port) return fail(ErrorCode::kInvalidInput, "expected a port from 1 to 65535");
  return static_cast<std::uint16_t>(*port);
}

Result<SocketAddress> parse_unix_path(std::string_view path) {
  if (path.empty() || path[0] != '/' || path.size() > kMostSocketPath) {
    return fail(ErrorCode::kInvalidInput,
                "expected an absolute path of at most 107 bytes after 'unix:'");
  }
  SocketAddress address;
  address.path = path;
  return address;
}

struct Comparator {
  std::string_view sign;
  Comparison comparison;
};
constexpr std::array<Comparator, 6> kComparators = {{{">=", Comparison::kAtLeast},
                                                     {"<=", Comparison::kAtMost},
                                                     {"==", Comparison::kEqual},
                                                     {">", Comparison::kMoreThan},
                                                     {"<", Comparison::kLessThan},
                                                     {"=", Comparison::kEqual}}};

// Takes the sign off the front of `text`; none means "at least".
Comparison take_comparison(std::string_view& text) {
  text = trimmed(text);
  for (const Comparator& known : kComparators) {
    if (text.substr(0, known.sign.size()) != known.sign) continue;
    text = trimmed(text.substr(known.sign.size()));
    return known.comparison;
  }
  return Comparison::kAtLeast;
}

bool is_host_char(char c) {
  const bool high = static_cast<unsigned char>(c) >= 0x80;  // internationalised names
  return is_ascii_alnum(c) || high || c == '-' || c == '.' || c == '_' || c == '*';
}

}  // namespace

Result<std::uint64_t> parse_whole_number(std::string_view text, std::uint64_t least,
                                         std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size() ||
      number < least || number > most) {
    return fail(ErrorCode::kInvalidInput, "expected a whole number from " +
                                              std::to_string(least) + " to " +
                                              std::to_string(most));
  }
  return number;
}

Result<Milliseconds> parse_duration(std::string_view text) {
  static constexpr std::array<Unit<std::uint64_t>, 4> kUnits = {
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}}};
  constexpr std::uint64_t kMostMs = 86'400'000;  // a day
  const auto ms = parse_with_unit(text, kUnits, "a time such as 500ms, 30s, 5m or 1h");
  if (!ms) return tl::unexpected(ms.error());
  if (*ms == 0 || *ms > kMostMs) {
    return fail(ErrorCode::kInvalidInput, "expected a time from 1ms to 24h");
  }
  return Milliseconds(static_cast<std::int64_t>(*ms));
}

Result<std::uint64_t> parse_bytes(std::string_view text) {
  static constexpr std::array<Unit<std::uint64_t>, 6> kUnits = {{{"", 1},
                                                                 {"B", 1},
                                                                 {"KB", 1ULL << 10},
                                                                 {"MB", 1ULL << 20},
                                                                 {"GB", 1ULL << 30},
                                                                 {"TB", 1ULL << 40}}};
  return parse_with_unit(text, kUnits, "a size such as 4096, 512KB, 64MB or 1GB");
}

Result<SocketAddress> parse_host_and_port(std::string_view text) {
  constexpr const char* kExpected =
      "expected an address and a port, such as 127.0.0.1:9899 or [::1]:9899";
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return fail(ErrorCode::kInvalidInput, kExpected);
  std::string_view host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  } else if (host.find(':') != std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput, kExpected);
  }
  if (host.empty()) return fail(ErrorCode::kInvalidInput, kExpected);
  NOSHARE_TRY(const std::uint16_t port, parse_port(text.substr(colon + 1)));
  SocketAddress address;
  address.is_unix = false;
  address.host = host;
  address.port = port;
  return address;
}

Result<SocketAddress> parse_socket(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view family = text.substr(0, colon);
  const std::string_view rest =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  if (family == "unix" || family == "local") return parse_unix_path(rest);
  if (family == "inet" || family == "inet6") {
    const std::size_t at = rest.find('@');  // libmilter's own order
    if (at == std::string_view::npos) return parse_host_and_port(rest);
    NOSHARE_TRY(const std::uint16_t port, parse_port(rest.substr(0, at)));
    SocketAddress address;
    address.is_unix = false;
    address.port = port;
    address.host = rest.substr(at + 1);
    if (!address.host.empty()) return address;
  }
  return fail(ErrorCode::kInvalidInput,
              "expected a socket such as unix:/run/noshare/noshare.sock or "
              "inet:127.0.0.1:8899");
}

Result<void> check_date(std::string_view text) {
  const bool form = text.size() == 10 && text[4] == '-' && text[7] == '-';
  const auto part = [&](std::size_t at, std::size_t size) {
    return parse_whole_number(text.substr(at, size), 0, 9999);
  };
  if (form) {
    const auto year = part(0, 4);
    const auto month = part(5, 2);
    const auto day = part(8, 2);
    if (year && month && day) {
      const std::chrono::year_month_day date{
          std::chrono::year(static_cast<int>(*year)),
          std::chrono::month(static_cast<unsigned>(*month)),
          std::chrono::day(static_cast<unsigned>(*day))};
      if (date.ok()) return {};
      return fail(ErrorCode::kInvalidInput, "there is no such day in the calendar");
    }
  }
  return fail(ErrorCode::kInvalidInput, "expected a day such as 2027-12-31");
}

Result<Threshold> parse_threshold(std::string_view text) {
  Threshold threshold;
  threshold.comparison = take_comparison(text);
  const auto value = parse_whole_number(text, 0, UINT32_MAX);
  if (!value) {
    return fail(ErrorCode::kInvalidInput, "expected a number such as 10 or '>= 10'");
  }
  threshold.value = *value;
  return threshold;
}

Result<Threshold> parse_size_threshold(std::string_view text) {
  Threshold threshold;
  threshold.comparison = take_comparison(text);
  const auto value = parse_bytes(text);
  if (!value) {
    return fail(ErrorCode::kInvalidInput, "expected a size such as '>= 10MB'");
  }
  threshold.value = *value;
  return threshold;
}

Result<int> parse_confidence(std::string_view text) {
  constexpr const char* kExpected =
      "expected low, medium, high or a number from 0 to 100, alone or after '>='";
  if (take_comparison(text) != Comparison::kAtLeast) {
    return fail(ErrorCode::kInvalidInput, kExpected);
  }
  if (text == "low") return 1;  // any finding at all
  if (text == "medium") return model::kMediumConfidence;
  if (text == "high") return model::kHighConfidence;
  const auto points = parse_whole_number(text, 0, 100);
  if (!points) return fail(ErrorCode::kInvalidInput, kExpected);
  return static_cast<int>(*points);
}

Result<std::int64_t> parse_window(std::string_view text) {
  static constexpr std::array<Unit<std::uint64_t>, 4> kUnits = {
      {{"m", 60}, {"h", 3600}, {"d", 86'400}, {"w", 604'800}}};
  constexpr std::uint64_t kYear = 366 * 86'400;
  const auto seconds = parse_with_unit(text, kUnits, "a time such as 12h, 7d or 2w");
  if (!seconds) return tl::unexpected(seconds.error());
  if (*seconds == 0 || *seconds > kYear) {
    return fail(ErrorCode::kInvalidInput, "expected a time of at most a year");
  }
  return static_cast<std::int64_t>(*seconds);
}

Result<DayTime> parse_day_time(std::string_view text) {
  const auto minute = [](std::string_view clock) -> Result<int> {
    const std::size_t colon = clock.find(':');
    if (colon != std::string_view::npos) {
      const auto hours = parse_whole_number(clock.substr(0, colon), 0, 24);
      const auto minutes = parse_whole_number(clock.substr(colon + 1), 0, 59);
      const std::uint64_t sum = hours && minutes ? *hours * 60 + *minutes : 1441;
      if (sum <= 1440) return static_cast<int>(sum);
    }
    return fail(ErrorCode::kInvalidInput, "expected hours such as 08:00-18:00");
  };
  const std::size_t dash = text.find('-');
  NOSHARE_TRY(const int begin, minute(trimmed(text.substr(0, dash))));
  NOSHARE_TRY(const int end,
              minute(dash == std::string_view::npos ? std::string_view()
                                                    : trimmed(text.substr(dash + 1))));
  return DayTime{begin, end};
}

Result<int> parse_week_day(std::string_view text) {
  constexpr std::array<std::string_view, 7> kDays = {"sun", "mon", "tue", "wed",
                                                     "thu", "fri", "sat"};
  const auto found = std::find(kDays.begin(), kDays.end(), text);
  if (found != kDays.end()) return static_cast<int>(found - kDays.begin());
  return fail(ErrorCode::kInvalidInput,
              "expected one of: sun, mon, tue, wed, thu, fri, sat");
}

Result<HeaderTest> parse_header_test(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = trimmed(text.substr(0, colon));
  // RFC 5322 section 2.2: printable ASCII without colon and space.
  const bool sound = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return c > ' ' && c <= '~';
  });
  if (!sound || colon == std::string_view::npos) {
    return fail(ErrorCode::kInvalidInput,
                "expected a header's name and content such as 'X-Class: public*'");
  }
  const std::string_view glob = trimmed(text.substr(colon + 1));
  return HeaderTest{std::string(name), glob.empty() ? "*" : std::string(glob)};
}

Result<std::string> parse_extension(std::string_view text) {
  constexpr std::size_t kLongest = 16;
  if (text.substr(0, 1) == "*") text.remove_prefix(1);
  if (text.substr(0, 1) == ".") text.remove_prefix(1);
  const bool sound = !text.empty() && text.size() <= kLongest &&
                     std::all_of(text.begin(), text.end(), is_ascii_alnum);
  if (!sound) {
    return fail(ErrorCode::kInvalidInput,
                "expected the ending of file names such as xlsx or '*.zip'");
  }
  return ascii_lowered(text);
}

Result<void> check_domain_glob(std::string_view glob) {
  if (glob.empty() || !std::all_of(glob.begin(), glob.end(), is_host_char)) {
    return fail(ErrorCode::kInvalidInput,
                "expected a domain such as example.com, or *.example.com for its "
                "subdomains");
  }
  return {};
}

Result<void> check_address_glob(std::string_view glob) {
  const std::size_t at = glob.rfind('@');
  const bool blank = std::any_of(glob.begin(), glob.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '<' || c == '>';
  });
  const bool address = at != std::string_view::npos && at > 0 &&
                       check_domain_glob(glob.substr(at + 1)).has_value();
  if (blank || (!address && glob != "*")) {
    return fail(ErrorCode::kInvalidInput,
                "expected an address such as jane@example.com, or *@example.com for all "
                "of a domain");
  }
  return {};
}

Result<void> check_id(std::string_view id) {
  const bool chars = std::all_of(id.begin(), id.end(), [](char c) {
    return is_ascii_alnum(c) || c == '_' || c == '-';
  });
  if (id.empty() || id.size() > kMostIdChars || !chars) {
    return fail(ErrorCode::kInvalidInput,
                "expected a name of letters, digits, '_' and '-', at most 64");
  }
  return {};
}

Result<void> check_header_text(std::string_view text, std::size_t most) {
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
  if (!printable) return fail(ErrorCode::kInvalidInput, "expected printable ASCII only");
  if (text.size() > most) {
    return fail(ErrorCode::kInvalidInput,
                "expected at most " + std::to_string(most) + " characters");
  }
  return {};
}

Result<void> check_reply_template(std::string_view text) {
  NOSHARE_CHECK(check_header_text(text, kMostReplyChars));
  return check_placeholders(text);
}

Result<void> check_network(std::string_view text) {
  NOSHARE_TRY([[maybe_unused]] const Network network, parse_network(text));
  return {};
}

}  // namespace noshare::config
