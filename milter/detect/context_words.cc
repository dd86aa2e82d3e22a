// A hash probe per word, and most words are turned away by their first bytes and length
// before.
#include "detect/context_words.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <numeric>

#include "noshare/base/text.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostWordBytes = 63;
constexpr std::size_t kMostGapBytes = 16;  // between the words of a phrase

// Eight bytes at a time; only the words of a pack and those like them are hashed.
std::uint64_t hash_of(std::string_view word) {
  constexpr std::uint64_t kFactor = 0x9E37'79B9'7F4A'7C15;
  std::uint64_t hash = word.size() * kFactor;
  while (!word.empty()) {
    std::uint64_t piece = 0;
    const std::size_t size = std::min(word.size(), sizeof piece);
    std::memcpy(&piece, word.data(), size);
    hash = (hash ^ piece) * kFactor;
    hash ^= hash >> 32;
    word.remove_prefix(size);
  }
  return hash;
}

// The next word at or after `at`; empty at the end of the text.
model::Span next_word(std::string_view text, std::size_t at) {
  const auto span = [](std::size_t begin, std::size_t end) {
    return model::Span{static_cast<std::uint32_t>(begin),
                       static_cast<std::uint32_t>(end)};
  };
  std::size_t begin = text.size();
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    std::uint32_t bytes = 1;
    bool in_word = is_ascii_alnum(text[at]);
    if (byte >= 0x80) {
      const CodePoint point = code_point_at(text, at);
      bytes = point.bytes;
      in_word = is_word_character(point.value);
      if (!in_word && is_spaceless_letter(point.value))
        return begin < at ? span(begin, at) : span(at, at + bytes);
    }
    if (in_word) {
      begin = std::min(begin, at);
    } else if (begin < at) {
      return span(begin, at);
    }
    at += bytes;
  }
  return span(std::min(begin, text.size()), text.size());
}

std::string_view piece(std::string_view text, model::Span span) {
  return text.substr(span.begin, span.end - span.begin);
}

bool is_word_piece(char c) {
  return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

// What may stand between the words of a phrase: spaces and one mark, behind the full stop
// of an abbreviation ("St.-Nr.") one more.
bool is_gap(std::string_view text) {
  if (text.size() > kMostGapBytes) return false;
  if (text.starts_with('.')) text.remove_prefix(1);
  if (text.starts_with("\u00B0")) text.remove_prefix(2);  // "n° de compte"
  int marks = 0;
  for (char c : text) {
    if (is_ascii_space(c)) continue;
    if (std::string_view("-_./:'").find(c) == std::string_view::npos) return false;
    ++marks;
  }
  return marks <= 1;
}

// Folds into `buffer` when the word is not in lower case already.
std::string_view fold(std::string_view word, std::string& buffer) {
  const auto changes = [](char c) {
    return is_ascii_upper(c) || static_cast<unsigned char>(c) >= 0x80;
  };
  if (std::none_of(word.begin(), word.end(), changes)) return word;
  buffer = folded(word);
  return buffer;
}

}  // namespace

Result<std::uint32_t> ContextWords::add(const std::string& phrase) {
  Phrase added{phrase, {}};
  for (std::size_t at = 0;;) {
    const model::Span word = next_word(phrase, at);
    if (word.begin == word.end) break;
    added.words.push_back(folded(piece(phrase, word)));
    at = word.end;
  }
  if (added.words.empty())
    return fail(ErrorCode::kInvalidInput,
                "context word '" + phrase + "' has no letter or digit");
  if (added.words.front().size() > kMostWordBytes)
    return fail(ErrorCode::kInvalidInput, "context word '" + phrase + "' is too long");
  std::string words;
  for (const std::string& word : added.words) (words += word) += ' ';
  const auto [known, is_new] =
      numbers_.try_emplace(words, static_cast<std::uint32_t>(phrases_.size()));
  if (is_new) phrases_.push_back(std::move(added));
  return known->second;
}

void ContextWords::finish() {
  numbers_.clear();
  order_.resize(phrases_.size());
  std::iota(order_.begin(), order_.end(), 0U);
  std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return phrases_[a].words < phrases_[b].words;
  });
  slots_.assign(std::bit_ceil(phrases_.size() * 2 + 1), Slot{});
  for (std::uint32_t first = 0; first < order_.size();) {
    const std::string& word = phrases_[order_[first]].words.front();
    std::uint32_t last = first;
    while (last < order_.size() && phrases_[order_[last]].words.front() == word) ++last;
    const std::uint64_t hash = hash_of(word);
    std::size_t at = hash & (slots_.size() - 1);
    while (slots_[at].last != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = {hash, first, last};
    std::uint64_t beginning = 0;
    std::memcpy(&beginning, word.data(), std::min(word.size(), sizeof beginning));
    const std::uint64_t bit = beginning_of(beginning, word.size());
    beginnings_[bit / 64] |= std::uint64_t{1} << (bit % 64);
    first = last;
  }
}

const ContextWords::Slot* ContextWords::slot_of(std::string_view word) const {
  const std::uint64_t hash = hash_of(word);
  for (std::size_t at = hash & (slots_.size() - 1); slots_[at].last != 0;
       at = (at + 1) & (slots_.size() - 1)) {
    if (slots_[at].hash == hash &&
        phrases_[order_[slots_[at].first]].words.front() == word)
      return &slots_[at];
  }
  return nullptr;
}

namespace {

// The words behind a phrase's first, each read once for all phrases that begin alike.
class WordsBehind {
 public:
  WordsBehind(std::string_view text, model::Span first) : text_(text), last_(first) {}

  // Where the word ends if it is this one, `index` words behind the first; 0 if it is
  // not.
  std::uint32_t end_of(std::size_t index, std::string_view folded_word) {
    while (words_.size() <= index && !ended_) read();
    const bool same = index < words_.size() && words_[index].folded == folded_word;
    return same ? words_[index].end : 0;
  }

 private:
  struct Word {
    std::uint32_t end = 0;
    std::string folded;
  };
  void read() {
    const model::Span next = next_word(text_, last_.end);
    ended_ = next.begin == next.end ||
             !is_gap(text_.substr(last_.end, next.begin - last_.end));
    if (!ended_) words_.push_back({next.end, folded(piece(text_, next))});
    last_ = next;
  }

  std::string_view text_;
  model::Span last_;
  std::vector<Word> words_;
  bool ended_ = false;
};

}  // namespace

void ContextWords::probe(std::string_view text, model::Span word,
                         std::string_view folded_word,
                         std::vector<ContextHit>& hits) const {
  if (folded_word.size() > kMostWordBytes) return;
  const Slot* slot = slot_of(folded_word);
  if (slot == nullptr) return;
  WordsBehind behind(text, word);
  for (std::uint32_t i = slot->first; i < slot->last; ++i) {
    const std::vector<std::string>& words = phrases_[order_[i]].words;
    std::uint32_t end = word.end;
    for (std::size_t at = 1; at < words.size() && end != 0; ++at)
      end = behind.end_of(at - 1, words[at]);
    if (end != 0) hits.push_back({{word.begin, end}, order_[i]});
  }
}

// Words of ASCII are found sixty-four bytes at a time; what holds other bytes is cut into
// words as Unicode has it.
void ContextWords::find(std::string_view text, std::uint32_t begin, std::uint32_t end,
                        std::vector<ContextHit>& hits) const {
  if (slots_.empty()) return;
  constexpr auto kBlock = static_cast<std::uint32_t>(kBlockBytes);
  bool inside = begin > 0 && is_word_piece(text[begin - 1]);  // of a word before
  std::uint32_t done = begin;                                 // words before are read
  for (std::uint32_t block = begin; block < end; block += kBlock) {
    BlockMasks masks;
    if (text.size() - block >= kBlock) {
      kernel_(text.data() + block, 1, &masks);
    } else {
      std::array<char, kBlock> rest{};
      std::memcpy(rest.data(), text.data() + block, text.size() - block);
      kernel_(rest.data(), 1, &masks);
    }
    const std::uint64_t word = masks.token | masks.high;
    std::uint64_t starts = word & ~(word << 1 | (inside ? 1U : 0U));
    inside = word >> (kBlock - 1) != 0;
    for (; starts != 0; starts &= starts - 1) {
      const auto bit = static_cast<std::uint32_t>(std::countr_zero(starts));
      const std::uint32_t at = block + bit;
      if (at >= end) return;
      if (at < done) continue;
      const auto here = static_cast<std::uint32_t>(std::countr_one(word >> bit));
      done = at + here;
      bool ascii = (masks.high >> bit & low_bits(here)) == 0;
      if (ascii && done < block + kBlock && !may_begin_phrase(text, at, here)) continue;
      if (done == block + kBlock) {
        for (; done < text.size() && is_word_piece(text[done]); ++done)
          ascii = ascii && static_cast<unsigned char>(text[done]) < 0x80;
      }
      if (ascii) {
        read_word(text, {at, done}, hits);
      } else {
        read_run(text, {at, done}, end, hits);
      }
    }
  }
}

void ContextWords::read_word(std::string_view text, model::Span word,
                             std::vector<ContextHit>& hits) const {
  const std::size_t size = word.end - word.begin;
  if (size > kMostWordBytes || !may_begin_phrase(text, word.begin, word.end - word.begin))
    return;
  std::array<char, kMostWordBytes> lower;
  std::transform(text.begin() + word.begin, text.begin() + word.end, lower.begin(),
                 ascii_lower);
  probe(text, word, {lower.data(), size}, hits);
}

// A run of letters, digits and bytes outside ASCII.
void ContextWords::read_run(std::string_view text, model::Span run, std::uint32_t end,
                            std::vector<ContextHit>& hits) const {
  std::string buffer;
  for (model::Span word = next_word(text, run.begin);
       word.begin < std::min(run.end, end) && word.begin < word.end;
       word = next_word(text, word.end))
    probe(text, word, fold(piece(text, word), buffer), hits);
}

void ContextIndex::reset(const ContextWords* words, std::string_view text) {
  words_ = words;
  text_ = text;
  pieces_.assign(text.size() / kPieceBytes + 1, Piece{});
  hits_.clear();
}

// The words that begin in the piece. One that reaches into it is read from its beginning,
// so that it is not taken for another; a very long run is no word of a pack.
void ContextIndex::read(std::size_t number) {
  const auto begin = static_cast<std::uint32_t>(number * kPieceBytes);
  const auto end = static_cast<std::uint32_t>(
      std::min<std::size_t>(begin + kPieceBytes, text_.size()));
  std::size_t from = boundary_before(text_, begin);
  while (from > 0 && begin - from < kMostWordBytes && is_word_piece(text_[from - 1]))
    --from;
  const std::size_t first = hits_.size();
  words_->find(text_, static_cast<std::uint32_t>(from), end, hits_);
  const auto before =
      std::find_if(hits_.begin() + static_cast<std::ptrdiff_t>(first), hits_.end(),
                   [begin](const ContextHit& hit) { return hit.span.begin >= begin; });
  hits_.erase(hits_.begin() + static_cast<std::ptrdiff_t>(first), before);
  pieces_[number] = {static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(hits_.size())};
}

}  // namespace noshare::detect
