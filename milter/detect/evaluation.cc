// The cheapest tests come first; forms of a value are made once for all patterns.
#include "detect/evaluation.h"

#include <algorithm>

#include "detect/edges.h"
#include "detect/value_form.h"

namespace noshare::detect {
namespace {

bool matches_whole(const Automaton& automaton, std::string_view value) {
  bool whole = false;
  const char* const end = value.data() + value.size();
  automaton.run(value.data(), end, [&](const char* at, auto&&) { whole = at == end; });
  return whole;
}

// The longest end of a match that is the value; the whole match unless the expression
// says what is. Empty when no end is.
model::Span value_in(std::string_view text, model::Span match,
                     const PlannedExpression& expression) {
  if (expression.value.empty()) return match;
  const auto is_value = [&](std::uint32_t begin) {
    const std::string_view end = text.substr(begin, match.end - begin);
    return std::any_of(expression.value.begin(), expression.value.end(),
                       [&](const Automaton& form) { return matches_whole(form, end); });
  };
  while (match.begin < match.end && !is_value(match.begin)) ++match.begin;
  return match;
}

}  // namespace

bool Evaluation::stands_alone(std::string_view text, model::Span match,
                              config::Edges edges) {
  if (edges == config::Edges::kNone) return true;
  if (!alone_known_) {
    alone_known_ = true;
    alone_ = !is_piece_of_longer(text, match);
  }
  return alone_;
}

std::string_view Evaluation::normalised_value(std::string_view raw,
                                              config::Normalise how) {
  if (how == config::Normalise::kAsIs) return raw;
  const auto index = static_cast<std::size_t>(how);
  if ((forms_known_ >> index & 1) == 0) {
    forms_known_ |= 1U << index;
    forms_[index].clear();
    append_normalised(how, raw, forms_[index]);
  }
  return forms_[index];
}

Evaluation::Verdict Evaluation::judge(const CompiledPattern& pattern,
                                      std::string_view raw,
                                      std::string_view normalised_form) const {
  if (!pattern.excluded.empty() &&
      pattern.excluded.contains(std::string(normalised_form)))
    return Verdict::kNo;
  for (const Automaton& form : pattern.excluded_forms) {
    if (matches_whole(form, normalised_form)) return Verdict::kNo;
  }
  Verdict verdict = Verdict::kYes;
  for (const auto& check : pattern.checks) {
    if (check->passes(normalised_form, raw)) continue;
    if (!check->may_prove() || pattern.pattern.confidence.failed < 0) return Verdict::kNo;
    verdict = Verdict::kWrongDigit;
  }
  return verdict;
}

void Evaluation::add_matches(std::string_view text, std::uint32_t begin,
                             std::span<const MatchEnd> ends,
                             std::vector<Candidate>& candidates) {
  done_.clear();
  last_match_ = {};
  // The automata of a group come one after the other, each with rising ends.
  const auto longest_first = [](const MatchEnd& a, const MatchEnd& b) {
    return a.end > b.end;
  };
  if (ends.size() > 1) {
    sorted_.assign(ends.begin(), ends.end());
    std::stable_sort(sorted_.begin(), sorted_.end(), longest_first);
    ends = sorted_;
  }
  for (const MatchEnd& end : ends) {
    const PlannedExpression& expression = database_->plan.expressions[end.expression];
    if (std::find(done_.begin(), done_.end(), expression.pattern) != done_.end())
      continue;
    model::Span match{begin, end.end};
    if (match.end - match.begin > kMostValueBytes) continue;
    if (match != last_match_) {
      last_match_ = match;
      alone_known_ = false;
      forms_known_ = 0;
    }
    if (!stands_alone(text, match, expression.edges)) continue;
    const CompiledPattern& pattern = database_->patterns[expression.pattern];
    match = value_in(text, match, expression);
    if (match.begin == match.end) continue;
    if (match.begin != begin) {  // what was found out is of the whole match
      forms_known_ = 0;
      last_match_ = {};
    }
    const std::string_view raw = text.substr(match.begin, match.end - match.begin);
    const Verdict verdict =
        judge(pattern, raw, normalised_value(raw, pattern.pattern.normalise));
    if (verdict == Verdict::kNo) continue;
    done_.push_back(expression.pattern);
    const bool wrong = verdict == Verdict::kWrongDigit;
    candidates.push_back({match, expression.pattern, Candidate::kNoRaw,
                          static_cast<std::int16_t>(expression.base), 0,
                          pattern.proves && !wrong, Candidate::kNone, 0,
                          Candidate::Column::kSaysNothing,
                          static_cast<std::int16_t>(expression.after_checks), wrong});
  }
}

}  // namespace noshare::detect
