// Records of a workbook, and the texts in them ([MS-XLS], section 2.1.4; BIFF5 alike).
//
// In:  a workbook's stream, hostile     Out: records; texts that go on over several
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noshare::extract {

struct BiffRecord {
  std::uint16_t type = 0;
  std::string_view data;
  std::size_t at = 0;  // where it stands in the stream
};

class BiffReader {
 public:
  explicit BiffReader(std::string_view stream) : stream_(stream) {}

  std::optional<BiffRecord> next();
  // The record after the last one, if it continues that; it is then read.
  std::optional<std::string_view> next_continuation();
  bool cut() const { return cut_; }  // the stream ended inside a record

 private:
  std::string_view stream_;
  std::size_t at_ = 0;
  bool cut_ = false;
};

// Characters that may go on in continuations, each of which says anew how wide they are.
class BiffText {
 public:
  BiffText(std::string_view data, BiffReader& reader) : data_(data), reader_(reader) {}

  bool skip(std::size_t count);  // false at the end
  std::optional<std::uint8_t> byte();
  std::optional<std::uint16_t> number16();
  std::optional<std::uint32_t> number32();
  // Characters of the width that `wide` says, up to the end if there are fewer. At the
  // end of a record the next one begins with a byte of flags.
  std::string characters(std::size_t count, bool wide);
  // XLUnicodeRichExtendedString (section 2.5.293), behind its 16-bit count.
  std::string rich_text(std::size_t count);

 private:
  bool refill();  // to the next continuation
  std::string_view data_;
  BiffReader& reader_;
};

}  // namespace noshare::extract
