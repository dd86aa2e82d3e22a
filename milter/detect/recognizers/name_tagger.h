// Name tagger: text in, spans of personal names with scores out.
//
// The seam for taggers: the gazetteer below needs no training; a statistical model
// implements the same interface. Cues around a name are not a tagger's business
// (name_cues.h).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "detect/recognizers/name_run.h"

namespace noshare::detect {

struct NameSpan {
  model::Span span;
  int score = 0;      // 0-100, how sure that it is a person's name
  bool full = false;  // two names or more; a lone one identifies nobody
  const char* why = "";
};

class NameTagger {
 public:
  virtual ~NameTagger() = default;
  // Appends the names in `run`, words of `text` that stand together.
  virtual void tag(std::string_view text, std::span<const NameWord> run,
                   std::vector<NameSpan>& names) const = 0;
};

// Judges words by a gazetteer of given and family names, with a veto of common words.
class GazetteerTagger final : public NameTagger {
 public:
  void tag(std::string_view text, std::span<const NameWord> run,
           std::vector<NameSpan>& names) const override;
};

}  // namespace noshare::detect
