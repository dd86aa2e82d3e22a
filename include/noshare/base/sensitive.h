// Sensitive: text that may hold personal data.
//
// It cannot be streamed, formatted or compared by accident. `reveal()` is the only way to
// its text, so that `grep reveal` lists every place that can leak. The memory is wiped
// when freed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace noshare {

class Sensitive {
 public:
  Sensitive() = default;
  explicit Sensitive(std::string text) : text_(std::move(text)) {}
  Sensitive(const Sensitive&) = default;
  Sensitive(Sensitive&& other) noexcept : text_(std::move(other.text_)) { other.wipe(); }
  Sensitive& operator=(const Sensitive& other);
  Sensitive& operator=(Sensitive&& other) noexcept;
  ~Sensitive() { wipe(); }

  std::string_view reveal() const noexcept { return text_; }
  std::size_t size() const noexcept { return text_.size(); }
  bool empty() const noexcept { return text_.empty(); }

 private:
  void wipe() noexcept;
  std::string text_;
};

}  // namespace noshare
