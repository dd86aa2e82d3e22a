// File: magic, key, size and hash of the rest, then the plan's compiled part.
#include "detect/cache.h"

#include <array>

#include <fmt/format.h>

#include "noshare/base/files.h"
#include "noshare/base/log.h"

#include "detect/byte_stream.h"
#include "detect/hash.h"

namespace noshare::detect {
namespace {

constexpr std::array<char, 8> kMagic = {'n', 'o', 's', 'h', 'a', 'r', 'e', '1'};

// To be raised whenever automata or plans are laid out otherwise.
constexpr std::uint64_t kLayout = 3;

struct Header {
  std::array<char, 8> magic;
  std::uint64_t key;
  std::uint64_t size;
  std::uint64_t hash;
};

std::uint64_t hash_of(std::string_view bytes) {
  Hash64 hash;
  hash.add(bytes);
  return hash.value();
}

}  // namespace

DatabaseCache::DatabaseCache(const std::filesystem::path& folder, const Plan& plan) {
  if (folder.empty()) return;
  Hash64 hash;
  hash.add(kLayout);
  hash.add(std::string_view(NOSHARE_VERSION));
  hash.add(prefilter_platform());
  hash.add(plan.fingerprint());
  key_ = hash.value();
  file_ = folder / fmt::format("patterns-{:016x}.db", key_);
}

bool DatabaseCache::load(Plan& plan) const {
  if (file_.empty()) return false;
  const auto bytes = read_file(file_);
  if (!bytes) return false;
  ByteReader in(*bytes);
  Header header{};
  if (!in.value(header) || header.magic != kMagic || header.key != key_) return false;
  const std::string_view body = std::string_view(*bytes).substr(sizeof header);
  return header.size == body.size() && header.hash == hash_of(body) && plan.load(body);
}

void DatabaseCache::store(const Plan& plan) const {
  if (file_.empty()) return;
  const auto body = plan.serialised();
  if (!body) return;
  ByteWriter out;
  out.value(Header{kMagic, key_, body->size(), hash_of(*body)});
  std::error_code ignored;
  std::filesystem::create_directories(file_.parent_path(), ignored);
  const auto written = write_file_atomically(file_, out.take() + *body);
  if (!written) log::warning("cache_not_written", {{"reason", written.error().message}});
}

}  // namespace noshare::detect
