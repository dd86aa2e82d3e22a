// Weighing: from a match's base confidence to its confidence in this place.
//
// In:  a Candidate and the segment round it     Out: 0 to 99, and on request each step as
// text The steps and their order are those of docs/packs.md. Ask in order of place:
// context is then read once.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "detect/candidate.h"
#include "detect/column_evidence.h"
#include "detect/compiled.h"
#include "detect/context_words.h"
#include "detect/recognizer.h"
#include "detect/table_view.h"

namespace noshare::detect {

class Weighing {
 public:
  explicit Weighing(const Database::Impl* database);

  // `tables` are those of the segment's text.
  void reset(const model::Segment& segment, bool ascii, TableView* tables);
  // `raw` is the recogniser's candidate, or null. `why` may be null.
  int confidence_of(const Candidate& candidate, const RawCandidate* raw,
                    std::vector<std::string>* why);

  // Of the last candidate weighed: a phrase that speaks for its pattern stands directly
  // before it, as its label: "CPR-nummer 030855-1553".
  bool labelled() const { return labelled_; }

  // Looks round the matches that begin where `span` does and end within it. Then
  // may_count() tells the patterns whose matches could reach kLeastConfidence there,
  // whatever their checks say, and perhaps others; valid until the next look.
  void look_from(model::Span span, ColumnEvidence& columns);
  const PatternSet& may_count(bool whole_cell) const {
    return whole_cell ? whole_cell_ : part_of_cell_;
  }

 private:
  struct GroupHit {
    std::uint32_t phrase = UINT32_MAX;
    std::uint32_t distance = UINT32_MAX;
    model::Span span;     // of the phrase; in the header's text for one of the header
    bool before = false;  // the phrase stands before the value, or heads its column
  };
  void look_around(const CompiledPattern& pattern, model::Span span);
  // What stands directly before: a word for the value, one that is its name alone.
  enum class Label { kNone, kShared, kOwn };
  Label label_of(const CompiledPattern& pattern, std::uint32_t at) const;
  bool lies_in_support(const CompiledPattern& pattern, model::Span against) const;
  void note_word(const ContextHit& hit, PatternSet& patterns) const;
  // The patterns for which a context word begins in a piece of the text.
  const PatternSet& words_in(std::uint32_t piece);
  // The context words in a column's header, and the patterns they speak for.
  struct Header {
    std::vector<ContextHit> hits;
    PatternSet patterns;
  };
  const Header& header_at(std::uint32_t at);
  void look_at(const CompiledPattern& pattern, const ContextHit& hit,
               std::uint32_t distance, bool before, bool after, std::string_view gap);
  std::uint32_t characters_between(std::uint32_t begin, std::uint32_t end,
                                   std::uint32_t most) const;
  int most_without_context(const CompiledPattern& pattern) const;
  int with_context(const CompiledPattern& pattern, Candidate::Column column,
                   int confidence, std::vector<std::string>* why) const;
  int with_surroundings(const CompiledPattern& pattern, model::Span span, int confidence,
                        std::vector<std::string>* why) const;

  const Database::Impl* database_;
  std::string_view text_;
  model::Zone zone_ = model::Zone::kBody;
  bool guessed_ = false;
  bool ascii_ = true;
  ContextIndex index_;
  TableView* tables_ = nullptr;
  Header no_header_;
  std::unordered_map<std::uint32_t, Header> headers_;  // by where their cell begins
  const Header* last_header_ = nullptr;
  model::Span last_header_cell_;
  // What the sets below were made of.
  struct Ground {
    model::Span near;  // pieces of text
    const Header* header = nullptr;
    const ColumnEvidence::Kind* kind = nullptr;
    std::uint32_t kind_version = 0;
    bool operator==(const Ground&) const = default;
  };
  Ground ground_;
  // The place that was looked round last: all groups of expressions that match there ask.
  std::uint32_t looked_at_ = UINT32_MAX;
  const Header* header_there_ = nullptr;
  const ColumnEvidence::Kind* kind_there_ = nullptr;
  PatternSet near_, whole_cell_, part_of_cell_;
  std::vector<std::uint32_t> set_of_piece_;  // into sets_; kNoSet: not looked for yet
  std::vector<PatternSet> sets_;
  std::size_t sets_used_ = 0;
  bool labelled_ = false;
  std::vector<std::uint16_t> named_by_;  // by phrase: how many patterns it names
  std::vector<GroupHit> nearest_;        // per context group of the pattern at hand
};

}  // namespace noshare::detect
