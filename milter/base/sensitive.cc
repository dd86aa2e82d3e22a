#include "noshare/base/sensitive.h"

#include <sodium.h>

namespace noshare {

Sensitive& Sensitive::operator=(const Sensitive& other) {
  if (this != &other) {
    std::string copy = other.text_;
    wipe();
    text_.swap(copy);
  }
  return *this;
}

Sensitive& Sensitive::operator=(Sensitive&& other) noexcept {
  if (this != &other) {
    wipe();
    text_ = std::move(other.text_);
    other.wipe();
  }
  return *this;
}

void Sensitive::wipe() noexcept {
  // A moved-from short string keeps its bytes in place: wipe the whole capacity.
  if (text_.capacity() > 0) sodium_memzero(text_.data(), text_.size());
  text_.clear();
}

}  // namespace noshare
