// Reply templates: see noshare/config/reply_template.h.
#include "noshare/config/reply_template.h"

#include <algorithm>
#include <array>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::config {

namespace {

constexpr std::array<Placeholder, 9> kPlaceholders = {{
    {"count", "how many findings the rule counted"},
    {"values", "how many different values among them"},
    {"subjects", "how many different people they belong to"},
    {"entity", "what was found, by its id: payment_card_number"},
    {"title", "what was found, in words: Payment card number"},
    {"masked", "the first values, masked: ************1111"},
    {"recipient_domain", "the domain of the first recipient the rule refused"},
    {"rule", "the rule's id"},
    {"case", "the case number, to quote to the compliance officer"},
}};

// The next "{...}" at or after `at`, braces included; empty at the end.
std::string_view next_placeholder(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('{', at);
  if (open == std::string_view::npos) return {};
  const std::size_t close = text.find('}', open);
  return text.substr(open, close == std::string_view::npos ? close : close - open + 1);
}

}  // namespace

std::span<const Placeholder> reply_placeholders() { return kPlaceholders; }

std::vector<PlaceholderFault> placeholder_faults(std::string_view text,
                                                 std::span<const Placeholder> known) {
  std::vector<std::string> names;
  for (const Placeholder& one : known) names.emplace_back(one.name);
  std::vector<PlaceholderFault> faults;
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view found = next_placeholder(text, at);
    if (found.empty()) break;
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    at = begin + found.size();
    if (found.back() != '}') {
      faults.push_back({begin, "a '{' without its '}'"});
      continue;
    }
    const std::string name(found.substr(1, found.size() - 2));
    if (std::find(names.begin(), names.end(), name) != names.end()) continue;
    std::string message = "unknown placeholder '{" + name + "}', expected one of";
    for (const std::string& one : names) message += " {" + one + "}";
    if (const auto guess = closest(name, names)) {
      message += "; did you mean '{" + *guess + "}'?";
    }
    faults.push_back({begin, std::move(message)});
  }
  return faults;
}

Result<void> check_placeholders(std::string_view text) {
  const auto faults = placeholder_faults(text, kPlaceholders);
  if (faults.empty()) return {};
  return fail(ErrorCode::kInvalidInput, faults.front().message);
}

std::string fill_reply(std::string_view text, std::span<const ReplyValue> values) {
  std::string filled;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::string_view found = next_placeholder(text, at);
    if (found.empty()) break;
    const auto begin = static_cast<std::size_t>(found.data() - text.data());
    filled += text.substr(at, begin - at);
    const std::string_view name = found.substr(1, found.size() - 2);
    const auto value = std::find_if(values.begin(), values.end(),
                                    [&](const auto& v) { return v.name == name; });
    filled += value == values.end() ? std::string(found) : value->text;
    at = begin + found.size();
  }
  return filled.append(text.substr(std::min(at, text.size())));
}

}  // namespace noshare::config
