#include "convert/pdf/png.h"

#include <cstdint>
#include <string_view>

#include <zlib.h>

namespace noshare::convert {

namespace {

void put32(std::string& out, std::uint32_t value) {
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    out += static_cast<char>((value >> (shift - 8)) & 0xFFU);
  }
}

void put_chunk(std::string& out, std::string_view type, std::string_view data) {
  put32(out, static_cast<std::uint32_t>(data.size()));
  std::string checked(type);
  checked += data;
  out += checked;
  put32(out, static_cast<std::uint32_t>(::crc32_z(
                 0, reinterpret_cast<const Bytef*>(checked.data()), checked.size())));
}

std::string packed(const std::string& rows) {
  uLongf size = ::compressBound(rows.size());
  std::string out(size, '\0');
  const int done =
      ::compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                  reinterpret_cast<const Bytef*>(rows.data()), rows.size(), Z_BEST_SPEED);
  out.resize(done == Z_OK ? size : 0);
  return out;
}

}  // namespace

std::string png_of(const char* pixels, int width, int height, std::size_t row_bytes) {
  std::string rows;
  for (int y = 0; y < height; ++y) {
    rows += '\0';  // no filter
    rows.append(pixels + static_cast<std::size_t>(y) * row_bytes,
                static_cast<std::size_t>(width));
  }
  const std::string data = packed(rows);
  if (data.empty()) return "";
  std::string header;
  put32(header, static_cast<std::uint32_t>(width));
  put32(header, static_cast<std::uint32_t>(height));
  header += std::string("\x08\0\0\0\0", 5);  // eight bits, grey
  std::string png = "\x89PNG\r\n\x1A\n";
  put_chunk(png, "IHDR", header);
  put_chunk(png, "IDAT", data);
  put_chunk(png, "IEND", "");
  return png;
}

}  // namespace noshare::convert
