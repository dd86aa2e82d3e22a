#include "extract/office/biff.h"

#include <algorithm>

#include "extract/containers/little_endian.h"
#include "extract/office/parts.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kHeader = 4;
constexpr std::uint16_t kContinue = 0x003C;

}  // namespace

std::optional<BiffRecord> BiffReader::next() {
  if (stream_.size() - at_ < kHeader) return std::nullopt;
  BiffRecord record;
  record.type = u16_at(stream_, at_);
  record.at = at_;
  const std::size_t size = u16_at(stream_, at_ + 2);
  record.data = stream_.substr(at_ + kHeader, size);
  cut_ = cut_ || record.data.size() < size;
  at_ += kHeader + record.data.size();
  return record;
}

std::optional<std::string_view> BiffReader::next_continuation() {
  if (stream_.size() - at_ < kHeader || u16_at(stream_, at_) != kContinue) {
    return std::nullopt;
  }
  return next()->data;
}

bool BiffText::refill() {
  while (data_.empty()) {
    const auto more = reader_.next_continuation();
    if (!more) return false;
    data_ = *more;
  }
  return true;
}

bool BiffText::skip(std::size_t count) {
  while (count > 0) {
    if (!refill()) return false;
    const std::size_t some = std::min(count, data_.size());
    data_.remove_prefix(some);
    count -= some;
  }
  return true;
}

std::optional<std::uint8_t> BiffText::byte() {
  if (!refill()) return std::nullopt;
  const auto value = static_cast<std::uint8_t>(data_.front());
  data_.remove_prefix(1);
  return value;
}

std::optional<std::uint16_t> BiffText::number16() {
  const auto low = byte();
  const auto high = byte();
  if (!low || !high) return std::nullopt;
  return static_cast<std::uint16_t>(*low | *high << 8U);
}

std::optional<std::uint32_t> BiffText::number32() {
  const auto low = number16();
  const auto high = number16();
  if (!low || !high) return std::nullopt;
  return *low | static_cast<std::uint32_t>(*high) << 16U;
}

std::string BiffText::characters(std::size_t count, bool wide) {
  std::string text;
  while (count > 0) {
    if (data_.empty()) {
      // The record broke off inside the text: its continuation says how it goes on.
      const auto flags = byte();
      if (!flags) break;
      wide = (*flags & 1U) != 0;
      continue;
    }
    const std::size_t width = wide ? 2 : 1;
    const std::size_t some = std::min(count, data_.size() / width);
    const std::string_view bytes = data_.substr(0, some * width);
    text += wide ? from_utf16(bytes) : from_code_page(bytes, 1252);
    data_ = some == 0 ? std::string_view() : data_.substr(bytes.size());
    count -= some;
  }
  return text;
}

std::string BiffText::rich_text(std::size_t count) {
  constexpr std::uint8_t kWide = 1;
  constexpr std::uint8_t kExtended = 4;
  constexpr std::uint8_t kRich = 8;
  const auto flags = byte();
  if (!flags) return "";
  std::size_t behind = 0;
  if ((*flags & kRich) != 0) behind += std::size_t{4} * number16().value_or(0);
  if ((*flags & kExtended) != 0) behind += number32().value_or(0);
  std::string text = characters(count, (*flags & kWide) != 0);
  skip(behind);
  return text;
}

}  // namespace noshare::extract
