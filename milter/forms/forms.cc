// Forms: see noshare/forms/forms.h. The file is JSON:
//   {"version": 1, "key": "<fingerprint>", "forms": {"W-9": ["<16 hexadecimal digits>"]}}
#include "noshare/forms/forms.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "noshare/base/files.h"
#include "noshare/base/json.h"

namespace noshare::forms {

namespace {

constexpr int kVersion = 1;
constexpr std::size_t kLeastPrints = 4;  // of a document to learn: some twenty words
constexpr std::size_t kLeastShared = 6;  // of a match, or all that a short one has
constexpr std::size_t kPerCent = 100;

std::string hex_of(std::uint64_t hash) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[(hash >> shift) & 15U];
  return text;
}

bool read_hash(const Json& json, std::uint64_t& hash) {
  if (!json.is_string()) return false;
  const auto& text = json.get_ref<const std::string&>();
  const auto* end = text.data() + text.size();
  return text.size() == 16 && std::from_chars(text.data(), end, hash, 16).ptr == end;
}

}  // namespace

Forms::Forms(const FingerprintKey& key)
    : key_check_(key.of("forms", "key")), key_(ShortHashKey::derive(key, "forms")) {}

Forms Forms::none(const FingerprintKey& key) { return Forms(key); }

Result<Forms> Forms::open(const std::filesystem::path& file, const FingerprintKey& key) {
  const std::string name = file.string();
  NOSHARE_TRY(const std::string text, read_file(file));
  const auto json = parse_json(text);
  const auto damaged = [&] {
    return fail(ErrorCode::kCorrupt, name + ": not a file of known documents");
  };
  if (!json || !json->is_object()) return damaged();
  const auto version = json->find("version");
  const auto check = json->find("key");
  const auto list = json->find("forms");
  if (version == json->end() || *version != kVersion || check == json->end() ||
      list == json->end() || !list->is_object()) {
    return damaged();
  }
  Forms forms(key);
  if (*check != forms.key_check_.hex()) {
    return fail(ErrorCode::kInvalidInput,
                name + ": written with another fingerprint key; add the documents again");
  }
  for (const auto& [form, hashes] : list->items()) {
    if (!hashes.is_array()) return damaged();
    std::vector<std::uint64_t>& prints = forms.prints_[form];
    for (const Json& one : hashes) {
      std::uint64_t hash = 0;
      if (!read_hash(one, hash)) return damaged();
      prints.push_back(hash);
    }
  }
  forms.index();
  return forms;
}

Result<void> Forms::add(const std::string& name,
                        std::span<const model::Segment> segments) {
  std::vector<std::uint64_t> hashes;
  for (const Print& one : prints_of(segments, key_)) hashes.push_back(one.hash);
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  if (hashes.size() < kLeastPrints) {
    return fail(ErrorCode::kInvalidInput,
                "too few words to be recognised: expected twenty or more");
  }
  prints_[name] = std::move(hashes);
  index();
  return {};
}

bool Forms::remove(const std::string& name) {
  const bool gone = prints_.erase(name) > 0;
  index();
  return gone;
}

Result<void> Forms::save(const std::filesystem::path& file) const {
  Json list = Json::object();
  for (const auto& [name, hashes] : prints_) {
    Json& texts = list[name] = Json::array();
    for (const std::uint64_t hash : hashes) texts.push_back(hex_of(hash));
  }
  const Json json = {
      {"version", kVersion}, {"key", key_check_.hex()}, {"forms", std::move(list)}};
  return write_file_atomically(file, to_line(json) + "\n");
}

std::map<std::string, std::size_t> Forms::list() const {
  std::map<std::string, std::size_t> list;
  for (const auto& [name, hashes] : prints_) list[name] = hashes.size();
  return list;
}

void Forms::index() {
  forms_.clear();
  by_hash_.clear();
  for (const auto& [name, hashes] : prints_) {
    for (const std::uint64_t hash : hashes) {
      by_hash_[hash].push_back(static_cast<std::uint32_t>(forms_.size()));
    }
    forms_.emplace_back(name, hashes.size());
  }
}

// Segments of one part; `first` is the number of the first of them.
void Forms::match_part(std::span<const model::Segment> segments, std::uint32_t first,
                       std::vector<FormMatch>& matches) const {
  struct Shared {
    std::size_t count = 0;
    std::uint32_t segment = 0;
    model::Span span;
  };
  std::map<std::uint32_t, Shared> shared;  // by form
  std::unordered_set<std::uint64_t> seen;
  for (const Print& print : prints_of(segments, key_)) {
    const auto known = by_hash_.find(print.hash);
    if (known == by_hash_.end() || !seen.insert(print.hash).second) continue;
    for (const std::uint32_t form : known->second) {
      Shared& one = shared[form];
      if (one.count++ == 0) {
        one.segment = print.segment;
        one.span = print.span;
      } else if (print.segment == one.segment) {
        one.span.end = std::max(one.span.end, print.span.end);
      }
    }
  }
  for (const auto& [form, one] : shared) {
    const auto& [name, prints] = forms_[form];
    const auto similarity = static_cast<int>(one.count * kPerCent / prints);
    if (one.count < std::min(kLeastShared, prints) || similarity < 1) continue;
    matches.push_back({name, similarity, first + one.segment, one.span});
  }
}

std::vector<FormMatch> Forms::match(std::span<const model::Segment> segments,
                                    Deadline deadline) const {
  std::vector<FormMatch> matches;
  if (by_hash_.empty()) return matches;
  for (std::size_t begin = 0; begin < segments.size() && !deadline.expired();) {
    std::size_t end = begin + 1;
    while (end < segments.size() && segments[end].part == segments[begin].part) ++end;
    match_part(segments.subspan(begin, end - begin), static_cast<std::uint32_t>(begin),
               matches);
    begin = end;
  }
  return matches;
}

}  // namespace noshare::forms
