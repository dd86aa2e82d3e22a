// The cheapest tests come first; forms of a value are made once for all patterns.
#include "detect/evaluation.h"

#include <algorithm>
#include <functional>

#include "noshare/base/text.h"

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

bool Evaluation::read_digits(std::string_view raw) {
  digits_.count = 0;
  for (char c : raw) {
    if (is_ascii_digit(c)) {
      if (digits_.count == kMostBankDigits) return false;
      digits_.values[digits_.count++] = static_cast<std::uint8_t>(c - '0');
    } else if (is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80) {
      return false;
    }
  }
  return true;
}

Evaluation::Verdict Evaluation::judge(const CompiledPattern& pattern,
                                      std::string_view raw,
                                      std::string_view normalised_form,
                                      std::uint32_t checks) const {
  if (!pattern.excluded.empty() &&
      pattern.excluded.contains(std::string(normalised_form)))
    return Verdict::kNo;
  for (const Automaton& form : pattern.excluded_forms) {
    if (matches_whole(form, normalised_form)) return Verdict::kNo;
  }
  Verdict verdict = Verdict::kYes;
  for (std::size_t i = 0; i < pattern.checks.size(); ++i) {
    const Check& check = *pattern.checks[i];
    const bool implied = i < 32 && (checks >> i & 1) == 0;
    if (implied || check.passes(normalised_form, raw)) continue;
    if (!check.may_prove() || pattern.pattern.confidence.failed < 0) return Verdict::kNo;
    verdict = Verdict::kWrongDigit;
  }
  return verdict;
}

void Evaluation::consider(const Match& match, std::uint32_t id, std::uint32_t checks,
                          std::vector<Candidate>& candidates) {
  const PlannedExpression& expression = database_->plan.expressions[id];
  if (is_done(expression.pattern)) return;
  const CompiledPattern& pattern = database_->patterns[expression.pattern];
  const model::Span span = value_in(match.text, match.span, expression);
  if (span.begin == span.end) return;
  const std::string_view raw = match.text.substr(span.begin, span.end - span.begin);
  std::string_view form;
  if (span == match.span) {
    form = normalised_value(raw, pattern.pattern.normalise);
  } else {
    value_form_.clear();
    append_normalised(pattern.pattern.normalise, raw, value_form_);
    form = value_form_;
  }
  const Verdict verdict = judge(pattern, raw, form, checks);
  if (verdict == Verdict::kNo) return;
  done_.push_back(expression.pattern);
  const bool wrong = verdict == Verdict::kWrongDigit;
  candidates.push_back({span, expression.pattern, Candidate::kNoRaw,
                        static_cast<std::int16_t>(expression.base), 0,
                        pattern.proves && !wrong, Candidate::kNone, 0,
                        Candidate::Column::kSaysNothing,
                        static_cast<std::int16_t>(expression.after_checks), wrong});
}

void Evaluation::add_matches(std::string_view text, std::uint32_t begin,
                             std::span<const MatchEnd> ends, Surroundings around,
                             std::vector<Candidate>& candidates) {
  done_.clear();
  done_lists_.clear();
  last_match_ = {};
  ends = longest_first(ends);
  const std::uint32_t longest = ends.front().end;
  bool looked = false;
  for (const MatchEnd& end : ends) {
    if (std::find(done_lists_.begin(), done_lists_.end(), end.list) != done_lists_.end())
      continue;
    const std::span<const std::uint32_t> ids = database_->plan.lists[end.list];
    const Match match{text, {begin, end.end}};
    if (match.span != last_match_) {
      last_match_ = match.span;
      alone_known_ = false;
      forms_known_ = 0;
    }
    // All expressions of a group have the same edges.
    if (!stands_alone(text, match.span, database_->plan.expressions[ids.front()].edges))
      continue;
    if (!looked) around.weighing.look_from({begin, longest}, around.columns);
    looked = true;
    const PatternSet& allowed =
        around.weighing.may_count(around.columns.is_whole_cell(match.span));
    const std::size_t done_before = done_.size();
    const Screening::List* screened = database_->screening.list(end.list);
    if (screened != nullptr) {
      consider_list(match, *screened, allowed, candidates);
    } else {
      for (std::uint32_t id : ids) {
        if (allowed.has(database_->plan.expressions[id].pattern))
          consider(match, id, kAllChecks, candidates);
      }
    }
    if (done_.size() > done_before && std::all_of(ids.begin(), ids.end(), [&](auto id) {
          return is_done(database_->plan.expressions[id].pattern);
        }))
      done_lists_.push_back(end.list);
  }
}

// The automata of a group come one after the other, each with rising ends.
std::span<const MatchEnd> Evaluation::longest_first(std::span<const MatchEnd> ends) {
  if (ends.size() == 1) return ends;
  const auto rises = [](const MatchEnd& a, const MatchEnd& b) { return a.end < b.end; };
  const auto falls = [](const MatchEnd& a, const MatchEnd& b) { return a.end > b.end; };
  const bool of_one =
      std::adjacent_find(ends.begin(), ends.end(), std::not_fn(rises)) == ends.end();
  if (of_one) {
    sorted_.assign(ends.rbegin(), ends.rend());
  } else {
    sorted_.assign(ends.begin(), ends.end());
    std::stable_sort(sorted_.begin(), sorted_.end(), falls);
  }
  return sorted_;
}

void Evaluation::consider_list(const Match& match, const Screening::List& list,
                               const PatternSet& allowed,
                               std::vector<Candidate>& candidates) {
  const std::size_t members = allowed.meets(list.others) ? list.ids.size() : list.sturdy;
  if (members == 0) return;
  const Screening::Bank* bank =
      !list.banks.empty() && read_digits(match.text.substr(
                                 match.span.begin, match.span.end - match.span.begin))
          ? list.bank(digits_.count)
          : nullptr;
  if (bank == nullptr) {
    for (std::size_t i = 0; i < members; ++i) {
      if (allowed.has(list.patterns[i]))
        consider(match, list.ids[i], kAllChecks, candidates);
    }
    return;
  }
  bank->bank.remaining(digits_.values, database_->screening.kernel(), members,
                       [&](std::size_t i) {
                         if (allowed.has(list.patterns[i]))
                           consider(match, list.ids[i], bank->checks_left[i], candidates);
                       });
}

}  // namespace noshare::detect
