// One function per step; each says what it did.
#include "detect/weighing.h"

#include <algorithm>

#include <fmt/format.h>

#include "noshare/base/text.h"

#include "detect/edges.h"
#include "detect/label_gap.h"
#include "detect/value_form.h"

namespace noshare::detect {
namespace {

constexpr int kMostConfidence = 99;
constexpr int kPlaceholderPoints = 50;
constexpr int kMadeUpPoints = 15;  // of a recogniser: its structure holds all the same
constexpr int kAddressPoints = 40;
constexpr int kColumnPoints = 20;
constexpr std::uint32_t kMostPhraseBytes =
    128;  // phrases begin at most so far before their end
constexpr std::uint32_t kMostCharacterBytes = 4;
constexpr int kNamingPoints = 40;  // a word with as many names the value
constexpr int kMostNamed = 1;      // a word that names more kinds is the name of none
constexpr int kMostGuessed = 60;   // below medium
constexpr int kLikely = 65, kSure = 85;  // a label and a check digit together are sure
constexpr std::uint32_t kPieceBytes = ContextIndex::kPieceBytes;
constexpr std::uint32_t kNoSet = UINT32_MAX;

void say(std::vector<std::string>* why, std::string text) {
  if (why != nullptr) why->push_back(std::move(text));
}

std::uint32_t back(std::uint32_t at, std::uint32_t bytes) {
  return at > bytes ? at - bytes : 0;
}

bool is_credential(const CompiledPattern& pattern) {
  const auto& categories = pattern.pattern.categories;
  return std::find(categories.begin(), categories.end(), "credential") !=
         categories.end();
}

int with_checks(const CompiledPattern& pattern, const Candidate& candidate,
                int confidence, std::vector<std::string>* why) {
  if (pattern.checks.empty()) return confidence;
  if (candidate.wrong_digit) {
    confidence = std::min(confidence, pattern.pattern.confidence.failed);
    say(why, fmt::format("a check digit is wrong, now {}", confidence));
    return confidence;
  }
  const int checked = candidate.after_checks >= 0 ? candidate.after_checks
                                                  : pattern.pattern.confidence.checked;
  confidence = std::max(confidence, checked);
  if (why != nullptr)
    why->push_back(fmt::format("{} passed, now {}", pattern.check_names, confidence));
  return confidence;
}

}  // namespace

Weighing::Weighing(const Database::Impl* database)
    : database_(database), near_(database->patterns.size()) {
  named_by_.resize(database->words.size());
  for (const CompiledPattern& pattern : database->patterns) {
    if (!pattern.pattern.includes.empty()) continue;  // it stands for what it includes
    for (const auto& [phrase, group] : pattern.phrases) {
      if (pattern.context[group].points >= kNamingPoints) ++named_by_[phrase];
    }
  }
}

void Weighing::reset(const model::Segment& segment, bool ascii, TableView* tables) {
  text_ = segment.text;
  zone_ = segment.zone;
  guessed_ = segment.guessed;
  ascii_ = ascii;
  index_.reset(&database_->words, text_);
  tables_ = tables;
  headers_.clear();
  last_header_ = nullptr;
  last_header_cell_ = {};
  ground_ = {};
  looked_at_ = UINT32_MAX;
  set_of_piece_.assign(text_.size() / kPieceBytes + 1, kNoSet);
  sets_used_ = 0;
}

// Never more than the bytes between; those are counted only when they could be too many.
std::uint32_t Weighing::characters_between(std::uint32_t begin, std::uint32_t end,
                                           std::uint32_t most) const {
  const std::uint32_t bytes = end - begin;
  if (ascii_ || bytes <= most || bytes > most * kMostCharacterBytes) return bytes;
  return static_cast<std::uint32_t>(count_code_points(text_.substr(begin, bytes)));
}

void Weighing::look_at(const CompiledPattern& pattern, const ContextHit& hit,
                       std::uint32_t distance, bool before, bool after,
                       std::string_view gap) {
  auto found = std::lower_bound(pattern.phrases.begin(), pattern.phrases.end(),
                                std::pair(hit.phrase, std::uint32_t{0}));
  for (; found != pattern.phrases.end() && found->first == hit.phrase; ++found) {
    const ContextGroup& group = pattern.context[found->second];
    const bool on_side = (before && group.before) || (after && group.after);
    GroupHit& nearest = nearest_[found->second];
    if (!on_side || distance > group.within_chars || distance >= nearest.distance)
      continue;
    if (group.label && !(before ? joins_label(gap) : joins_label_behind(gap))) continue;
    nearest = {hit.phrase, distance, hit.span, before};
  }
}

// "Taxpayer Reference 12345": the word that would speak against the value belongs to one
// that speaks for it.
bool Weighing::lies_in_support(const CompiledPattern& pattern,
                               model::Span against) const {
  for (std::size_t i = 0; i < nearest_.size(); ++i) {
    const GroupHit& hit = nearest_[i];
    if (hit.phrase != UINT32_MAX && pattern.context[i].points >= 0 &&
        hit.span.begin <= against.begin && against.end <= hit.span.end)
      return true;
  }
  return false;
}

void Weighing::note_word(const ContextHit& hit, PatternSet& patterns) const {
  for (std::uint32_t pattern : database_->standing.patterns_of_phrase[hit.phrase])
    patterns.add(pattern);
}

const PatternSet& Weighing::words_in(std::uint32_t piece) {
  std::uint32_t& number = set_of_piece_[piece];
  if (number == kNoSet) {
    number = static_cast<std::uint32_t>(sets_used_++);
    if (number == sets_.size()) sets_.emplace_back(database_->patterns.size());
    sets_[number].clear();
    index_.visit(piece * kPieceBytes, (piece + 1) * kPieceBytes,
                 [&](const ContextHit& hit) { note_word(hit, sets_[number]); });
  }
  return sets_[number];
}

const Weighing::Header& Weighing::header_at(std::uint32_t at) {
  const model::Span cell = tables_->header_of(at);
  if (cell.begin == cell.end) return no_header_;
  if (last_header_ != nullptr && cell == last_header_cell_) return *last_header_;
  const auto [found, is_new] = headers_.try_emplace(cell.begin);
  Header& header = found->second;
  if (is_new) {
    database_->words.find(text_.substr(0, cell.end), cell.begin, cell.end, header.hits);
    header.patterns = PatternSet(database_->patterns.size());
    for (const ContextHit& hit : header.hits) note_word(hit, header.patterns);
  }
  last_header_cell_ = cell;
  last_header_ = &header;
  return header;
}

void Weighing::look_around(const CompiledPattern& pattern, model::Span span) {
  nearest_.assign(pattern.context.size(), GroupHit{});
  if (pattern.phrases.empty()) return;
  const std::uint32_t reach = pattern.reach_chars * (ascii_ ? 1 : kMostCharacterBytes);
  const std::uint32_t from = back(span.begin, reach + kMostPhraseBytes);
  const auto size = static_cast<std::uint32_t>(text_.size());
  const std::uint32_t to = size - span.end > reach ? span.end + reach : size;
  index_.visit(from, to, [&](const ContextHit& hit) {
    if (!pattern.has_phrase(hit.phrase)) return;
    if (hit.span.end <= span.begin) {
      look_at(pattern, hit,
              characters_between(hit.span.end, span.begin, pattern.reach_chars), true,
              false, text_.substr(hit.span.end, span.begin - hit.span.end));
    } else if (hit.span.begin >= span.end) {
      look_at(pattern, hit,
              characters_between(span.end, hit.span.begin, pattern.reach_chars), false,
              true, text_.substr(span.end, hit.span.begin - span.end));
    }
  });
  for (const ContextHit& hit : header_at(span.begin).hits) {
    if (pattern.has_phrase(hit.phrase)) look_at(pattern, hit, 0, true, true, {});
  }
}

void Weighing::look_from(model::Span span, ColumnEvidence& columns) {
  const Standing& standing = database_->standing;
  const std::uint32_t reach =
      standing.most_reach_chars * (ascii_ ? 1 : kMostCharacterBytes);
  const auto last_piece = static_cast<std::uint32_t>(set_of_piece_.size() - 1);
  Ground ground;
  ground.near.begin = back(span.begin, reach + kMostPhraseBytes) / kPieceBytes;
  ground.near.end = std::min((span.end + reach) / kPieceBytes, last_piece) + 1;
  if (span.begin != looked_at_) {
    looked_at_ = span.begin;
    header_there_ = &header_at(span.begin);
    kind_there_ = columns.kind_at(span.begin);
  }
  ground.header = header_there_;
  ground.kind = kind_there_;
  if (ground.kind != nullptr) ground.kind_version = ground.kind->version;
  if (ground == ground_) return;
  if (ground.near != ground_.near) {
    near_.clear();
    for (std::uint32_t piece = ground.near.begin; piece < ground.near.end; ++piece)
      near_ |= words_in(piece);
  }
  ground_ = ground;
  const Standing::OfZone& zone = standing.zones[static_cast<std::size_t>(zone_)];
  part_of_cell_ = near_;
  part_of_cell_ |= ground.header->patterns;
  if (ground.kind != nullptr) {
    // A column of such values would stand for a word.
    whole_cell_ = part_of_cell_;
    whole_cell_ |= ground.kind->is_plain ? zone.sturdy : zone.alone;
    whole_cell_ |= ground.kind->is_plain ? ground.kind->live : standing.proving;
  }
  part_of_cell_ |= zone.alone;
}

Weighing::Label Weighing::label_of(const CompiledPattern& pattern,
                                   std::uint32_t at) const {
  Label label = Label::kNone;
  for (std::size_t i = 0; i < nearest_.size(); ++i) {
    const GroupHit& hit = nearest_[i];
    if (hit.phrase == UINT32_MAX || pattern.context[i].points <= 0 || !hit.before ||
        hit.distance > kMostLabelGapBytes)
      continue;
    // The words of a header stand elsewhere, at no distance.
    if (hit.distance > 0 && !joins_label(text_.substr(hit.span.end, at - hit.span.end)))
      continue;
    const bool own =
        pattern.context[i].points >= kNamingPoints && named_by_[hit.phrase] <= kMostNamed;
    if (own) return Label::kOwn;
    label = Label::kShared;
  }
  return label;
}

// "652-21-9079" looks like itself where somebody wrote it; where a reader of disguises
// has grouped the digits so, only a check digit or a word can tell that it was meant.
int Weighing::most_without_context(const CompiledPattern& pattern) const {
  const int most = pattern.pattern.confidence.without_context;
  const bool formless = guessed_ && !pattern.proves &&
                        pattern.pattern.normalise == config::Normalise::kDigits;
  return formless ? std::min(most, kMostGuessed) : most;
}

int Weighing::with_context(const CompiledPattern& pattern, Candidate::Column column,
                           int confidence, std::vector<std::string>* why) const {
  bool supported = false;
  for (const bool speaks_for : {true, false}) {
    for (std::size_t i = 0; i < nearest_.size(); ++i) {
      const int points = pattern.context[i].points;
      if (nearest_[i].phrase == UINT32_MAX || (points >= 0) != speaks_for) continue;
      const bool of_country = pattern.context[i].of_country;
      if (of_country && confidence < kLeastConfidence) continue;
      if (!speaks_for && lies_in_support(pattern, nearest_[i].span)) continue;
      supported = supported || (speaks_for && !of_country);
      confidence = std::min(confidence + points, kMostConfidence);
      if (why != nullptr)
        say(why, fmt::format("near '{}', now {}",
                             database_->words.phrase(nearest_[i].phrase), confidence));
    }
    if (!speaks_for) break;
    if (column == Candidate::Column::kAgrees) {
      supported = true;
      confidence = std::min(confidence + kColumnPoints, kMostConfidence);
      if (why != nullptr)
        say(why, fmt::format("its column holds such values, now {}", confidence));
    } else if (column == Candidate::Column::kDisagrees && !supported) {
      confidence -= kOtherColumnPoints;
      if (why != nullptr)
        say(why, fmt::format("its column holds other values, now {}", confidence));
    }
    const int most = most_without_context(pattern);
    if (!supported && confidence > most) {
      confidence = most;
      if (why != nullptr) say(why, fmt::format("no context word near, at most {}", most));
    }
  }
  return confidence;
}

int Weighing::with_surroundings(const CompiledPattern& pattern, model::Span span,
                                int confidence, std::vector<std::string>* why) const {
  const auto take = [&](int points, const char* reason) {
    confidence -= points;
    if (why != nullptr) say(why, fmt::format("{}, now {}", reason, confidence));
  };
  if (looks_like_placeholder(text_.substr(span.begin, span.end - span.begin)))
    take(pattern.pattern.recognizer.empty() ? kPlaceholderPoints : kMadeUpPoints,
         "looks like a placeholder");
  // A link's own parameters are its business, unless they bear the value's name
  // ("&card="); a token known by its issuer's prefix gives away more than the link.
  const std::string_view value = text_.substr(span.begin, span.end - span.begin);
  const bool token = value.find('=') == std::string_view::npos && is_credential(pattern);
  const bool named = labelled_ && span.begin > 0 && text_[span.begin - 1] == '=';
  if (pattern.pattern.edges != config::Edges::kNone && !token && !named &&
      is_inside_address(text_, span))
    take(kAddressPoints, "inside an address or URL");
  const int zone_points = pattern.pattern.zone_points[static_cast<std::size_t>(zone_)];
  if (zone_points != 0) {
    confidence += zone_points;
    if (why != nullptr)
      say(why, fmt::format("in zone {}, now {}", model::name(zone_), confidence));
  }
  return confidence;
}

int Weighing::confidence_of(const Candidate& candidate, const RawCandidate* raw,
                            std::vector<std::string>* why) {
  const CompiledPattern& pattern = database_->patterns[candidate.pattern];
  int confidence = candidate.base;
  if (why != nullptr) {
    if (raw != nullptr) {
      why->insert(why->end(), raw->why.begin(), raw->why.end());
    } else {
      say(why, fmt::format("matched {}", confidence));
    }
  }
  confidence = with_checks(pattern, candidate, confidence, why);
  look_around(pattern, candidate.span);
  const Label label = label_of(pattern, candidate.span.begin);
  labelled_ = label != Label::kNone;
  confidence = with_context(pattern, candidate.column, confidence, why);
  if (label == Label::kOwn && candidate.checked && confidence >= kLikely &&
      confidence < kSure) {
    confidence = kSure;
    say(why, fmt::format("checked, and announced by its own label, now {}", confidence));
  }
  // What is dropped anyway is not looked at further: nothing but its zone could help it.
  const int zone_points = pattern.pattern.zone_points[static_cast<std::size_t>(zone_)];
  if (why == nullptr && confidence + std::max(zone_points, 0) < kLeastConfidence)
    return std::max(confidence, 1);
  confidence = with_surroundings(pattern, candidate.span, confidence, why);
  return std::clamp(confidence, 1, kMostConfidence);
}

}  // namespace noshare::detect
