// The recogniser "name": full names of persons, by gazetteer, by cues and in table
// columns.
//
// In:  pairs of capitalised words; words that head columns     Out: candidates
// A lone given name never reaches medium: it identifies nobody. The tagger can be
// exchanged.
#pragma once

#include <memory>

#include "detect/recognizer.h"
#include "detect/recognizers/name_labels.h"
#include "detect/recognizers/name_tagger.h"

namespace noshare::detect {

class NameRecognizer final : public Recognizer {
 public:
  explicit NameRecognizer(const config::Pattern& pattern);
  NameRecognizer(const config::Pattern& pattern,
                 std::unique_ptr<const NameTagger> tagger);

  const AnchorRequest& anchors() const noexcept override { return anchors_; }
  void recognize(const RecognizerInput& input,
                 std::vector<RawCandidate>& found) const override;

 private:
  std::uint32_t search_run(const RecognizerInput& input, std::uint32_t at,
                           std::vector<NameWord>& run, std::vector<RawCandidate>& found,
                           std::vector<LabelledName>& labelled) const;
  void search_small(const RecognizerInput& input, std::uint32_t at,
                    std::vector<NameWord>& run, std::vector<RawCandidate>& found) const;
  std::uint32_t search_columns(std::string_view text, std::uint32_t at,
                               std::vector<RawCandidate>& found) const;

  AnchorRequest anchors_;
  std::unique_ptr<const NameTagger> tagger_;
};

}  // namespace noshare::detect
