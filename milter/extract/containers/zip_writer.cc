// Deflate and checksum by zlib. See zip_writer.h.
#include "extract/containers/zip_writer.h"

#include <cstdint>
#include <limits>
#include <utility>

#include <zlib.h>

#include "extract/containers/little_endian.h"

namespace noshare::extract {
namespace {

constexpr std::uint64_t kNeeded = 20;            // version 2.0: folders, deflate
constexpr std::uint64_t kUtf8 = 1U << 11U;       // names are UTF-8
constexpr std::uint64_t kDay = (1U << 5U) | 1U;  // 1 January 1980: no time is told
constexpr std::size_t kMost32 = std::numeric_limits<std::int32_t>::max();

// Deflated without a header (RFC 1951); "" if that failed.
std::string deflated(std::string_view content) {
  z_stream stream{};
  if (content.size() > kMost32 ||
      deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, 8,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return "";
  }
  std::string packed(deflateBound(&stream, static_cast<uLong>(content.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const bool whole = deflate(&stream, Z_FINISH) == Z_STREAM_END;
  packed.resize(whole ? stream.total_out : 0);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

bool ZipWriter::copy(const ZipMember& member, std::size_t most_bytes) {
  const Unpacked content = unpack(member, most_bytes);
  if (content.state != UnpackState::kWhole) return false;
  write(member.name, member.method, member.packed, content.bytes);
  return true;
}

bool ZipWriter::add(std::string_view name, std::string_view content) {
  const std::string packed = deflated(content);
  if (packed.empty()) return false;
  write(name, ZipMethod::kDeflated, packed, content);
  return true;
}

void ZipWriter::write(std::string_view name, ZipMethod method, std::string_view packed,
                      std::string_view content) {
  const auto checksum =
      crc32_z(0, reinterpret_cast<const Bytef*>(content.data()), content.size());
  std::string fields;  // that both records share
  append_little_endian(fields, kNeeded, 2);
  append_little_endian(fields, kUtf8, 2);
  append_little_endian(fields, static_cast<std::uint64_t>(method), 2);
  append_little_endian(fields, 0, 2);
  append_little_endian(fields, kDay, 2);
  append_little_endian(fields, checksum, 4);
  append_little_endian(fields, packed.size(), 4);
  append_little_endian(fields, content.size(), 4);
  append_little_endian(fields, name.size(), 2);
  append_little_endian(fields, 0, 2);  // extra field

  directory_ += "PK\x01\x02";
  append_little_endian(directory_, kNeeded, 2);
  directory_ += fields;
  directory_.append(10, '\0');  // no comment, first disk, no attributes
  append_little_endian(directory_, file_.size(), 4);
  directory_ += name;

  file_ += "PK\x03\x04";
  file_.append(fields).append(name).append(packed);
  ++members_;
}

std::string ZipWriter::finish() {
  constexpr std::size_t kMostMembers = 0xFFFF;
  if (members_ > kMostMembers || file_.size() + directory_.size() > kMost32) return "";
  const std::size_t begin = file_.size();
  file_ += directory_;
  file_ += "PK\x05\x06";
  append_little_endian(file_, 0, 4);  // one disk
  append_little_endian(file_, members_, 2);
  append_little_endian(file_, members_, 2);
  append_little_endian(file_, directory_.size(), 4);
  append_little_endian(file_, begin, 4);
  append_little_endian(file_, 0, 2);  // no comment
  directory_.clear();
  members_ = 0;
  return std::exchange(file_, {});
}

}  // namespace noshare::extract
