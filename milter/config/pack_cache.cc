// File: one line that says what it was made of, then the fields of all patterns in the
// order of pack.h. fields() names them once, for saving and for loading: a field that is
// added to a struct and not there does not compile.
#include "noshare/config/pack_cache.h"

#include <cstring>
#include <type_traits>

#include "noshare/base/files.h"
#include "noshare/base/log.h"

#include "config/content_version.h"
#include "config/pack_files.h"

namespace noshare::config {
namespace {

// To be raised whenever the same YAML is read otherwise.
constexpr int kLayout = 2;

class Saver {
 public:
  static constexpr bool kSaves = true;
  template <class Plain>
  void plain(Plain& value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string& value) {
    std::uint64_t size = value.size();
    plain(size);
    bytes_ += value;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads nothing behind the end: what is missing is empty, and ok() then is false.
class Loader {
 public:
  static constexpr bool kSaves = false;
  explicit Loader(std::string_view bytes) : rest_(bytes) {}

  template <class Plain>
  void plain(Plain& value) {
    const std::string_view bytes = taken(sizeof value);
    if (ok_) std::memcpy(&value, bytes.data(), sizeof value);
  }
  void text(std::string& value) {
    std::uint64_t size = 0;
    plain(size);
    value = taken(size);
  }
  // An item takes a byte at least.
  std::uint64_t at_most_left(std::uint64_t items) {
    ok_ = ok_ && items <= rest_.size();
    return ok_ ? items : 0;
  }
  bool ok() const { return ok_; }
  bool at_end() const { return ok_ && rest_.empty(); }

 private:
  std::string_view taken(std::uint64_t size) {
    ok_ = ok_ && size <= rest_.size();
    const std::string_view bytes = rest_.substr(0, ok_ ? size : 0);
    rest_.remove_prefix(bytes.size());
    return bytes;
  }

  std::string_view rest_;
  bool ok_ = true;
};

template <class Archive, class... Fields>
void pass(Archive& archive, Fields&... values);

template <class Archive>
void fields(Archive& archive, Expression& of) {
  auto& [regex, ignore_case, confidence, checked, line, value] = of;
  pass(archive, regex, ignore_case, confidence, checked, line, value);
}

template <class Archive>
void fields(Archive& archive, CheckSpec& of) {
  auto& [name, parameters, line] = of;
  pass(archive, name, parameters, line);
}

template <class Archive>
void fields(Archive& archive, Context& of) {
  auto& [words, within_chars, before, after, label, points] = of;
  pass(archive, words, within_chars, before, after, label, points);
}

template <class Archive>
void fields(Archive& archive, Confidence& of) {
  auto& [matched, checked, without_context, failed] = of;
  pass(archive, matched, checked, without_context, failed);
}

template <class Archive>
void fields(Archive& archive, Exclusion& of) {
  auto& [values, patterns] = of;
  pass(archive, values, patterns);
}

template <class Archive>
void fields(Archive& archive, Example& of) {
  auto& [text, value, because, least_confidence, zone, line] = of;
  pass(archive, text, value, because, least_confidence, zone, line);
}

template <class Archive>
void fields(Archive& archive, Pattern& of) {
  auto& [id, title, about, source, country, categories, recognizer, match, includes,
         umbrellas, edges, normalise, check, exclude, near, not_near, confidence,
         zone_points, rank, enabled, misses, found, not_found, file, line] = of;
  pass(archive, id, title, about, source, country, categories, recognizer, match);
  pass(archive, includes, umbrellas, edges, normalise, check, exclude, near, not_near);
  pass(archive, confidence, zone_points, rank, enabled, misses, found, not_found);
  pass(archive, file, line);
}

template <class Archive>
void fields(Archive& archive, PackSet& of) {
  auto& [patterns, version] = of;
  pass(archive, patterns, version);
}

template <class Archive, class Item>
void pass_one(Archive& archive, std::vector<Item>& items) {
  std::uint64_t count = items.size();
  archive.plain(count);
  if constexpr (!Archive::kSaves) items.resize(archive.at_most_left(count));
  for (Item& item : items) pass(archive, item);
}

template <class Archive>
void pass_one(Archive& archive, std::string& text) {
  archive.text(text);
}

template <class Archive>
void pass_one(Archive& archive, std::filesystem::path& path) {
  std::string text = path.string();
  archive.text(text);
  if constexpr (!Archive::kSaves) path = text;
}

template <class Archive>
void pass_one(Archive& archive, Json& json) {
  std::string text;
  if constexpr (Archive::kSaves) Json::to_cbor(json, text);
  archive.text(text);
  if constexpr (!Archive::kSaves) json = Json::from_cbor(text, true, false);
}

template <class Archive, class Other>
void pass_one(Archive& archive, Other& value) {
  constexpr bool kNumbers = std::is_same_v<Other, decltype(Pattern::zone_points)>;
  if constexpr (std::is_arithmetic_v<Other> || std::is_enum_v<Other> || kNumbers) {
    archive.plain(value);
  } else {
    fields(archive, value);
  }
}

template <class Archive, class... Fields>
void pass(Archive& archive, Fields&... values) {
  (pass_one(archive, values), ...);
}

// What a parsed set depends on: the texts, their names, and who read them.
std::string key_of(const PackFiles& read) {
  std::string key =
      "noshare packs " NOSHARE_VERSION " " + std::to_string(kLayout) + ' ' + read.version;
  for (const PackFiles::File& file : read.files) key += '\0' + file.path.string();
  return content_version(key);
}

bool load(const std::filesystem::path& file, const std::string& key, PackSet& set) {
  const auto bytes = read_file(file);
  if (!bytes) return false;
  const std::size_t line = bytes->find('\n');
  if (line == std::string::npos) return false;
  const std::string_view body = std::string_view(*bytes).substr(line + 1);
  if (bytes->substr(0, line) != key + ' ' + content_version(body)) return false;
  Loader loader(body);
  pass(loader, set);
  return loader.at_end();
}

// Failing to write is no reason to stop: the next start parses again.
void save(const std::filesystem::path& file, const std::string& key, PackSet& set) {
  Saver saver;
  pass(saver, set);
  const std::string body = saver.take();
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path(), ignored);
  const auto written =
      write_file_atomically(file, key + ' ' + content_version(body) + '\n' + body);
  if (!written) log::warning("cache_not_written", {{"reason", written.error().message}});
}

}  // namespace

Result<PackSet> load_packs_cached(const std::vector<std::filesystem::path>& folders,
                                  const std::filesystem::path& cache) {
  if (cache.empty()) return load_packs(folders);
  NOSHARE_TRY(const PackFiles read, read_pack_files(folders));
  const std::string key = key_of(read);
  const std::filesystem::path file = cache / ("packs-" + key + ".db");
  PackSet kept;
  if (load(file, key, kept)) return kept;
  NOSHARE_TRY(PackSet set, parse_pack_files(read));
  save(file, key, set);
  return set;
}

}  // namespace noshare::config
