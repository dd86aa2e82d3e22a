// Widths of trees, and their form for Hyperscan.
#include "detect/regex.h"

#include <algorithm>

#include <fmt/format.h>

namespace noshare::detect {
namespace {

std::uint32_t product_of_bounds(std::uint32_t a, std::uint32_t b) {
  if (a == 0 || b == 0) return 0;
  if (a == kUnbounded || b == kUnbounded) return kUnbounded;
  const std::uint64_t product = std::uint64_t{a} * b;
  return product >= kUnbounded ? kUnbounded : static_cast<std::uint32_t>(product);
}

void write_bytes(const ByteSet& set, std::string& out) {
  out += '[';
  for (unsigned byte = 0; byte < 256; ++byte) {
    if (!set.has(byte)) continue;
    unsigned last = byte;
    while (last < 255 && set.has(last + 1)) ++last;
    out += fmt::format("\\x{:02x}", byte);
    if (last > byte) out += fmt::format("-\\x{:02x}", last);
    byte = last;
  }
  out += ']';
}

void write(const RegexNode& node, std::string& out) {
  switch (node.kind) {
    case RegexNode::Kind::kEmpty:
      return;
    case RegexNode::Kind::kBytes:
      return write_bytes(node.bytes, out);
    case RegexNode::Kind::kSequence:
      for (const RegexNode& child : node.children) write(child, out);
      return;
    case RegexNode::Kind::kAlternatives:
      out += "(?:";
      for (std::size_t i = 0; i < node.children.size(); ++i) {
        if (i > 0) out += '|';
        write(node.children[i], out);
      }
      out += ')';
      return;
    case RegexNode::Kind::kRepeat:
      out += "(?:";
      write(node.children.front(), out);
      out += node.most == kUnbounded ? fmt::format("){{{},}}", node.least)
                                     : fmt::format("){{{},{}}}", node.least, node.most);
      return;
  }
}

}  // namespace

std::uint32_t sum_of_bounds(std::uint32_t a, std::uint32_t b) {
  return a > kUnbounded - b ? kUnbounded : a + b;
}

Width width_of(const RegexNode& node) {
  switch (node.kind) {
    case RegexNode::Kind::kEmpty:
      return {0, 0};
    case RegexNode::Kind::kBytes:
      return {1, 1};
    case RegexNode::Kind::kSequence: {
      Width sum;
      for (const RegexNode& child : node.children) {
        const Width width = width_of(child);
        sum.least = sum_of_bounds(sum.least, width.least);
        sum.most = sum_of_bounds(sum.most, width.most);
      }
      return sum;
    }
    case RegexNode::Kind::kAlternatives: {
      Width all{kUnbounded, 0};
      for (const RegexNode& child : node.children) {
        const Width width = width_of(child);
        all.least = std::min(all.least, width.least);
        all.most = std::max(all.most, width.most);
      }
      return all;
    }
    case RegexNode::Kind::kRepeat:
      break;
  }
  const Width once = width_of(node.children.front());
  return {product_of_bounds(once.least, node.least),
          product_of_bounds(once.most, node.most)};
}

std::string to_hyperscan(const RegexNode& node) {
  std::string out;
  write(node, out);
  return out;
}

}  // namespace noshare::detect
