// Pack: a YAML file of patterns as typed values (DESIGN section 6; docs/packs.md is the
// reference). Reading checks form and names; that the examples hold is detect's business.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "noshare/base/json.h"
#include "noshare/base/result.h"
#include "noshare/model/segment.h"

namespace noshare::config {

// What may stand on either side of a match.
enum class Edges {
  kWord,   // no letter, digit or underscore of any script
  kDigit,  // no digit, and no digit behind one separator ('.', '-', ',', ' ' excepted:
           // see docs)
  kNone,
};

// How a match is normalised before checks, counting and fingerprints.
enum class Normalise { kAsIs, kDigits, kAlnumUpper, kLower, kWords };

// One way the value is written. Hyperscan syntax: no look-around, no captures.
struct Expression {
  std::string regex;
  bool ignore_case = false;
  int confidence = -1;  // base for this form; -1: the pattern's `matched`
  int checked = -1;     // after its checks; -1: the pattern's `checked`
  int line = 0;
  // What at the end of a match is the value, when words in front of it belong to the
  // expression; empty: all of it. The longest such end counts.
  std::string value = {};
};

// One check of a candidate. `name` is a family (luhn, mod97, weighted, ...) or a named
// check in C++; `parameters` are the family's, as read.
struct CheckSpec {
  std::string name;
  Json parameters;
  int line = 0;
};

// Words that raise (near) or lower (not_near) the confidence.
struct Context {
  std::vector<std::string> words;  // whole words, any case; "card no" spans white space
  std::uint32_t within_chars = 300;
  bool before = true;
  bool after = true;
  bool label = false;  // counts as the value's label alone
  int points = 0;      // always positive: added for `near`, taken for `not_near`
};

struct Confidence {
  int matched = 30;           // the expression matched
  int checked = -1;           // all checks passed; -1: there is no check
  int without_context = 100;  // at most this, when `near` words are missing
  int failed = -1;            // a check digit is wrong; -1: then there is no finding
};

struct Exclusion {
  std::vector<std::string>
      values;  // normalised, never findings (published specimens ...)
  std::vector<Expression> patterns;  // the whole normalised value matches
};

struct Example {
  std::string text;
  std::string value;          // `found` only: the exact stretch; empty: any
  std::string because;        // `not_found` only
  int least_confidence = 65;  // `found`: must reach it; `not_found`: must stay below
  model::Zone zone = model::Zone::kBody;  // where the text stands
  int line = 0;
};

struct Pattern {
  std::string id;  // entity id
  std::string title;
  std::string about;
  std::string source;   // standard, law or authority
  std::string country;  // ISO 3166-1 alpha-2, or INT
  std::vector<std::string> categories;
  std::string recognizer;  // a named recogniser in C++ instead of `match`
  std::vector<Expression> match;
  // An umbrella: whoever names it names these entities, which may be umbrellas too. It
  // need not match anything itself.
  std::vector<std::string> includes;
  std::vector<std::string> umbrellas;  // that include it, at any remove; sorted
  Edges edges = Edges::kWord;
  Normalise normalise = Normalise::kAsIs;
  std::vector<CheckSpec> check;
  Exclusion exclude;
  std::vector<Context> near;
  std::vector<Context> not_near;
  Confidence confidence;
  std::array<int, model::kZoneCount>
      zone_points{};  // added in that zone, may be negative
  int rank = 0;       // ties in arbitration: the larger is more specific
  bool enabled = true;
  std::string misses;  // what it is known not to find
  std::vector<Example> found;
  std::vector<Example> not_found;
  std::filesystem::path file;
  int line = 0;
};

// Whether it finds something itself, or only stands for what it includes.
inline bool finds(const Pattern& pattern) {
  return !pattern.match.empty() || !pattern.recognizer.empty();
}

struct PackSet {
  std::vector<Pattern> patterns;  // ids are unique
  std::string version;            // hash of all files, 12 hexadecimal digits
};

// Reads every *.yaml below the folders, in name order. A later folder may override a
// pattern of an earlier one by its id with `override: true` and the fields that differ
// (disable, raise, lower, add context words, exclude values).
Result<PackSet> load_packs(const std::vector<std::filesystem::path>& folders);
// Fills Pattern::umbrellas, as load_packs does. Errors: an included id that nobody
// describes, or an umbrella that includes itself, with file and line.
Result<void> link_umbrellas(std::vector<Pattern>& patterns);
Result<std::vector<Pattern>> parse_pack(const std::string& text,
                                        const std::string& file_name);

}  // namespace noshare::config
