// Log: one JSON object a line, to standard error or to the journal. Thread-safe.
//
// A field's value is a number, a truth value or text. Text is for ids, reasons and names
// of our own: Sensitive has no conversion to it, and no caller may pass a value found in
// mail.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace noshare::log {

enum class Level { kDebug, kInfo, kNotice, kWarning, kError };
enum class Target { kStandardError, kJournal, kSyslog };

struct Field {
  std::string_view key;
  std::variant<std::int64_t, double, bool, std::string> value;

  Field(std::string_view k, std::string_view text) : key(k), value(std::string(text)) {}
  Field(std::string_view k, const std::string& text) : key(k), value(text) {}
  Field(std::string_view k, const char* text) : key(k), value(std::string(text)) {}
  Field(std::string_view k, bool truth) : key(k), value(truth) {}
  Field(std::string_view k, double number) : key(k), value(number) {}
  template <class Number, class = std::enable_if_t<std::is_integral_v<Number>>>
  Field(std::string_view k, Number number)
      : key(k), value(static_cast<std::int64_t>(number)) {}
};

using Fields = std::initializer_list<Field>;

// Where lines go and from which level on. Default: standard error, kInfo.
void configure(Target target, Level least);

// {"time":"...","level":"info","program":"noshare-milter","event":"started","workers":2}
void write(Level level, std::string_view event, Fields fields);

inline void debug(std::string_view event, Fields fields = {}) {
  write(Level::kDebug, event, fields);
}
inline void info(std::string_view event, Fields fields = {}) {
  write(Level::kInfo, event, fields);
}
inline void notice(std::string_view event, Fields fields = {}) {
  write(Level::kNotice, event, fields);
}
inline void warning(std::string_view event, Fields fields = {}) {
  write(Level::kWarning, event, fields);
}
inline void error(std::string_view event, Fields fields = {}) {
  write(Level::kError, event, fields);
}

}  // namespace noshare::log
