// Runs zlib over a deflated stream. See inflate.h.
#include "extract/containers/inflate.h"

#include <algorithm>
#include <limits>
#include <vector>

#include <zlib.h>

namespace noshare::extract {
namespace {

constexpr std::size_t kStep = 256U << 10U;

// Owns a stream in raw mode.
class Inflater {
 public:
  explicit Inflater(std::string_view packed) : packed_(packed) {
    ready_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK;
  }
  ~Inflater() {
    if (ready_) inflateEnd(&stream_);
  }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // Unpacks into [out, out + size); returns how much of it was filled.
  std::size_t fill(char* out, std::size_t size) {
    if (!ready_) return 0;
    stream_.next_out = reinterpret_cast<Bytef*>(out);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out > 0 && !ended_ && !broken_) {
      feed();
      const int answer = ::inflate(&stream_, Z_NO_FLUSH);
      ended_ = answer == Z_STREAM_END;
      broken_ = !ended_ && answer != Z_OK;
    }
    return size - stream_.avail_out;
  }

  bool ended() const { return ended_; }
  bool going() const { return ready_ && !ended_ && !broken_; }
  std::size_t taken() const { return fed_ - stream_.avail_in; }

 private:
  void feed() {
    if (stream_.avail_in > 0) return;
    const std::size_t size = std::min<std::size_t>(packed_.size() - fed_, 1U << 30U);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data() + fed_));
    stream_.avail_in = static_cast<uInt>(size);
    fed_ += size;
  }

  std::string_view packed_;
  z_stream stream_{};
  std::size_t fed_ = 0;
  bool ready_ = false;
  bool ended_ = false;
  bool broken_ = false;
};

}  // namespace

Unpacked inflate(std::string_view packed, std::size_t most_bytes) {
  Unpacked result;
  Inflater inflater(packed);
  while (inflater.going() && result.bytes.size() < most_bytes) {
    const std::size_t before = result.bytes.size();
    const std::size_t step =
        std::min(std::max(kStep, before), most_bytes - before);  // doubles each time
    result.bytes.resize(before + step);
    result.bytes.resize(before + inflater.fill(result.bytes.data() + before, step));
  }
  char more = 0;
  if (inflater.going() && inflater.fill(&more, 1) > 0) {
    result.state = UnpackState::kTooLarge;
  } else if (!inflater.ended()) {
    result.state = UnpackState::kCorrupt;
  }
  return result;
}

std::size_t inflated_from(std::string_view bytes, std::size_t& most_bytes) {
  Inflater inflater(bytes);
  std::vector<char> buffer(kStep);
  while (inflater.going() && most_bytes > 0) {
    most_bytes -= inflater.fill(buffer.data(), std::min(buffer.size(), most_bytes));
  }
  return inflater.ended() ? inflater.taken() : bytes.size();
}

}  // namespace noshare::extract
