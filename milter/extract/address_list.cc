// A tolerant address list reader. See address_list.h.
#include "extract/address_list.h"

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

#include "extract/header_text.h"

namespace noshare::extract {
namespace {

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return begin >= end; }
};

// More than any mail has; what follows is kept as one name, so that it is still scanned.
constexpr std::size_t kMostMailboxes = 10'000;

// What was seen of the mailbox that is being read.
struct Pieces {
  Range phrase;   // before '<'
  Range angle;    // between '<' and '>'
  Range comment;  // the last one's content
  bool has_angle = false;
};

Range trimmed_range(std::string_view raw, Range range) {
  while (!range.empty() && is_ascii_space(raw[range.begin])) ++range.begin;
  while (!range.empty() && is_ascii_space(raw[range.end - 1])) --range.end;
  return range;
}

std::string_view text_of(std::string_view raw, Range range) {
  return range.empty() ? std::string_view()
                       : raw.substr(range.begin, range.end - range.begin);
}

// After a quoted string, a comment or an angle address; at the end if it is not closed.
std::size_t skip_quoted(std::string_view raw, std::size_t at) {
  for (++at; at < raw.size() && raw[at] != '"'; ++at) {
    if (raw[at] == '\\') ++at;
  }
  return std::min(raw.size(), at + 1);
}

std::size_t skip_comment(std::string_view raw, std::size_t at) {
  std::size_t depth = 0;
  for (; at < raw.size(); ++at) {
    if (raw[at] == '\\') {
      ++at;
    } else if (raw[at] == '(') {
      ++depth;
    } else if (raw[at] == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return raw.size();
}

// "@relay,@relay:box@host" is an obsolete route; the mailbox stands last.
std::string_view without_route(std::string_view address) {
  if (!address.starts_with('@')) return address;
  const std::size_t colon = address.find(':');
  return colon == std::string_view::npos ? address : address.substr(colon + 1);
}

void finish(std::string_view raw, const Pieces& pieces, std::vector<Mailbox>& out) {
  Mailbox mailbox;
  const Range phrase = trimmed_range(raw, pieces.phrase);
  Range name = phrase;
  if (pieces.has_angle) {
    mailbox.address =
        normalised_address(without_route(trimmed(text_of(raw, pieces.angle))));
  } else if (text_of(raw, phrase).find('@') != std::string_view::npos) {
    const std::string_view bare = text_of(raw, phrase);
    const bool only_address = bare.find_first_of(" \t\r\n") == std::string_view::npos;
    if (only_address) mailbox.address = normalised_address(bare);
    if (only_address) name = {};
  }
  if (name.empty()) name = trimmed_range(raw, pieces.comment);
  if (!name.empty()) {
    mailbox.name = decode_header_text(text_of(raw, name), true);
    mailbox.name_begin = name.begin;
    mailbox.name_end = name.end;
  }
  if (!mailbox.address.empty() || !mailbox.name.text.empty())
    out.push_back(std::move(mailbox));
}

}  // namespace

std::vector<Mailbox> parse_address_list(std::string_view raw) {
  std::vector<Mailbox> mailboxes;
  Pieces pieces;
  const auto next_mailbox = [&](std::size_t from) {
    finish(raw, pieces, mailboxes);
    pieces = {};
    pieces.phrase = {from, from};
  };
  // The phrase grows over quoted strings and words, up to an angle address or a comment.
  bool phrase_closed = false;
  for (std::size_t at = 0; at < raw.size();) {
    if (mailboxes.size() >= kMostMailboxes) {
      pieces = {{at, raw.size()}, {}, {}, false};
      break;
    }
    const char c = raw[at];
    std::size_t next = at + 1;
    if (c == ',' || c == ';' || (c == ':' && !pieces.has_angle)) {
      next_mailbox(next);
      phrase_closed = false;
    } else if (c == '"') {
      next = skip_quoted(raw, at);
      if (!phrase_closed) pieces.phrase.end = next;
    } else if (c == '(') {
      next = skip_comment(raw, at);
      const bool closed = raw[next - 1] == ')';
      pieces.comment = {at + 1, closed ? next - 1 : next};
      if (trimmed_range(raw, pieces.phrase).empty())
        pieces.phrase = {next, next};
      else
        phrase_closed = true;
    } else if (c == '<') {
      next = std::min(raw.find('>', at), raw.size());
      pieces.angle = {at + 1, next};
      pieces.has_angle = true;
      phrase_closed = true;
      next = std::min(raw.size(), next + 1);
    } else if (!phrase_closed) {
      pieces.phrase.end = next;
    } else if (!is_ascii_space(c) && !pieces.has_angle) {
      pieces.phrase.end = next;  // a word after a comment
    }
    at = next;
  }
  finish(raw, pieces, mailboxes);
  return mailboxes;
}

}  // namespace noshare::extract
