// Prints: words in order, a hash of each five of them, the least of each four hashes.
#include <algorithm>
#include <deque>

#include "noshare/base/text.h"
#include "noshare/forms/forms.h"

namespace noshare::forms {

namespace {

struct Word {
  std::string text;  // lower case
  std::uint32_t segment = 0;
  model::Span span;
};

// Letters and digits of any script: bytes above ASCII belong to words.
bool in_word(char c) {
  return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

class Winnower {
 public:
  Winnower(const ShortHashKey& key, std::vector<Print>& prints)
      : key_(key), prints_(prints) {}

  void add(Word word) {
    words_.push_back(std::move(word));
    if (words_.size() < kWords) return;
    scratch_.clear();
    for (const Word& one : words_) {
      scratch_ += one.text;
      scratch_ += ' ';
    }
    // Within one segment the print spans its words; across segments, those of the first.
    const Word& first = words_.front();
    model::Span span = first.span;
    for (const Word& one : words_) {
      if (one.segment == first.segment) span.end = one.span.end;
    }
    window_.push_back({key_.of(scratch_), first.segment, span});
    words_.pop_front();
    if (window_.size() < kWindow) return;
    keep_least();
    window_.pop_front();
  }

  // A text shorter than a window has a print all the same.
  void finish() {
    if (!window_.empty() && window_.size() < kWindow && !kept_any_) keep_least();
  }

 private:
  // The rightmost of equals, and each once.
  void keep_least() {
    const auto least =
        std::min_element(window_.rbegin(), window_.rend(),
                         [](const Print& a, const Print& b) { return a.hash < b.hash; });
    const std::size_t at =
        begun_ + static_cast<std::size_t>(std::distance(least, window_.rend())) - 1;
    ++begun_;
    if (kept_any_ && at == kept_at_) return;
    kept_any_ = true;
    kept_at_ = at;
    prints_.push_back(*least);
  }

  const ShortHashKey& key_;
  std::vector<Print>& prints_;
  std::deque<Word> words_;
  std::deque<Print> window_;
  std::string scratch_;
  std::size_t begun_ = 0;  // number of the window's first hash
  std::size_t kept_at_ = 0;
  bool kept_any_ = false;
};

}  // namespace

std::vector<Print> prints_of(std::span<const model::Segment> segments,
                             const ShortHashKey& key) {
  std::vector<Print> prints;
  Winnower winnower(key, prints);
  for (std::uint32_t i = 0; i < segments.size(); ++i) {
    const model::Zone zone = segments[i].zone;
    if (zone == model::Zone::kSubject || zone == model::Zone::kHeader ||
        zone == model::Zone::kFilename || zone == model::Zone::kMetadata) {
      continue;
    }
    const std::string& text = segments[i].text;
    for (std::size_t at = 0; at < text.size();) {
      if (!in_word(text[at])) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && in_word(text[end])) ++end;
      winnower.add({ascii_lowered(std::string_view(text).substr(at, end - at)),
                    i,
                    {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}});
      at = end;
    }
  }
  winnower.finish();
  return prints;
}

}  // namespace noshare::forms
