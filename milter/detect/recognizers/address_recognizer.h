// The recogniser "address": postal addresses, on one line or several.
//
// In:  every number of the text     Out: candidates from the house number to the locality
// A number is looked at twice: first whether a word of streets stands near it, which
// costs a few lookups, then by the grammar (address_grammar.h).
#pragma once

#include "detect/recognizer.h"
#include "detect/recognizers/address_grammar.h"

namespace noshare::detect {

class AddressRecognizer final : public Recognizer {
 public:
  explicit AddressRecognizer(const config::Pattern& pattern);

  const AnchorRequest& anchors() const noexcept override { return anchors_; }
  void recognize(const RecognizerInput& input,
                 std::vector<RawCandidate>& found) const override;

 private:
  AnchorRequest anchors_;
};

}  // namespace noshare::detect
