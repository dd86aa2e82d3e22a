#include "noshare/outbox/officer_link.h"

#include <array>
#include <charconv>

#include "noshare/base/text.h"

namespace noshare::outbox {

namespace {

constexpr std::array<const char*, 3> kActs{"open", "release", "deny"};
constexpr int kHex = 16;

std::string signed_part(const OfficerLink& link) {
  std::array<char, 20> until{};
  const auto end = std::to_chars(until.begin(), until.end(), link.until_us, kHex);
  return link.case_number + "." + name(link.act) + "." +
         std::string(until.data(), end.ptr);
}

std::string signature(const FingerprintKey& key, const std::string& part,
                      const std::string& account) {
  return key.of("officer link", part + "\n" + account).hex();
}

tl::unexpected<Error> no_link() {
  return fail(ErrorCode::kInvalidInput,
              "this link is not for this account, or was not made here");
}

}  // namespace

const char* name(LinkAct act) noexcept { return kActs[static_cast<std::size_t>(act)]; }

std::string make_link(const FingerprintKey& key, const OfficerLink& link) {
  const std::string part = signed_part(link);
  return part + "." + signature(key, part, link.account);
}

Result<OfficerLink> read_link(const FingerprintKey& key, const std::string& token,
                              const std::string& account, std::int64_t now_us) {
  const auto pieces = split(token, '.');
  if (pieces.size() != 4) return no_link();
  OfficerLink link;
  link.account = account;
  link.case_number = pieces[0];
  bool is_known = false;
  for (const LinkAct act : {LinkAct::kOpen, LinkAct::kRelease, LinkAct::kDeny}) {
    if (pieces[1] != name(act)) continue;
    link.act = act;
    is_known = true;
  }
  const auto [end, error] = std::from_chars(
      pieces[2].data(), pieces[2].data() + pieces[2].size(), link.until_us, kHex);
  if (!is_known || error != std::errc() || make_link(key, link) != token)
    return no_link();
  if (now_us >= link.until_us) {
    return fail(ErrorCode::kInvalidInput,
                "this link's time is over; look into the queue");
  }
  return link;
}

}  // namespace noshare::outbox
