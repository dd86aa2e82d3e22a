// Masks are made for a few kilobytes at a time and read while they are in the first-level
// cache. A mask without a bit costs one comparison.
#include "detect/region_finder.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace noshare::detect {
namespace {

constexpr std::size_t kBlocksAtOnce = 64;

// Gathers runs of set bits across blocks.
class RunCollector {
 public:
  RunCollector(std::uint32_t least, std::vector<model::Span>& runs)
      : least_(least), runs_(runs) {
    runs_.clear();
  }

  void add(std::uint64_t mask, std::uint32_t base) {
    if ((mask | open_) != 0 && least_ != 0) add_block(mask, base);
  }

  void finish(std::uint32_t end) { close(end, 0); }

 private:
  void add_block(std::uint64_t mask, std::uint32_t base) {
    if (open_ > 0) {
      const auto more = static_cast<std::uint32_t>(std::countr_one(mask));
      if (more == kBlockBytes) {
        open_ += more;
        return;
      }
      close(base, more);
      mask &= ~low_bits(more);
    }
    const int tail = std::countl_one(mask);
    open_ = static_cast<std::uint32_t>(tail);
    if (tail == 64) return;
    mask &= low_bits(64 - open_);
    if (may_hold_long_run(mask)) add_runs(mask, base);
  }

  void close(std::uint32_t base, std::uint32_t more) {
    if (open_ > 0 && open_ + more >= least_) runs_.push_back({base - open_, base + more});
    open_ = 0;
  }

  bool may_hold_long_run(std::uint64_t mask) const {
    for (std::uint32_t have = 1; have * 2 <= least_ && have < 32; have *= 2)
      mask &= mask >> have;
    return mask != 0;
  }

  void add_runs(std::uint64_t mask, std::uint32_t base) {
    while (mask != 0) {
      const int begin = std::countr_zero(mask);
      const int size = std::countr_one(mask >> begin);
      if (static_cast<std::uint32_t>(size) >= least_) {
        const auto at = base + static_cast<std::uint32_t>(begin);
        runs_.push_back({at, at + static_cast<std::uint32_t>(size)});
      }
      mask &= ~low_bits(static_cast<std::uint32_t>(begin + size));
    }
  }

  std::uint32_t least_;
  std::uint32_t open_ = 0;  // bytes of a run that reaches the end of the last block
  std::vector<model::Span>& runs_;
};

// Small words that stand between the parts of a name, by their length: "de", "van".
constexpr std::array<std::string_view, 6> kNameLinks{
    "",
    " t y e i ",
    " de da di do du al el la le zu af ",
    " van von den der del des dos das ter ten bin ibn abu ",
    " dell ",
    " della degli "};

bool is_name_link(std::string_view word) {
  if (word.empty() || word.size() >= kNameLinks.size()) return false;
  const std::string_view links = kNameLinks[word.size()];
  for (std::size_t at = 1; at < links.size(); at += word.size() + 1)
    if (links.substr(at, word.size()) == word) return true;
  return false;
}

// Pairs of neighbouring words with capitals, and words with a capital behind a link.
class CapitalPairs {
 public:
  CapitalPairs(std::string_view text, std::vector<model::Span>& pairs)
      : text_(text), pairs_(pairs) {
    pairs_.clear();
  }

  void add(const BlockMasks& masks, std::uint64_t carried_word, std::uint32_t base) {
    const std::uint64_t word = masks.word | masks.high;
    const std::uint64_t starts = word & ~(word << 1 | carried_word);
    for (std::uint64_t left = starts & masks.capital; left != 0; left &= left - 1) {
      const int bit = std::countr_zero(left);
      const std::uint64_t earlier = starts & low_bits(static_cast<std::uint32_t>(bit));
      std::uint32_t before = last_start_;
      bool is_capital = last_is_capital_;
      if (earlier != 0) {
        const int previous = 63 - std::countl_zero(earlier);
        before = base + static_cast<std::uint32_t>(previous);
        is_capital = (masks.capital >> previous & 1) != 0;
      }
      const std::uint32_t at = base + static_cast<std::uint32_t>(bit);
      if (is_capital || (at > before && is_linked(before, at)))
        pairs_.push_back({before, at + 1});
    }
    if (starts == 0) return;
    const int last = 63 - std::countl_zero(starts);
    last_start_ = base + static_cast<std::uint32_t>(last);
    last_is_capital_ = (masks.capital >> last & 1) != 0;
  }

 private:
  // " de Vries", " al-Zahra", " d'Estaing"
  bool is_linked(std::uint32_t link, std::uint32_t at) const {
    const char joint = text_[at - 1];
    if (joint == '\'' || joint == '-') return at - link <= 4;
    return joint == ' ' && is_name_link(text_.substr(link, at - 1 - link));
  }

  std::string_view text_;
  std::vector<model::Span>& pairs_;
  std::uint32_t last_start_ = 0;
  bool last_is_capital_ = false;
};

class Finder {
 public:
  Finder(std::string_view text, const RegionWants& wants, Regions& regions)
      : wants_(wants),
        regions_(regions),
        collectors_{RunCollector(wants.least_run[0], regions.runs[0]),
                    RunCollector(wants.least_run[1], regions.runs[1]),
                    RunCollector(wants.least_run[2], regions.runs[2]),
                    RunCollector(wants.least_run[3], regions.runs[3]),
                    RunCollector(wants.least_run[4], regions.runs[4])},
        pairs_(text, regions.capital_pairs) {}

  void add(const BlockMasks* masks, std::size_t blocks) {
    for (std::size_t i = 0; i < blocks; ++i, base_ += kBlockBytes) {
      const BlockMasks& block = masks[i];
      regions_.bits.push_back({block.word, block.digit, block.upper});
      collectors_[0].add(block.digit, base_);
      collectors_[1].add(block.at, base_);
      collectors_[2].add(block.joint, base_);
      collectors_[3].add(block.upper, base_);
      collectors_[4].add(block.token, base_);
      if (wants_.capital_words) pairs_.add(block, carried_word_, base_);
      carried_word_ = (block.word | block.high) >> 63;
      high_ |= block.high;
    }
  }

  void finish() {
    for (RunCollector& collector : collectors_) collector.finish(base_);
    regions_.ascii = high_ == 0;
  }

 private:
  const RegionWants& wants_;
  Regions& regions_;
  std::array<RunCollector, kLandmarkCount> collectors_;
  CapitalPairs pairs_;
  std::uint32_t base_ = 0;
  std::uint64_t carried_word_ = 0;
  std::uint64_t high_ = 0;
};

}  // namespace

void find_regions(std::string_view text, const RegionWants& wants, BlockKernel kernel,
                  Regions& regions) {
  regions.bits.clear();
  regions.bits.reserve(text.size() / kBlockBytes + 2);
  Finder finder(text, wants, regions);
  std::array<BlockMasks, kBlocksAtOnce> masks;
  const std::size_t whole = text.size() / kBlockBytes;
  for (std::size_t done = 0; done < whole;) {
    const std::size_t blocks = std::min(kBlocksAtOnce, whole - done);
    kernel(text.data() + done * kBlockBytes, blocks, masks.data());
    finder.add(masks.data(), blocks);
    done += blocks;
  }
  // The rest, and a byte that is in no set behind it, so that every run ends.
  std::array<char, kBlockBytes> last{};
  const std::string_view rest = text.substr(whole * kBlockBytes);
  if (!rest.empty()) std::memcpy(last.data(), rest.data(), rest.size());
  kernel(last.data(), 1, masks.data());
  finder.add(masks.data(), 1);
  finder.finish();
}

}  // namespace noshare::detect
