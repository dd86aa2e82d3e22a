// Candidates that touch each other directly or through others form a cluster; within one,
// the best is taken, and whatever overlaps it gives way.
#include "detect/arbitration.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "noshare/model/finding.h"

namespace noshare::detect {
namespace {

constexpr int kMostOfUmbrella = 65;  // barely medium

std::uint32_t length(const Candidate& candidate) {
  return candidate.span.end - candidate.span.begin;
}

}  // namespace

Arbitration::Arbitration(const Database::Impl* database) : database_(database) {
  for (const CompiledPattern& compiled : database->patterns) {
    const std::vector<std::string>& categories = compiled.pattern.categories;
    const auto is = [&](const char* category) {
      return std::find(categories.begin(), categories.end(), category) !=
             categories.end();
    };
    roles_.push_back(is("credential")                 ? Role::kCredential
                     : is("contact") || is("network") ? Role::kAddress
                                                      : Role::kOther);
    const config::Pattern& pattern = compiled.pattern;
    stands_for_others_.push_back(!pattern.includes.empty() && pattern.rank < 0);
  }
}

bool Arbitration::is_better(const Candidate& a, const Candidate& b) const {
  // "Account number" of any country gives way to that of one, however sure it is.
  const auto merit = [this](const Candidate& c) {
    const int rank = database_->patterns[c.pattern].pattern.rank;
    const int confidence = stands_for_others_[c.pattern]
                               ? std::min<int>(c.confidence, kMostOfUmbrella)
                               : c.confidence;
    return std::tuple(model::level_of(confidence), c.labelled, c.checked, confidence,
                      length(c), rank);
  };
  const auto merit_a = merit(a), merit_b = merit(b);
  if (merit_a != merit_b) return merit_a > merit_b;
  return std::tuple(a.pattern, a.span.begin) < std::tuple(b.pattern, b.span.begin);
}

void Arbitration::put_addresses_behind_credentials(std::span<Candidate> cluster) const {
  std::vector<model::Span> credentials;
  for (const Candidate& candidate : cluster) {
    if (roles_[candidate.pattern] == Role::kCredential &&
        model::level_of(candidate.confidence) >= model::Level::kMedium)
      credentials.push_back(candidate.span);
  }
  if (credentials.empty()) return;
  std::stable_partition(cluster.begin(), cluster.end(), [&](const Candidate& candidate) {
    return roles_[candidate.pattern] != Role::kAddress ||
           std::none_of(credentials.begin(), credentials.end(),
                        [&](model::Span credential) {
                          return credential.begin < candidate.span.end &&
                                 credential.end > candidate.span.begin;
                        });
  });
}

// The best of several readings of one stretch, and the best of another pattern that gave
// way to it.
Candidate Arbitration::best_reading(std::span<const Candidate> readings) const {
  const Candidate* best = &readings.front();
  for (const Candidate& reading : readings.subspan(1)) {
    if (is_better(reading, *best)) best = &reading;
  }
  const Candidate* second = nullptr;
  for (const Candidate& reading : readings) {
    if (reading.pattern == best->pattern) continue;
    if (second == nullptr || is_better(reading, *second)) second = &reading;
  }
  Candidate result = *best;
  if (second != nullptr && result.gave_way == Candidate::kNone) {
    result.gave_way = second->pattern;
    result.gave_way_confidence = second->confidence;
  }
  return result;
}

void Arbitration::settle_cluster(std::span<Candidate> cluster,
                                 std::vector<Candidate>& settled) const {
  // Of credentials in the same place more is asked than which reading is the best.
  const model::Span span = cluster.front().span;
  if (std::all_of(cluster.begin(), cluster.end(), [&](const Candidate& candidate) {
        return candidate.span == span && roles_[candidate.pattern] != Role::kCredential;
      })) {
    settled.push_back(best_reading(cluster));
    return;
  }
  const auto better = [this](const auto& a, const auto& b) { return is_better(a, b); };
  std::sort(cluster.begin(), cluster.end(), better);
  put_addresses_behind_credentials(cluster);
  std::map<std::uint32_t, Candidate> kept;  // by end; no two overlap
  for (const Candidate& candidate : cluster) {
    const auto other = kept.upper_bound(candidate.span.begin);
    if (other == kept.end() || other->second.span.begin >= candidate.span.end) {
      kept.emplace(candidate.span.end, candidate);
    } else if (other->second.gave_way == Candidate::kNone &&
               other->second.pattern != candidate.pattern) {
      other->second.gave_way = candidate.pattern;
      other->second.gave_way_confidence = candidate.confidence;
    }
  }
  for (const auto& [end, candidate] : kept) settled.push_back(candidate);
}

void Arbitration::settle(std::uint32_t limit, std::vector<Candidate>& open,
                         std::vector<Candidate>& settled) {
  const auto before = [](const Candidate& a, const Candidate& b) {
    return std::tuple(a.span.begin, a.span.end, a.pattern) <
           std::tuple(b.span.begin, b.span.end, b.pattern);
  };
  // They come in order of place nearly always: only readings of one place are not.
  for (auto first = open.begin(); first != open.end();) {
    const auto last = std::find_if(first, open.end(), [&](const Candidate& other) {
      return other.span.begin != first->span.begin;
    });
    std::sort(first, last, before);
    first = last;
  }
  if (!std::is_sorted(open.begin(), open.end(), before))
    std::sort(open.begin(), open.end(), before);
  std::size_t done = 0;
  while (done < open.size()) {
    std::size_t last = done + 1;
    std::uint32_t end = open[done].span.end;
    for (; last < open.size() && open[last].span.begin < end; ++last)
      end = std::max(end, open[last].span.end);
    if (end > limit) break;
    settle_cluster(std::span(open).subspan(done, last - done), settled);
    done = last;
  }
  open.erase(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(done));
}

}  // namespace noshare::detect
