// Plain values written to and read from a byte string, for the cache of compiled
// databases. Same machine, same program version: no byte order, but every length is
// checked.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace noshare::detect {

class ByteWriter {
 public:
  template <class Plain>
  void value(const Plain& plain) {
    static_assert(std::is_trivially_copyable_v<Plain>);
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof plain);
    std::memcpy(bytes_.data() + at, &plain, sizeof plain);
  }
  template <class Plain>
  void list(const std::vector<Plain>& items) {
    static_assert(std::is_trivially_copyable_v<Plain>);
    text({reinterpret_cast<const char*>(items.data()), items.size() * sizeof(Plain)});
  }
  void text(std::string_view bytes) {
    value(std::uint64_t{bytes.size()});
    bytes_.append(bytes);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  template <class Plain>
  bool value(Plain& plain) {
    static_assert(std::is_trivially_copyable_v<Plain>);
    if (rest_.size() < sizeof plain) return false;
    std::memcpy(&plain, rest_.data(), sizeof plain);
    rest_.remove_prefix(sizeof plain);
    return true;
  }
  template <class Plain>
  bool list(std::vector<Plain>& items) {
    std::string_view bytes;
    if (!text(bytes) || bytes.size() % sizeof(Plain) != 0) return false;
    items.resize(bytes.size() / sizeof(Plain));
    if (!bytes.empty()) std::memcpy(items.data(), bytes.data(), bytes.size());
    return true;
  }
  bool text(std::string_view& bytes) {
    std::uint64_t size = 0;
    if (!value(size) || size > rest_.size()) return false;
    bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return true;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace noshare::detect
