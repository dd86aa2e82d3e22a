// Result: a value, or the reason why there is none.
//
// For faults that are expected (bad mail, a full disk, a typing error of the
// administrator). A broken invariant of ours is not an Error: see assert.h. Errors never
// carry personal values.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace noshare {

enum class ErrorCode {
  kInvalidInput,  // what was given cannot be understood; the message says what was
                  // expected
  kNotFound,      // a file, table or key that is not there
  kIo,            // the operating system refused; the message holds strerror's text
  kTimeout,       // a deadline passed
  kLimit,         // a configured bound was reached
  kCorrupt,       // stored or received bytes that break their own format
  kUnavailable,   // a peer process or database that does not answer
  kInternal,      // an outside library failed in a way it should not
};

// A stable lower-case word for logs, such as "invalid_input".
const char* name(ErrorCode code) noexcept;

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // one line for a person, without a final full stop
};

// tl::expected<T, Error> that may not be ignored.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
 public:
  using tl::expected<T, Error>::expected;
};

// An Error on its way into a Result: `return fail(ErrorCode::kIo, "cannot open ...");`
inline tl::unexpected<Error> fail(ErrorCode code, std::string message) {
  return tl::unexpected<Error>(Error{code, std::move(message)});
}

// As fail(kIo, what + ": " + strerror(errno)).
tl::unexpected<Error> fail_errno(std::string what);

}  // namespace noshare

#define NOSHARE_CONCAT_INNER(a, b) a##b
#define NOSHARE_CONCAT(a, b) NOSHARE_CONCAT_INNER(a, b)

// NOSHARE_TRY(auto parts, parse(bytes)): takes the value, or returns the Error to the
// caller.
#define NOSHARE_TRY(declaration, expression)                                          \
  auto NOSHARE_CONCAT(noshare_try_, __LINE__) = (expression);                         \
  if (!NOSHARE_CONCAT(noshare_try_, __LINE__)) {                                      \
    return tl::unexpected(std::move(NOSHARE_CONCAT(noshare_try_, __LINE__)).error()); \
  }                                                                                   \
  declaration = std::move(*NOSHARE_CONCAT(noshare_try_, __LINE__))

// NOSHARE_CHECK(write(fd, bytes)): goes on, or returns the Error to the caller.
#define NOSHARE_CHECK(expression)                                                \
  do {                                                                           \
    auto noshare_check = (expression);                                           \
    if (!noshare_check) return tl::unexpected(std::move(noshare_check).error()); \
  } while (false)
