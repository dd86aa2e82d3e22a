// Packs' patterns made ready to run, one after the other.
#include "detect/compiled.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "noshare/base/text.h"

#include "detect/country_words.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

tl::unexpected<Error> fault(const config::Pattern& pattern, int line,
                            const std::string& what) {
  return fail(ErrorCode::kInvalidInput,
              at_line(pattern, line, fmt::format("{}: {}", pattern.id, what)));
}

Result<RegexNode> parsed(const config::Pattern& pattern,
                         const config::Expression& expression) {
  auto tree = parse_regex(expression.regex, expression.ignore_case);
  if (!tree) return fault(pattern, expression.line, tree.error().message);
  const Width width = width_of(*tree);
  if (width.least == 0)
    return fault(pattern, expression.line, "the expression matches nothing at all");
  return tree;
}

Result<void> add_checks(CompiledPattern& compiled) {
  const config::Pattern& pattern = compiled.pattern;
  for (const config::CheckSpec& spec : pattern.check) {
    auto check = make_check(spec);
    if (!check) return fault(pattern, spec.line, check.error().message);
    compiled.proves = compiled.proves || (*check)->proves();
    if (!compiled.check_names.empty()) compiled.check_names += " and ";
    compiled.check_names += (*check)->name();
    compiled.checks.push_back(std::move(*check));
  }
  std::stable_sort(
      compiled.checks.begin(), compiled.checks.end(),
      [](const auto& a, const auto& b) { return a->cost_ns() < b->cost_ns(); });
  return {};
}

// Automata that tell whether a text is one of the expressions as a whole.
Result<std::vector<Automaton>> forms_of(const config::Pattern& pattern,
                                        const config::Expression& expression,
                                        const char* what) {
  NOSHARE_TRY(const RegexNode tree, parsed(pattern, expression));
  const AutomatonMember member{&tree, 0};
  std::uint32_t faulty = 0;
  auto automata = build_automata(std::span(&member, 1), faulty);
  if (!automata)
    return fault(pattern, pattern.line,
                 std::string(what) + ": " + automata.error().message);
  return automata;
}

Result<void> add_exclusions(CompiledPattern& compiled, std::uint32_t number, Plan& plan) {
  const config::Pattern& pattern = compiled.pattern;
  for (const std::string& value : pattern.exclude.values)
    compiled.excluded.insert(normalised(pattern.normalise, value));
  Exclusion exclusion{number, {}, {}};
  for (const config::Expression& expression : pattern.exclude.patterns) {
    NOSHARE_TRY(RegexNode tree, parsed(pattern, expression));
    exclusion.trees.push_back(std::move(tree));
  }
  if (!exclusion.trees.empty()) plan.exclusions.push_back(std::move(exclusion));
  return {};
}

// "accountNumber" for "account number", as programs write it; empty where the phrase is
// one word, or holds more than letters and spaces, or would be too short to mean it
// alone.
std::string joined(const std::string& phrase) {
  constexpr std::size_t kLeastLetters = 6;
  std::string word;
  for (const char c : phrase) {
    if (c != ' ' && !is_ascii_alpha(c)) return {};
    if (c != ' ') word += c;
  }
  return word.size() >= kLeastLetters && word.size() < phrase.size() ? word : "";
}

// "rodne cislo" for "rodné číslo", as it is written without the keyboard for it. Without
// its accent a short word is another word: "né" and "ne".
std::string without_accents(const std::string& phrase) {
  constexpr std::size_t kLeastBytes = 5;
  if (phrase.size() < kLeastBytes) return {};
  std::string plain;
  for (std::size_t at = 0; at < phrase.size();) {
    const CodePoint point = code_point_at(phrase, at);
    append_utf8(plain, base_letter(point.value));
    at += point.bytes;
  }
  return plain;
}

// "Fuehrerschein" for "Führerschein", "koerekort" for "kørekort".
std::string with_digraphs(const std::string& phrase) {
  constexpr std::u32string_view kLetters = U"äöüßåøæÄÖÜ";
  constexpr std::array<std::string_view, 10> kDigraphs{"ae", "oe", "ue", "ss", "aa",
                                                       "oe", "ae", "Ae", "Oe", "Ue"};
  std::string plain;
  for (std::size_t at = 0; at < phrase.size();) {
    const CodePoint point = code_point_at(phrase, at);
    const std::size_t letter = kLetters.find(point.value);
    if (letter == std::u32string_view::npos) {
      append_utf8(plain, point.value);
    } else {
      plain += kDigraphs[letter];
    }
    at += point.bytes;
  }
  return plain;
}

// "N I P" for "NIP": its letters with full stops between, which stand in no phrase.
std::string spelled_out(const std::string& phrase) {
  constexpr std::size_t kLeastLetters = 3, kMostLetters = 6;
  if (phrase.size() < kLeastLetters || phrase.size() > kMostLetters ||
      !std::all_of(phrase.begin(), phrase.end(), is_ascii_upper))
    return {};
  std::string letters;
  for (const char c : phrase) (letters += c) += ' ';
  return letters;
}

// A phrase as packs write it, and as people do.
std::vector<std::string> spellings_of(const std::string& phrase) {
  std::vector<std::string> spellings{phrase};
  for (std::string other : {joined(phrase), without_accents(phrase),
                            with_digraphs(phrase), spelled_out(phrase)}) {
    if (!other.empty() && other != phrase) spellings.push_back(std::move(other));
  }
  return spellings;
}

Result<void> add_group(CompiledPattern& compiled, const ContextGroup& group,
                       std::span<const std::string> group_words, ContextWords& words) {
  const auto number = static_cast<std::uint32_t>(compiled.context.size());
  compiled.context.push_back(group);
  compiled.reach_chars = std::max(compiled.reach_chars, group.within_chars);
  for (const std::string& word : group_words) {
    for (const std::string& spelling : spellings_of(word)) {
      auto phrase = words.add(spelling);
      if (!phrase)
        return fault(compiled.pattern, compiled.pattern.line, phrase.error().message);
      compiled.phrases.emplace_back(*phrase, number);
    }
  }
  return {};
}

// "Finnish business identifier 2077474-0": the name of the pattern's country, unless its
// own words hold it.
Result<void> add_country(CompiledPattern& compiled, ContextWords& words) {
  const config::Pattern& pattern = compiled.pattern;
  const auto of_country = country_words(pattern.country);
  if (pattern.near.empty() || !pattern.recognizer.empty() || of_country.empty())
    return {};
  const auto is_name = [&](const std::string& word) {
    return std::any_of(of_country.begin(), of_country.end(), [&](std::string_view name) {
      return equal_ignoring_case(word, name);
    });
  };
  for (const config::Context& context : pattern.near) {
    if (std::any_of(context.words.begin(), context.words.end(), is_name)) return {};
  }
  constexpr std::uint32_t kWithinChars = 60;
  constexpr int kPoints = 14;
  return add_group(compiled, {kWithinChars, true, false, false, kPoints, true},
                   std::vector<std::string>(of_country.begin(), of_country.end()), words);
}

Result<void> add_context(CompiledPattern& compiled, ContextWords& words) {
  const config::Pattern& pattern = compiled.pattern;
  for (const bool speaks_for : {true, false}) {
    for (const config::Context& context : speaks_for ? pattern.near : pattern.not_near) {
      const int points = speaks_for ? context.points : -context.points;
      NOSHARE_CHECK(add_group(
          compiled,
          {context.within_chars, context.before, context.after, context.label, points},
          context.words, words));
    }
    if (speaks_for) NOSHARE_CHECK(add_country(compiled, words));
  }
  std::sort(compiled.phrases.begin(), compiled.phrases.end());
  compiled.phrases.erase(std::unique(compiled.phrases.begin(), compiled.phrases.end()),
                         compiled.phrases.end());
  if (!compiled.phrases.empty()) {
    compiled.phrase_bits.resize(compiled.phrases.back().first / 64 + 1);
    for (const auto& [phrase, group] : compiled.phrases)
      compiled.phrase_bits[phrase / 64] |= std::uint64_t{1} << (phrase % 64);
  }
  return {};
}

Result<void> add_expressions(const config::Pattern& pattern, std::uint32_t number,
                             Plan& plan) {
  for (const config::Expression& expression : pattern.match) {
    PlannedExpression planned;
    NOSHARE_TRY(planned.tree, parsed(pattern, expression));
    planned.pattern = number;
    planned.base =
        expression.confidence >= 0 ? expression.confidence : pattern.confidence.matched;
    planned.after_checks = expression.checked;
    if (!expression.value.empty()) {
      config::Expression value = expression;
      value.regex = expression.value;
      NOSHARE_TRY(planned.value, forms_of(pattern, value, "value"));
    }
    planned.edges = pattern.edges;
    planned.width = width_of(planned.tree);
    planned.requirement = requirement_of(planned.tree);
    plan.expressions.push_back(std::move(planned));
  }
  return {};
}

Result<void> add_recognizer(CompiledPattern& compiled, std::uint32_t number, Plan& plan) {
  const config::Pattern& pattern = compiled.pattern;
  auto recognizer = make_recognizer(pattern);
  if (!recognizer) return fault(pattern, pattern.line, recognizer.error().message);
  const AnchorRequest& request = (*recognizer)->anchors();
  for (std::size_t i = 0; i < request.literals.size(); ++i) {
    plan.want_literal(request.literals[i],
                      {LiteralUse::kNoGroup, 0, number, static_cast<std::uint16_t>(i)});
  }
  auto& least_run = plan.wants.least_run;
  if (request.least_digits > 0) least_run[static_cast<std::size_t>(Landmark::kDigit)] = 1;
  if (request.at_sign) least_run[static_cast<std::size_t>(Landmark::kAt)] = 1;
  plan.wants.capital_words = plan.wants.capital_words || request.capital_words;
  compiled.recognizer = std::move(*recognizer);
  return {};
}

constexpr std::string_view kInternational = "INT";

}  // namespace

bool is_national(const config::Pattern& pattern) {
  return !pattern.country.empty() && pattern.country != kInternational;
}

std::uint32_t runner_of(const config::Pattern& national, const Database::Impl& database) {
  const auto& patterns = database.patterns;
  const auto runner =
      std::find_if(patterns.begin(), patterns.end(), [&](const CompiledPattern& other) {
        return other.recognizer && !is_national(other.pattern) &&
               other.pattern.recognizer == national.recognizer;
      });
  return static_cast<std::uint32_t>(runner - patterns.begin());
}

void settle_identities(Database::Impl& database) {
  for (CompiledPattern& compiled : database.patterns) {
    const config::Pattern& pattern = compiled.pattern;
    compiled.compared_as = pattern.id;
    if (!compiled.recognizer || !is_national(pattern)) continue;
    const std::uint32_t runner = runner_of(pattern, database);
    if (runner < database.patterns.size())
      compiled.compared_as = database.patterns[runner].pattern.id;
  }
}

std::string at_line(const config::Pattern& pattern, int line, const std::string& what) {
  return fmt::format("{}:{}: {}", pattern.file.string(), line > 0 ? line : pattern.line,
                     what);
}

Result<void> add_pattern(const config::Pattern& pattern, Database::Impl& into) {
  const auto number = static_cast<std::uint32_t>(into.patterns.size());
  CompiledPattern compiled;
  compiled.pattern = pattern;
  NOSHARE_CHECK(add_checks(compiled));
  NOSHARE_CHECK(add_exclusions(compiled, number, into.plan));
  NOSHARE_CHECK(add_context(compiled, into.words));
  if (pattern.recognizer.empty()) {
    NOSHARE_CHECK(add_expressions(pattern, number, into.plan));
  } else {
    NOSHARE_CHECK(add_recognizer(compiled, number, into.plan));
  }
  into.by_id.emplace(pattern.id, number);
  into.patterns.push_back(std::move(compiled));
  return {};
}

}  // namespace noshare::detect
