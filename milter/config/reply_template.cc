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

Result<void> check_placeholders(std::string_view text) {
  std::vector<std::string> names;
  for (const Placeholder& one : kPlaceholders) names.emplace_back(one.name);
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view found = next_placeholder(text, at);
    if (found.empty()) return {};
    if (found.back() != '}') {
      return fail(ErrorCode::kInvalidInput, "a '{' without its '}'");
    }
    const std::string name(found.substr(1, found.size() - 2));
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      std::string message = "unknown placeholder '{" + name + "}', expected one of";
      for (const std::string& known : names) message += " {" + known + "}";
      if (const auto guess = closest(name, names)) {
        message += "; did you mean '{" + *guess + "}'?";
      }
      return fail(ErrorCode::kInvalidInput, message);
    }
    at = static_cast<std::size_t>(found.data() - text.data()) + found.size();
  }
  return {};
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
