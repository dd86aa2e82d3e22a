// The one place that knows the byte layout. Each struct has one `fields` function that
// both the writer and the reader walk, so that the two cannot disagree.
#include "noshare/model/wire.h"

#include <bit>
#include <cstring>
#include <type_traits>

namespace noshare::model {

namespace {

// First byte of each frame: which struct follows, and the layout's version.
enum class Tag : std::uint8_t {
  kScanRequest = 0x11,
  kScanReport = 0x21,
  kRedactReport = 0x31
};

class Writer {
 public:
  static constexpr bool kReads = false;
  explicit Writer(std::string& out) : out_(out) {}

  template <class Number>
  void number(const Number& value) {
    std::make_unsigned_t<Number> rest = static_cast<std::make_unsigned_t<Number>>(value);
    for (std::size_t i = 0; i < sizeof value; ++i) {
      out_ += static_cast<char>(rest & 0xFFU);
      if constexpr (sizeof value > 1) rest >>= 8U;
    }
  }
  void text(const std::string& value) {
    number(static_cast<std::uint32_t>(value.size()));
    out_ += value;
  }
  void raw(const void* data, std::size_t size) {
    out_.append(static_cast<const char*>(data), size);
  }
  bool ok() const { return true; }

 private:
  std::string& out_;
};

class Reader {
 public:
  static constexpr bool kReads = true;
  explicit Reader(std::string_view in) : in_(in) {}

  template <class Number>
  void number(Number& value) {
    std::make_unsigned_t<Number> result = 0;
    if (!take(sizeof value)) return;
    for (std::size_t i = 0; i < sizeof value; ++i) {
      const auto byte = static_cast<unsigned char>(in_[i]);
      result = static_cast<decltype(result)>(
          result | (static_cast<decltype(result)>(byte) << (8U * i)));
    }
    in_.remove_prefix(sizeof value);
    value = static_cast<Number>(result);
  }
  void text(std::string& value) {
    std::uint32_t size = 0;
    number(size);
    if (!take(size)) return;
    value.assign(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  void raw(void* data, std::size_t size) {
    if (!take(size)) return;
    std::memcpy(data, in_.data(), size);
    in_.remove_prefix(size);
  }
  bool ok() const { return ok_; }
  bool done() const { return ok_ && in_.empty(); }
  void fail() { ok_ = false; }

 private:
  bool take(std::size_t size) {
    if (!ok_ || size > in_.size()) ok_ = false;
    return ok_;
  }
  std::string_view in_;
  bool ok_ = true;
};

template <class Io>
void field(Io& io, std::uint8_t& value) {
  io.number(value);
}
template <class Io>
void field(Io& io, std::uint32_t& value) {
  io.number(value);
}
template <class Io>
void field(Io& io, std::uint64_t& value) {
  io.number(value);
}
template <class Io>
void field(Io& io, std::string& value) {
  io.text(value);
}
template <class Io>
void field(Io& io, Fingerprint& value) {
  io.raw(value.bytes.data(), value.bytes.size());
}

template <class Io>
void field(Io& io, int& value) {
  io.number(value);
}

template <class Io>
void field(Io& io, bool& value) {
  auto byte = static_cast<std::uint8_t>(value);
  io.number(byte);
  if constexpr (Io::kReads) {
    if (byte > 1) io.fail();
    value = byte == 1;
  }
}

template <class Io>
void field(Io& io, double& value) {
  auto bits = std::bit_cast<std::uint64_t>(value);
  io.number(bits);
  if constexpr (Io::kReads) value = std::bit_cast<double>(bits);
}

// An enum of `count` values, numbered from 0.
template <class Io, class Enum>
void choice(Io& io, Enum& value, int count) {
  auto byte = static_cast<std::uint8_t>(value);
  io.number(byte);
  if constexpr (Io::kReads) {
    if (byte >= count)
      io.fail();
    else
      value = static_cast<Enum>(byte);
  }
}

template <class Io, class Item>
void list(Io& io, std::vector<Item>& items);

template <class Io>
void field(Io& io, MaskTarget& value) {
  field(io, value.part);
  field(io, value.path);
  choice(io, value.zone, kZoneCount);
  field(io, value.start);
  field(io, value.end);
}

template <class Io>
void field(Io& io, Finding& value) {
  field(io, value.entity);
  field(io, value.confidence);
  field(io, value.part);
  field(io, value.path);
  choice(io, value.zone, kZoneCount);
  field(io, value.start);
  field(io, value.end);
  field(io, value.masked);
  field(io, value.fingerprint);
  field(io, value.group_fingerprint);
  field(io, value.subject_fingerprint);
  field(io, value.group_size);
  field(io, value.quoted);
  field(io, value.in_signature);
  list(io, value.why);
  if constexpr (Io::kReads) {
    if (value.confidence < 0 || value.confidence > 100 || value.end < value.start)
      io.fail();
  }
}

template <class Io>
void field(Io& io, Unreadable& value) {
  field(io, value.part);
  field(io, value.path);
  choice(io, value.reason, kUnreadableReasonCount);
  field(io, value.detail);
}

template <class Io>
void field(Io& io, HeaderEdit& value) {
  field(io, value.name);
  field(io, value.index);
  field(io, value.value);
}

template <class Io, class Item>
void list(Io& io, std::vector<Item>& items) {
  auto count = static_cast<std::uint32_t>(items.size());
  field(io, count);
  if constexpr (Io::kReads) {
    // Items are made one by one: a false count runs out of bytes before it costs memory.
    for (std::uint32_t i = 0; i < count && io.ok(); ++i) field(io, items.emplace_back());
  } else {
    for (Item& item : items) field(io, item);
  }
}

template <class Io>
void entities(Io& io, std::map<std::string, EntityInfo>& map) {
  auto count = static_cast<std::uint32_t>(map.size());
  field(io, count);
  if constexpr (Io::kReads) {
    for (std::uint32_t i = 0; i < count && io.ok(); ++i) {
      std::string id;
      EntityInfo info;
      field(io, id);
      field(io, info.title);
      list(io, info.categories);
      list(io, info.umbrellas);
      if (io.ok() && !map.emplace(std::move(id), std::move(info)).second) io.fail();
    }
  } else {
    for (auto& [id, info] : map) {
      std::string key = id;
      field(io, key);
      field(io, info.title);
      list(io, info.categories);
      list(io, info.umbrellas);
    }
  }
}

template <class Io>
void fields(Io& io, ScanRequest& value) {
  choice(io, value.kind, 2);
  field(io, value.id);
  field(io, value.time_ms);
  list(io, value.targets);
}

template <class Io>
void fields(Io& io, ScanReport& value) {
  field(io, value.bytes);
  field(io, value.text_bytes);
  field(io, value.ms);
  field(io, value.encrypted);
  field(io, value.is_signed);
  field(io, value.message_id);
  field(io, value.message_fingerprint);
  field(io, value.snapshot);
  list(io, value.findings);
  field(io, value.findings_dropped);
  list(io, value.unreadable);
  list(io, value.participants);
  list(io, value.authors);
  entities(io, value.entities);
  list(io, value.attachments);
  list(io, value.header_tests);
  list(io, value.tags);
}

template <class Io>
void fields(Io& io, RedactReport& value) {
  field(io, value.possible);
  field(io, value.reason);
  field(io, value.masked);
  field(io, value.body_changed);
  list(io, value.headers);
}

template <class Value>
std::string encode_as(Tag tag, const Value& value) {
  std::string bytes;
  Writer writer(bytes);
  writer.number(static_cast<std::uint8_t>(tag));
  // The writer changes nothing; `fields` takes a reference for the reader's sake.
  fields(writer, const_cast<Value&>(value));
  return bytes;
}

template <class Value>
Result<Value> decode_as(Tag tag, const char* what, std::string_view bytes) {
  Reader reader(bytes);
  std::uint8_t first = 0;
  reader.number(first);
  Value value;
  if (reader.ok() && first == static_cast<std::uint8_t>(tag)) {
    fields(reader, value);
    if (reader.done()) return value;
  }
  return fail(ErrorCode::kCorrupt, std::string("not a ") + what + " (" +
                                       std::to_string(bytes.size()) + " bytes)");
}

}  // namespace

std::string encode(const ScanRequest& request) {
  return encode_as(Tag::kScanRequest, request);
}
std::string encode(const ScanReport& report) {
  return encode_as(Tag::kScanReport, report);
}
std::string encode(const RedactReport& report) {
  return encode_as(Tag::kRedactReport, report);
}

Result<ScanRequest> decode_scan_request(std::string_view bytes) {
  return decode_as<ScanRequest>(Tag::kScanRequest, "scan request", bytes);
}
Result<ScanReport> decode_scan_report(std::string_view bytes) {
  return decode_as<ScanReport>(Tag::kScanReport, "scan report", bytes);
}
Result<RedactReport> decode_redact_report(std::string_view bytes) {
  return decode_as<RedactReport>(Tag::kRedactReport, "redact report", bytes);
}

}  // namespace noshare::model
