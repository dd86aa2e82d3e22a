// Zip files for tests, made record by record, so that each can be wrong on its own.
//
// In:  names, data and what the headers shall claim     Out: bytes
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace noshare::extract {

inline std::string little_endian(std::uint64_t value, std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(value >> 8 * i);
  return bytes;
}

// What one header says of a member.
struct ZipHeader {
  std::string name;
  std::string data;  // packed
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint64_t size = 0;  // unpacked; the packed size where it is 0
};

class ZipBuilder {
 public:
  // Bytes that belong to no record.
  void raw(std::string_view bytes) { out_ += bytes; }

  // A local header with its data; returns its offset.
  std::size_t local(const ZipHeader& h) {
    const std::size_t at = out_.size();
    out_ += std::string("PK\x03\x04") + little_endian(20, 2) + fields(h) +
            little_endian(h.name.size(), 2) + little_endian(0, 2) + h.name + h.data;
    return at;
  }
  // A record of the directory; it becomes part of the file with end().
  void central(const ZipHeader& h, std::size_t offset) {
    ++count_;
    directory_ += std::string("PK\x01\x02") + little_endian(20, 2) +
                  little_endian(20, 2) + fields(h) + little_endian(h.name.size(), 2) +
                  std::string(12, '\0') + little_endian(offset, 4) + h.name;
  }
  // Both, in agreement.
  void member(const ZipHeader& h) { central(h, local(h)); }

  // `shift` is taken from the directory's offset, as in an archive that something was put
  // before.
  void end(std::string_view comment = "", std::size_t shift = 0) {
    const std::size_t at = out_.size();
    out_ += directory_ + std::string("PK\x05\x06") + std::string(4, '\0') +
            little_endian(count_, 2) + little_endian(count_, 2) +
            little_endian(directory_.size(), 4) + little_endian(at - shift, 4) +
            little_endian(comment.size(), 2) + std::string(comment);
    directory_.clear();
    count_ = 0;
  }

  const std::string& bytes() const { return out_; }

 private:
  static std::string fields(const ZipHeader& h) {
    return little_endian(h.flags, 2) + little_endian(h.method, 2) + std::string(8, '\0') +
           little_endian(h.data.size(), 4) +
           little_endian(h.size == 0 ? h.data.size() : h.size, 4);
  }

  std::string out_;
  std::string directory_;
  std::size_t count_ = 0;
};

}  // namespace noshare::extract
