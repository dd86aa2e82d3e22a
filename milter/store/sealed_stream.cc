#include "sealed_stream.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <sodium.h>

#include "bytes.h"

namespace noshare::store {

namespace {

constexpr std::string_view kMagic = "NSVAULT1";
constexpr std::size_t kChunkBytes = 64 * 1024;
constexpr std::size_t kIdBytes = 16;
constexpr std::size_t kSealedKeyBytes =
    crypto_box_SEALBYTES + crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t kStreamHeaderBytes =
    crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t kTagBytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t kSumBytes = crypto_generichash_BYTES;
constexpr std::uint32_t kMostOfficers = 1000;
// The first chunk is the envelope, and an envelope may name many recipients.
constexpr std::uint32_t kMostChunkBytes = 64U << 20U;

std::string number(std::uint32_t value) {
  std::string bytes;
  for (int shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(value >> shift);
  return bytes;
}

tl::unexpected<Error> damaged(const char* what) {
  return fail(ErrorCode::kCorrupt, std::string("the sealed message is damaged: ") + what);
}

// Everything that is written also goes into the sum.
class Writer {
 public:
  explicit Writer(const Sink& sink) : sink_(sink) {
    crypto_generichash_init(&sum_, nullptr, 0, kSumBytes);
  }
  Result<void> write(std::string_view bytes) {
    crypto_generichash_update(&sum_, as_bytes(bytes), bytes.size());
    return sink_(bytes);
  }
  Result<void> finish() {
    std::string sum(kSumBytes, '\0');
    crypto_generichash_final(&sum_, as_bytes(sum), sum.size());
    return sink_(sum);
  }

 private:
  const Sink& sink_;
  crypto_generichash_state sum_{};
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  Result<std::string_view> take(std::size_t count) {
    if (bytes_.size() - at_ < count) return damaged("it ends too soon");
    at_ += count;
    return bytes_.substr(at_ - count, count);
  }
  Result<std::uint32_t> take_number(std::uint32_t most) {
    NOSHARE_TRY(const std::string_view bytes, take(4));
    std::uint32_t value = 0;
    for (std::size_t i = 4; i-- > 0;) {
      value = value << 8U | static_cast<unsigned char>(bytes[i]);
    }
    if (value > most) return damaged("a size in it is impossible");
    return value;
  }
  std::string_view taken() const { return bytes_.substr(0, at_); }
  bool at_end() const { return at_ == bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

std::string header_for(const std::vector<OfficerPublicKey>& officers,
                       const std::string& content_key, std::string_view stream_header) {
  std::string header(kMagic);
  header += number(static_cast<std::uint32_t>(officers.size()));
  for (const OfficerPublicKey& officer : officers) {
    std::string sealed(kSealedKeyBytes, '\0');
    crypto_box_seal(as_bytes(sealed), as_bytes(content_key), content_key.size(),
                    officer.key.data());
    header += officer.id() + sealed;
  }
  header += stream_header;
  return header;
}

using Stream = crypto_secretstream_xchacha20poly1305_state;

Result<void> push(Stream& stream, std::string_view plain, std::string_view bound,
                  bool last, Writer& writer) {
  std::string sealed(plain.size() + kTagBytes, '\0');
  crypto_secretstream_xchacha20poly1305_push(
      &stream, as_bytes(sealed), nullptr, as_bytes(plain), plain.size(), as_bytes(bound),
      bound.size(),
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  NOSHARE_CHECK(writer.write(number(static_cast<std::uint32_t>(sealed.size()))));
  return writer.write(sealed);
}

// The content key, from the entry that was sealed for `key`.
Result<Sensitive> content_key(Reader& reader, const OfficerKey& key) {
  NOSHARE_TRY(const std::string_view magic, reader.take(kMagic.size()));
  if (magic != kMagic) return damaged("it does not begin as one");
  NOSHARE_TRY(const std::uint32_t count, reader.take_number(kMostOfficers));
  const std::string id = key.public_key().id();
  std::string_view mine;
  for (std::uint32_t i = 0; i < count; ++i) {
    NOSHARE_TRY(const std::string_view entry, reader.take(kIdBytes + kSealedKeyBytes));
    if (entry.substr(0, kIdBytes) == id) mine = entry.substr(kIdBytes);
  }
  if (mine.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "the message was not sealed for the key of " + key.public_key().name);
  }
  std::string opened(crypto_secretstream_xchacha20poly1305_KEYBYTES, '\0');
  if (crypto_box_seal_open(as_bytes(opened), as_bytes(mine), mine.size(),
                           key.public_key().key.data(), as_bytes(key.secret())) != 0) {
    return damaged("its key does not open");
  }
  return Sensitive(std::move(opened));
}

// One chunk in the clear; `last` tells whether it was the stream's last.
Result<std::string> pull(Stream& stream, Reader& reader, std::string_view bound,
                         bool& last) {
  NOSHARE_TRY(const std::uint32_t size, reader.take_number(kMostChunkBytes));
  if (size < kTagBytes) return damaged("a size in it is impossible");
  NOSHARE_TRY(const std::string_view sealed, reader.take(size));
  std::string plain(size - kTagBytes, '\0');
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(&stream, as_bytes(plain), nullptr, &tag,
                                                 as_bytes(sealed), sealed.size(),
                                                 as_bytes(bound), bound.size()) != 0) {
    return damaged("a chunk was changed");
  }
  last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  return plain;
}

}  // namespace

Result<void> seal(const std::vector<OfficerPublicKey>& officers, std::string_view first,
                  std::string_view rest, const Sink& sink) {
  NOSHARE_CHECK(start_sodium());
  if (officers.empty()) {
    return fail(ErrorCode::kUnavailable,
                "no officer has a key in the vault, so nothing can be sealed");
  }
  std::string key(crypto_secretstream_xchacha20poly1305_KEYBYTES, '\0');
  crypto_secretstream_xchacha20poly1305_keygen(as_bytes(key));
  std::string stream_header(kStreamHeaderBytes, '\0');
  Stream stream;
  crypto_secretstream_xchacha20poly1305_init_push(&stream, as_bytes(stream_header),
                                                  as_bytes(key));
  const std::string header = header_for(officers, key, stream_header);
  sodium_memzero(key.data(), key.size());
  Writer writer(sink);
  NOSHARE_CHECK(writer.write(header));
  NOSHARE_CHECK(push(stream, first, header, false, writer));
  do {
    const std::string_view chunk = rest.substr(0, kChunkBytes);
    rest.remove_prefix(chunk.size());
    NOSHARE_CHECK(push(stream, chunk, {}, rest.empty(), writer));
  } while (!rest.empty());
  sodium_memzero(&stream, sizeof stream);
  return writer.finish();
}

Result<void> unseal(std::string_view sealed, const OfficerKey& key, const Sink& first,
                    const Sink& rest) {
  NOSHARE_CHECK(check_sum(sealed));
  Reader reader(sealed.substr(0, sealed.size() - kSumBytes));
  NOSHARE_TRY(const Sensitive opened, content_key(reader, key));
  NOSHARE_TRY(const std::string_view stream_header, reader.take(kStreamHeaderBytes));
  Stream stream;
  if (crypto_secretstream_xchacha20poly1305_init_pull(&stream, as_bytes(stream_header),
                                                      as_bytes(opened.reveal())) != 0) {
    return damaged("its stream does not begin");
  }
  bool last = false;
  NOSHARE_TRY(std::string plain, pull(stream, reader, reader.taken(), last));
  NOSHARE_CHECK(first(plain));
  while (!last) {
    NOSHARE_TRY(plain, pull(stream, reader, {}, last));
    NOSHARE_CHECK(rest(plain));
  }
  sodium_memzero(&stream, sizeof stream);
  if (!reader.at_end()) return damaged("something follows its end");
  return {};
}

Result<void> check_sum(std::string_view sealed) {
  NOSHARE_CHECK(start_sodium());
  if (sealed.size() < kMagic.size() + kSumBytes || !sealed.starts_with(kMagic)) {
    return damaged("it does not begin as one");
  }
  const std::string_view body = sealed.substr(0, sealed.size() - kSumBytes);
  std::string sum(kSumBytes, '\0');
  crypto_generichash(as_bytes(sum), sum.size(), as_bytes(body), body.size(), nullptr, 0);
  if (sum != sealed.substr(body.size())) return damaged("its sum is another");
  return {};
}

}  // namespace noshare::store
