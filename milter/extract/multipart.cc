// Cuts multipart bodies. See multipart.h.
#include "extract/multipart.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "extract/header_block.h"

namespace noshare::extract {
namespace {

struct Delimiter {
  std::size_t begin = 0;  // the line end before it included
  std::size_t next = 0;   // after its own line end
  bool closing = false;
};

// Looks at line beginnings only, so that no boundary makes it slower than the text is
// long.
class DelimiterFinder {
 public:
  DelimiterFinder(std::string_view body, std::string_view boundary)
      : body_(body),
        boundary_(boundary),
        line_end_(body.find('\n') == std::string_view::npos ? '\r' : '\n') {}

  bool find(std::size_t from, Delimiter& out) const {
    for (std::size_t at = from; at < body_.size();) {
      if (is_delimiter(at, out)) return true;
      const std::size_t end = body_.find(line_end_, at);
      if (end == std::string_view::npos) return false;
      at = end + 1;
    }
    return false;
  }

 private:
  // White space behind the boundary is allowed; anything else is another boundary's line.
  bool is_delimiter(std::size_t at, Delimiter& out) const {
    std::string_view line = body_.substr(at);
    if (!line.starts_with("--") || !line.substr(2).starts_with(boundary_)) return false;
    std::size_t end = at + 2 + boundary_.size();
    out.closing = body_.substr(end).starts_with("--");
    if (out.closing) end += 2;
    while (end < body_.size() && (body_[end] == ' ' || body_[end] == '\t')) ++end;
    if (end < body_.size() && body_[end] == '\r') ++end;
    if (end < body_.size() && body_[end] == '\n') ++end;
    const bool ended =
        end == body_.size() || body_[end - 1] == '\n' || body_[end - 1] == '\r';
    if (!ended && !out.closing) return false;
    out.next = end;
    out.begin = at;
    if (out.begin > 0 && body_[out.begin - 1] == '\n') --out.begin;
    if (out.begin > 0 && body_[out.begin - 1] == '\r') --out.begin;
    return true;
  }

  std::string_view body_;
  std::string_view boundary_;
  char line_end_;
};

}  // namespace

MultipartCut cut_multipart(std::string_view body, std::string_view boundary,
                           std::size_t most_parts) {
  MultipartCut cut;
  const DelimiterFinder finder(body, boundary);
  std::size_t from = 0;
  bool inside = false;  // between a boundary line and the next
  for (;;) {
    Delimiter delimiter;
    const bool found = finder.find(from, delimiter);
    const std::size_t end = found ? std::max(delimiter.begin, from) : body.size();
    const std::string_view piece = body.substr(from, end - from);
    if (!inside) {
      if (!trimmed(piece).empty()) cut.outside.push_back(piece);
    } else if (cut.parts.size() >= most_parts) {
      cut.rest = body.substr(from);
      return cut;
    } else {
      cut.parts.push_back(piece);
    }
    if (!found) return cut;
    cut.found = true;
    cut.closed = cut.closed || delimiter.closing;
    inside = !delimiter.closing;
    from = delimiter.next;
  }
}

std::string_view guess_boundary(std::string_view body) {
  constexpr std::size_t kMostBytes = 202;  // twice what RFC 2046 allows
  for (std::size_t at = 0; at < body.size();) {
    const Line line = line_at(body, at);
    at = line.next;
    const std::string_view text = trimmed(line.text);
    if (!text.starts_with("--") || text.size() < 3 || text.size() > kMostBytes) continue;
    if (text.find_first_not_of('-') == std::string_view::npos) continue;
    if (text.find_first_of(" \t") != std::string_view::npos) continue;
    if (at >= body.size()) break;
    const Line after = line_at(body, at);
    if (equal_ignoring_case(after.text.substr(0, 8), "content-")) return text.substr(2);
  }
  return {};
}

}  // namespace noshare::extract
