// The recogniser "phone": telephone numbers, international and national, with extensions.
//
// In:  clusters of seven digits or more     Out: candidates, E.164 digits where known
// Forms that say little by themselves count only near a word of the pattern's `near`
// lists.
#pragma once

#include "detect/recognizer.h"
#include "detect/recognizers/cue_words.h"
#include "detect/recognizers/digit_groups.h"

namespace noshare::detect {

class PhoneRecognizer final : public Recognizer {
 public:
  explicit PhoneRecognizer(const config::Pattern& pattern);

  const AnchorRequest& anchors() const noexcept override { return anchors_; }
  void recognize(const RecognizerInput& input,
                 std::vector<RawCandidate>& found) const override;

 private:
  void search_run(std::string_view text, std::span<const DigitGroup> run,
                  std::vector<RawCandidate>& found) const;
  std::size_t best_from(std::string_view text, std::span<const DigitGroup> run,
                        std::size_t first, std::vector<RawCandidate>& found) const;

  AnchorRequest anchors_;
  CueWords cues_;
};

}  // namespace noshare::detect
