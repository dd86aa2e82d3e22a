// forms: blank forms and confidential documents, recognised by their wording.
//
// In:  segments of documents to learn, later those of messages; the installation's key
// Out: a file of keyed hashes; which known document a message repeats, and how much of it
// Winnowing (Schleimer, Wilkerson and Aiken, 2003): of each kWindow successive hashes of
// kWords words the least is kept, so that every passage of kWords + kWindow - 1 words
// that two texts share is noticed, wherever it stands and whatever was filled in around
// it. Thread-safe once loaded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/model/segment.h"

namespace noshare::forms {

inline constexpr std::size_t kWords = 5;
inline constexpr std::size_t kWindow = 4;

// The entity of a finding that a match becomes. Its confidence is the similarity.
inline constexpr const char* kFormEntity = "known_document";

// A hash that was kept, and where its words stand.
struct Print {
  std::uint64_t hash = 0;
  std::uint32_t segment = 0;  // index into the segments given
  model::Span span;           // of its words within that segment
};

// The prints of the segments of one document, in order. Headers are none of it.
std::vector<Print> prints_of(std::span<const model::Segment> segments,
                             const ShortHashKey& key);

struct FormMatch {
  std::string name;
  int similarity = 0;         // per cent of the known document's prints, 1 ... 100
  std::uint32_t segment = 0;  // where it begins to repeat the document
  model::Span span;           // there, to the last repeated words
};

class Forms {
 public:
  // Errors: kNotFound; kCorrupt; kInvalidInput for another key.
  static Result<Forms> open(const std::filesystem::path& file, const FingerprintKey& key);
  static Forms none(const FingerprintKey& key);

  // Learns a document, in place of one of the same name. Errors: kInvalidInput for one of
  // too few words to be recognised.
  Result<void> add(const std::string& name, std::span<const model::Segment> segments);
  bool remove(const std::string& name);  // false: there is none
  Result<void> save(const std::filesystem::path& file) const;
  // Names, and how many prints each has.
  std::map<std::string, std::size_t> list() const;

  // Per document of the message (a part) and known document at most one match, in order.
  // Parts behind the deadline are not compared.
  std::vector<FormMatch> match(std::span<const model::Segment> segments,
                               Deadline deadline) const;

 private:
  explicit Forms(const FingerprintKey& key);
  void index();
  void match_part(std::span<const model::Segment> segments, std::uint32_t first,
                  std::vector<FormMatch>& matches) const;

  Fingerprint key_check_;
  ShortHashKey key_;
  std::map<std::string, std::vector<std::uint64_t>> prints_;  // by name; ascending
  std::vector<std::pair<std::string, std::size_t>> forms_;    // name, number of prints
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_hash_;  // to forms_
};

}  // namespace noshare::forms
