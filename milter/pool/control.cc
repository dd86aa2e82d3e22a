// The byte form of ControlMessage: numbers little-endian, texts behind their 32-bit
// length. One function names the fields for both directions, so that the two cannot
// disagree.
#include "noshare/pool/control.h"

#include <type_traits>

namespace noshare::pool {

namespace {

template <class Number>
void append_number(std::string& out, Number value) {
  auto rest =
      static_cast<std::uint64_t>(static_cast<std::make_unsigned_t<Number>>(value));
  for (std::size_t i = 0; i < sizeof value; ++i, rest >>= 8U) {
    out += static_cast<char>(rest & 0xFFU);
  }
}

template <class Number>
bool take_number(std::string_view& in, Number& value) {
  if (in.size() < sizeof value) return false;
  std::uint64_t result = 0;
  for (std::size_t i = 0; i < sizeof value; ++i) {
    result |= static_cast<std::uint64_t>(static_cast<unsigned char>(in[i])) << (8U * i);
  }
  in.remove_prefix(sizeof value);
  value = static_cast<Number>(result);
  return true;
}

bool take_text(std::string_view& in, std::string& value) {
  std::uint32_t size = 0;
  if (!take_number(in, size) || in.size() < size) return false;
  value = in.substr(0, size);
  in.remove_prefix(size);
  return true;
}

template <class Message, class Visit>
void for_each_field(Message& message, Visit visit) {
  visit(message.version);
  visit(message.worker);
  visit(message.pid);
  visit(message.wait_status);
  visit(message.memory_kib);
  visit(message.memory_bound_kib);
  visit(message.text);
  visit(message.snapshot);
  visit(message.pack_version);
  visit(message.sandbox);
}

}  // namespace

std::string encode(const ControlMessage& message) {
  std::string out(1, static_cast<char>(message.kind));
  for_each_field(message, [&](const auto& field) {
    if constexpr (std::is_integral_v<std::remove_cvref_t<decltype(field)>>) {
      append_number(out, field);
    } else {
      append_number(out, static_cast<std::uint32_t>(field.size()));
      out += field;
    }
  });
  return out;
}

Result<ControlMessage> decode_control_message(std::string_view bytes) {
  ControlMessage message;
  std::uint8_t kind = 0;
  bool good = take_number(bytes, kind) &&
              kind >= static_cast<std::uint8_t>(ControlKind::kStart) &&
              kind <= static_cast<std::uint8_t>(ControlKind::kExited);
  message.kind = static_cast<ControlKind>(kind);
  for_each_field(message, [&](auto& field) {
    if constexpr (std::is_integral_v<std::remove_cvref_t<decltype(field)>>) {
      good = good && take_number(bytes, field);
    } else {
      good = good && take_text(bytes, field);
    }
  });
  if (!good || !bytes.empty()) return fail(ErrorCode::kCorrupt, "not a control message");
  return message;
}

std::string numbered(std::uint64_t id, std::string_view payload) {
  std::string frame;
  frame.reserve(sizeof id + payload.size());
  append_number(frame, id);
  frame += payload;
  return frame;
}

Result<Numbered> split_number(std::string_view frame) {
  Numbered result;
  if (!take_number(frame, result.id)) {
    return fail(ErrorCode::kCorrupt, "a frame without a number");
  }
  result.payload = frame;
  return result;
}

}  // namespace noshare::pool
