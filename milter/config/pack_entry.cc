// One entry of a pack: see pack_entry.h.
#include "config/pack_entry.h"

#include <algorithm>

#include "noshare/base/text.h"
#include "noshare/model/finding.h"

#include "config/categories.h"

namespace noshare::config {
namespace {

// What is worth less than this is no finding; see the levels of model/finding.h.
constexpr int kMostConfidence = 99;
constexpr std::size_t kLeastExamples = 3;  // of each kind, for a pattern with `match`
constexpr int kDefaultNearPoints = 20;
constexpr int kDefaultNotNearPoints = 40;
constexpr int kMostContextChars = 2000;

const std::vector<std::pair<std::string, Edges>> kEdgeWords = {
    {"word", Edges::kWord}, {"digit", Edges::kDigit}, {"none", Edges::kNone}};
const std::vector<std::pair<std::string, bool>> kCaseWords = {{"exact", false},
                                                              {"ignore", true}};
const std::vector<std::pair<std::string, Normalise>> kNormaliseWords = {
    {"as_is", Normalise::kAsIs},
    {"digits", Normalise::kDigits},
    {"alnum_upper", Normalise::kAlnumUpper},
    {"lower", Normalise::kLower},
    {"words", Normalise::kWords}};

struct Sides {
  bool before;
  bool after;
  bool label = false;
};
const std::vector<std::pair<std::string, Sides>> kSideWords = {
    {"both", {true, true}},
    {"before", {true, false}},
    {"after", {false, true}},
    {"label", {true, true, true}}};

bool is_country(const std::string& code) {
  return code == "INT" ||
         (code.size() == 2 && is_ascii_upper(code[0]) && is_ascii_upper(code[1]));
}

std::vector<std::pair<std::string, model::Zone>> zone_words() {
  std::vector<std::pair<std::string, model::Zone>> words;
  for (int i = 0; i < model::kZoneCount; ++i) {
    const auto zone = static_cast<model::Zone>(i);
    words.emplace_back(model::name(zone), zone);
  }
  return words;
}

// "high", "medium", "low" (found at all) or points. False when the key is missing.
bool read_level(YamlMap& map, const char* key, int& into) {
  std::string word;
  if (!map.text(key, word)) return false;
  if (word == "high") {
    into = model::kHighConfidence;
  } else if (word == "medium") {
    into = model::kMediumConfidence;
  } else if (word == "low") {
    into = 1;
  } else {
    map.number(key, into, 1, kMostConfidence);
  }
  return true;
}

// One entry of `patterns:`, laid over a pattern that is empty or, for an override,
// complete.
class EntryReader {
 public:
  EntryReader(YamlFaults& faults, const YAML::Node& node, Pattern& pattern,
              bool is_override)
      : faults_(faults),
        map_(faults, node, "pattern '" + pattern.id + "'"),
        pattern_(pattern),
        is_override_(is_override) {}

  void read() {
    read_description();
    read_match();
    read_checks();
    read_exclude();
    read_contexts();
    read_confidence();
    read_zones();
    read_examples();
    map_.finish();
    if (!faults_.any()) validate();
  }

 private:
  void read_description() {
    map_.node("id");
    map_.node("override");
    map_.text("title", pattern_.title);
    map_.text("about", pattern_.about);
    map_.text("source", pattern_.source);
    map_.text("misses", pattern_.misses);
    read_country(map_, pattern_.country);
    read_categories(map_, pattern_.categories);
    map_.truth("enabled", pattern_.enabled);
    map_.number("rank", pattern_.rank, -100, 100);
    map_.choice("edges", pattern_.edges, kEdgeWords);
    map_.choice("normalise", pattern_.normalise, kNormaliseWords);
  }

  Expression read_expression(const YAML::Node& node, bool ignore_case, const char* what) {
    Expression expression;
    expression.ignore_case = ignore_case;
    expression.line = line_of(node);
    if (node.IsScalar()) {
      expression.regex = node.Scalar();
    } else {
      YamlMap map(faults_, node, std::string(what) + " of pattern '" + pattern_.id + "'");
      map.require("regex");
      map.text("regex", expression.regex);
      map.text("value", expression.value);
      map.choice("case", expression.ignore_case, kCaseWords);
      map.number("confidence", expression.confidence, 1, kMostConfidence);
      map.number("checked", expression.checked, 1, kMostConfidence);
      map.finish();
    }
    if (expression.regex.empty()) faults_.report(node, "an empty regular expression");
    return expression;
  }

  void read_match() {
    bool ignore_case = false;
    map_.choice("case", ignore_case, kCaseWords);
    map_.text("recognizer", pattern_.recognizer);
    std::vector<Expression> match;
    const bool given = map_.each("match", [&](const YAML::Node& node) {
      match.push_back(read_expression(node, ignore_case, "match"));
    });
    if (given) pattern_.match = std::move(match);
    std::vector<std::string> includes;
    map_.texts("includes", includes);
    pattern_.includes.insert(pattern_.includes.end(), includes.begin(), includes.end());
  }

  void read_checks() {
    std::vector<CheckSpec> checks;
    const bool given = map_.each("check", [&](const YAML::Node& node) {
      CheckSpec spec;
      spec.line = line_of(node);
      if (node.IsScalar()) {
        spec.name = node.Scalar();
      } else if (node.IsMap() && node.size() == 1 && node.begin()->first.IsScalar()) {
        spec.name = node.begin()->first.Scalar();
        spec.parameters = to_json(node.begin()->second);
      }
      if (spec.name.empty()) {
        faults_.report(node,
                       map_what() + ": a check is a name, or one name with parameters");
      }
      checks.push_back(std::move(spec));
    });
    if (given) pattern_.check = std::move(checks);
  }

  // An override adds to what is excluded; it does not replace it.
  void read_exclude() {
    const auto node = map_.node("exclude");
    if (!node) return;
    YamlMap map(faults_, *node, "exclude of pattern '" + pattern_.id + "'");
    std::vector<std::string> values;
    map.texts("values", values);
    pattern_.exclude.values.insert(pattern_.exclude.values.end(), values.begin(),
                                   values.end());
    map.each("patterns", [&](const YAML::Node& item) {
      pattern_.exclude.patterns.push_back(read_expression(item, false, "exclude"));
    });
    map.finish();
  }

  Context read_context(const YAML::Node& node, const char* key, const char* points_key,
                       int points) {
    Context context;
    context.points = points;
    YamlMap map(faults_, node, std::string(key) + " of pattern '" + pattern_.id + "'");
    map.require("words");
    map.texts("words", context.words);
    int chars = static_cast<int>(context.within_chars);
    map.number("within_chars", chars, 1, kMostContextChars);
    context.within_chars = static_cast<std::uint32_t>(chars);
    Sides sides{true, true};
    map.choice("side", sides, kSideWords);
    context.before = sides.before;
    context.after = sides.after;
    context.label = sides.label;
    map.number(points_key, context.points, 1, kMostConfidence);
    map.finish();
    return context;
  }

  // An override adds groups of words; the shipped ones stay.
  void read_contexts() {
    map_.each("near", [&](const YAML::Node& node) {
      pattern_.near.push_back(read_context(node, "near", "adds", kDefaultNearPoints));
    });
    map_.each("not_near", [&](const YAML::Node& node) {
      pattern_.not_near.push_back(
          read_context(node, "not_near", "subtracts", kDefaultNotNearPoints));
    });
  }

  void read_confidence() {
    const auto node = map_.node("confidence");
    if (!node) return;
    YamlMap map(faults_, *node, "confidence of pattern '" + pattern_.id + "'");
    map.number("matched", pattern_.confidence.matched, 1, kMostConfidence);
    map.number("checked", pattern_.confidence.checked, 1, kMostConfidence);
    map.number("without_context", pattern_.confidence.without_context, 1, 100);
    map.number("failed", pattern_.confidence.failed, 1, kMostConfidence);
    map.finish();
  }

  void read_zones() {
    const auto node = map_.node("zones");
    if (!node) return;
    YamlMap map(faults_, *node, "zones of pattern '" + pattern_.id + "'");
    int others = 0;
    if (map.number("others", others, -kMostConfidence, kMostConfidence)) {
      pattern_.zone_points.fill(others);
    }
    for (int i = 0; i < model::kZoneCount; ++i) {
      const auto at = static_cast<std::size_t>(i);
      map.number(model::name(static_cast<model::Zone>(i)), pattern_.zone_points[at],
                 -kMostConfidence, kMostConfidence);
    }
    map.finish();
  }

  Example read_example(const YAML::Node& node, bool found) {
    Example example;
    example.line = line_of(node);
    YamlMap map(faults_, node, "example of pattern '" + pattern_.id + "'");
    map.require("text");
    map.text("text", example.text);
    map.choice("zone", example.zone, zone_words());
    if (found) {
      map.text("value", example.value);
      read_level(map, "at_least", example.least_confidence);
      if (example.text.find(example.value) == std::string::npos) {
        map.fault_at("value", "'value' does not occur in 'text'");
      }
    } else {
      map.require("because");
      map.text("because", example.because);
      read_level(map, "below", example.least_confidence);
    }
    map.finish();
    return example;
  }

  // The shipped examples speak for the shipped entry: an override brings its own or none.
  void read_examples() {
    if (is_override_) {
      pattern_.found.clear();
      pattern_.not_found.clear();
    }
    const auto node = map_.node("examples");
    if (!node) return;
    YamlMap map(faults_, *node, "examples of pattern '" + pattern_.id + "'");
    map.each("found", [&](const YAML::Node& item) {
      pattern_.found.push_back(read_example(item, true));
    });
    map.each("not_found", [&](const YAML::Node& item) {
      pattern_.not_found.push_back(read_example(item, false));
    });
    map.finish();
  }

  void validate() {
    if (pattern_.title.empty()) map_.require("title");
    if (pattern_.source.empty()) map_.require("source");
    const bool has_match = !pattern_.match.empty();
    const bool has_recognizer = !pattern_.recognizer.empty();
    if (has_match && has_recognizer) {
      map_.fault("expected either 'match' or 'recognizer'");
    }
    if (!has_match && !has_recognizer) {
      validate_umbrella();
      return;
    }
    const Confidence& confidence = pattern_.confidence;
    if (confidence.checked >= 0 && pattern_.check.empty() && has_match) {
      map_.fault_at("confidence", "'checked' is given, but there is no 'check'");
    }
    if (confidence.failed >= 0 && pattern_.check.empty()) {
      map_.fault_at("confidence", "'failed' is given, but there is no 'check'");
    }
    if (confidence.checked >= 0 && confidence.checked < confidence.matched) {
      map_.fault_at("confidence", "'checked' is lower than 'matched'");
    }
    if (confidence.without_context < 100 && pattern_.near.empty()) {
      map_.fault_at("confidence", "'without_context' is given, but there is no 'near'");
    }
    if (!is_override_) validate_examples(has_match ? kLeastExamples : 1);
  }

  // One that only stands for others: what they find is proven by their own examples.
  void validate_umbrella() {
    if (pattern_.includes.empty()) {
      map_.fault("expected 'match', 'recognizer' or 'includes'");
    }
    for (const char* key :
         {"check", "exclude", "near", "not_near", "confidence", "zones", "examples"}) {
      if (!map_.has(key)) continue;
      map_.fault_at(key, "'" + std::string(key) +
                             "' says nothing without 'match'; the entities that are "
                             "included have their own");
    }
  }

  void validate_examples(std::size_t least) {
    if (pattern_.found.size() < least || pattern_.not_found.size() < least) {
      map_.fault_at("examples", "expected at least " + std::to_string(least) +
                                    " examples 'found' and as many 'not_found'");
    }
  }

  std::string map_what() const { return "pattern '" + pattern_.id + "'"; }

  YamlFaults& faults_;
  YamlMap map_;
  Pattern& pattern_;
  bool is_override_;
};

}  // namespace

void read_country(YamlMap& map, std::string& into) {
  if (map.text("country", into) && !is_country(into)) {
    map.fault_at("country", "'country' must be two capitals (ISO 3166-1) or INT");
  }
}

void read_categories(YamlMap& map, std::vector<std::string>& into) {
  if (!map.texts("categories", into)) return;
  for (const std::string& word : into) {
    if (std::find(categories().begin(), categories().end(), word) == categories().end()) {
      map.fault_at("categories", unknown_word_message("category", word, categories()));
    }
  }
}

void read_pattern(YamlFaults& faults, const YAML::Node& node, Pattern& pattern,
                  bool is_override) {
  EntryReader(faults, node, pattern, is_override).read();
}

}  // namespace noshare::config
