// Finds quoted text and signatures by their lines. See regions.h.
#include "extract/regions.h"

#include <algorithm>
#include <array>
#include <string>

#include "noshare/base/text.h"

#include "extract/address_list.h"
#include "extract/header_block.h"

namespace noshare::extract {
namespace {

using model::Region;
using model::RegionKind;
using model::Span;

constexpr std::size_t kMostSignatureLines = 8;   // after a closing phrase
constexpr std::size_t kMostDelimitedLines = 15;  // after "-- "
constexpr std::size_t kMostSignatureColumns = 100;

// The lines of a text, kept by where they begin: mails of millions of lines are read.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {
    for (std::size_t at = 0; at < text.size();) {
      begins_.push_back(static_cast<std::uint32_t>(at));
      at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    begins_.push_back(static_cast<std::uint32_t>(text.size()));
  }

  std::size_t size() const { return begins_.size() - 1; }
  std::uint32_t begin(std::size_t i) const { return begins_[i]; }
  std::uint32_t next(std::size_t i) const { return begins_[i + 1]; }
  std::string_view text(std::size_t i) const {
    std::string_view line = text_.substr(begin(i), next(i) - begin(i));
    if (line.ends_with('\n')) line.remove_suffix(1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> begins_;
};

bool starts_with_word(std::string_view line, std::string_view word) {
  return equal_ignoring_case(line.substr(0, word.size()), word);
}

// The labels of a quoted head's lines: author, date, recipients, in the languages that
// mail programs are used in most.
constexpr std::array<std::string_view, 16> kAuthorLabels = {
    "from:",   "von:", "de:",        "da:",       "van:",         "från:",
    "fra:",    "od:",  "lähettäjä:", "mittente:", "expéditeur :", "de :",
    "feladó:", "от:",  "发件人:",    "差出人:"};
constexpr std::array<std::string_view, 20> kRecipientLabels = {
    "to:",           "cc:",      "an:",   "à:",      "à :",    "para:", "a:",
    "aan:",          "till:",    "til:",  "do:",     "kopie:", "cc :",  "vastaanottaja:",
    "destinatario:", "címzett:", "кому:", "收件人:", "宛先:",  "kopia:"};
constexpr std::array<std::string_view, 18> kOtherLabels = {
    "sent:",    "date:",    "subject:", "gesendet:",  "datum:",     "betreff:",
    "envoyé:",  "envoyé :", "objet:",   "objet :",    "enviado:",   "asunto:",
    "assunto:", "inviato:", "oggetto:", "verzonden:", "onderwerp:", "skickat:"};

enum class HeadLine { kNone, kAuthor, kRecipient, kOther };

struct HeadLabel {
  HeadLine kind = HeadLine::kNone;
  std::size_t size = 0;
};

// Leading marks that programs put before a head's lines: quote marks, bold stars.
std::string_view without_marks(std::string_view line) {
  while (!line.empty() &&
         (line[0] == '>' || line[0] == '*' || line[0] == ' ' || line[0] == '\t')) {
    line.remove_prefix(1);
  }
  return line;
}

HeadLabel head_label(std::string_view line) {
  constexpr std::size_t kLongest = 24;  // bytes of a label, at least
  if (line.substr(0, kLongest).find(':') == std::string_view::npos) return {};
  for (std::string_view label : kAuthorLabels) {
    if (starts_with_word(line, label)) return {HeadLine::kAuthor, label.size()};
  }
  for (std::string_view label : kRecipientLabels) {
    if (starts_with_word(line, label)) return {HeadLine::kRecipient, label.size()};
  }
  for (std::string_view label : kOtherLabels) {
    if (starts_with_word(line, label)) return {HeadLine::kOther, label.size()};
  }
  return {};
}

// "-----Original Message-----" and its translations: a phrase between dashes or
// underscores.
bool is_divider(std::string_view line) {
  line = trimmed(line);
  if (!line.starts_with('-') && !line.starts_with('_')) return false;
  if (line.size() < 6) return false;
  if (line.find_first_not_of('_') == std::string_view::npos) return line.size() >= 20;
  if (!line.starts_with("--") || !line.ends_with("--")) return false;
  const std::size_t first = line.find_first_not_of('-');
  if (first == std::string_view::npos) return false;
  const std::size_t last = line.find_last_not_of('-');
  const std::string phrase = ascii_lowered(trimmed(line.substr(first, last - first + 1)));
  constexpr std::array<std::string_view, 11> kPhrases = {
      "original message",       "forwarded message",         "ursprüngliche nachricht",
      "original-nachricht",     "weitergeleitete nachricht", "message d'origine",
      "message original",       "mensaje original",          "messaggio originale",
      "oorspronkelijk bericht", "mensagem original"};
  return std::find(kPhrases.begin(), kPhrases.end(), phrase) != kPhrases.end();
}

// A head of at least three labelled lines, an author's among the first two.
bool is_head_block(const Lines& lines, std::size_t at) {
  std::size_t labelled = 0;
  bool author = false;
  for (std::size_t i = at; i < lines.size() && i < at + 6; ++i) {
    const HeadLabel label = head_label(without_marks(lines.text(i)));
    if (label.kind == HeadLine::kNone) {
      if (i == at) return false;
      continue;  // a folded line
    }
    ++labelled;
    author = author || (label.kind == HeadLine::kAuthor && i < at + 2);
  }
  return author && labelled >= 3;
}

bool is_quote_line(std::string_view line) {
  if (!line.empty() && is_ascii_alnum(line[0])) return false;  // most are told so
  const std::string_view text = trimmed(line);
  return text.starts_with('>') || text.starts_with("|>");
}

// "Kind regards," and its like, alone on a line.
bool is_closing(std::string_view line) {
  constexpr std::array<std::string_view, 34> kClosings = {"kind regards",
                                                          "best regards",
                                                          "warm regards",
                                                          "with kind regards",
                                                          "with best regards",
                                                          "regards",
                                                          "best",
                                                          "best wishes",
                                                          "many thanks",
                                                          "thanks",
                                                          "thank you",
                                                          "cheers",
                                                          "sincerely",
                                                          "yours sincerely",
                                                          "yours faithfully",
                                                          "yours truly",
                                                          "mit freundlichen grüßen",
                                                          "mit freundlichen gruessen",
                                                          "freundliche grüße",
                                                          "freundliche grüsse",
                                                          "viele grüße",
                                                          "beste grüße",
                                                          "liebe grüße",
                                                          "mfg",
                                                          "cordialement",
                                                          "bien cordialement",
                                                          "salutations distinguées",
                                                          "saludos",
                                                          "un saludo",
                                                          "saludos cordiales",
                                                          "cordiali saluti",
                                                          "distinti saluti",
                                                          "met vriendelijke groet",
                                                          "atenciosamente"};
  std::string_view phrase = trimmed(line);
  while (!phrase.empty() &&
         (phrase.back() == ',' || phrase.back() == '.' || phrase.back() == '!')) {
    phrase.remove_suffix(1);
  }
  constexpr std::size_t kLongest = 28;  // bytes of a closing, at least
  if (phrase.size() > kLongest) return false;
  return std::any_of(kClosings.begin(), kClosings.end(), [&](std::string_view closing) {
    return equal_ignoring_case(phrase, closing);
  });
}

// Marks the lines that are quoted; returns where the author's own text ends for good.
std::size_t mark_quoted(const Lines& lines, const std::vector<Span>& known,
                        std::vector<bool>& quoted) {
  std::size_t block = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    while (block < known.size() && known[block].end <= lines.begin(i)) ++block;
    const bool in_block = block < known.size() && lines.begin(i) >= known[block].begin;
    quoted[i] = in_block || is_quote_line(lines.text(i));
    if (!quoted[i] && (is_divider(lines.text(i)) || is_head_block(lines, i))) {
      // Under an underscore rule a head must follow; a rule alone divides chapters.
      const bool rule =
          trimmed(lines.text(i)).find_first_not_of('_') == std::string_view::npos;
      if (rule && !(i + 1 < lines.size() && is_head_block(lines, i + 1))) continue;
      std::fill(quoted.begin() + static_cast<std::ptrdiff_t>(i), quoted.end(), true);
      return i;
    }
  }
  return lines.size();
}

// "On Monday Bo Ek wrote:" above the quote that begins at line `quote`, perhaps over two
// lines: it speaks of the quote's author. The first of its lines; `quote` without one.
std::size_t quote_head(const Lines& lines, std::size_t first, std::size_t quote) {
  std::size_t end = quote;
  while (end > first && trimmed(lines.text(end - 1)).empty()) --end;
  if (end == first || !trimmed(lines.text(end - 1)).ends_with(':')) return quote;
  const auto has_address = [&](std::size_t i) {
    return lines.text(i).find('@') != std::string_view::npos;
  };
  const bool in_two =
      end - 1 > first && !has_address(end - 1) && has_address(end - 2) &&
      lines.text(end - 1).find_first_of("0123456789") == std::string_view::npos;
  return end - (in_two ? 2 : 1);
}

// The first line after the signature that begins at `first`: it ends with the text, or
// where quoted text or the line that introduces it begins.
std::size_t signature_end(const Lines& lines, const std::vector<bool>& quoted,
                          std::size_t first) {
  std::size_t end = first;
  while (end < lines.size() && !quoted[end]) ++end;
  return end == lines.size() ? end : quote_head(lines, first, end);
}

bool is_signature(const Lines& lines, std::size_t first, std::size_t end,
                  std::size_t most_lines) {
  std::size_t filled = 0;
  for (std::size_t i = first; i < end; ++i) {
    if (trimmed(lines.text(i)).empty()) continue;
    if (lines.text(i).size() > kMostSignatureColumns) return false;
    ++filled;
  }
  return filled > 0 && filled <= most_lines;
}

struct LineRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The last delimiter or closing phrase in the author's own text that a block short enough
// follows.
LineRange find_signature(const Lines& lines, const std::vector<bool>& quoted) {
  constexpr std::size_t kLooked = 200;  // lines of own text, from its end
  std::size_t looked = 0;
  for (std::size_t i = lines.size(); i-- > 0 && looked < kLooked;) {
    if (quoted[i]) continue;
    ++looked;
    const std::string_view text = lines.text(i);
    const bool delimiter = text == "-- " || text == "--";
    if (!delimiter && !is_closing(text)) continue;
    const std::size_t end = signature_end(lines, quoted, i + 1);
    if (is_signature(lines, i + 1, end,
                     delimiter ? kMostDelimitedLines : kMostSignatureLines)) {
      return {i, end};
    }
  }
  return {};
}

Span span_of(const Lines& lines, std::size_t first, std::size_t end) {
  return {lines.begin(first), lines.next(end - 1)};
}

void add_people(std::string_view list, std::vector<Participant>& out) {
  for (Mailbox& mailbox : parse_address_list(list)) {
    out.push_back({Sensitive(std::move(mailbox.address)),
                   Sensitive(std::move(mailbox.name.text)), false});
  }
}

// "On DATE, ADDRESS wrote:".
void add_bare_address(std::string_view line, std::vector<Participant>& out) {
  constexpr std::string_view kAround = " \t\r\n,;:()[]\"'";
  const std::size_t at = line.find('@');
  if (at == std::string_view::npos) return;
  const std::size_t before = line.find_last_of(kAround, at);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  add_people(line.substr(begin, line.find_first_of(kAround, at) - begin), out);
}

// "On DATE, NAME <ADDRESS> wrote:", perhaps over two lines: what stands around the
// address.
void read_wrote_line(std::string_view line, std::vector<Participant>& out) {
  const std::size_t close = line.rfind('>');
  const std::size_t open =
      close == std::string_view::npos ? close : line.rfind('<', close);
  if (open == std::string_view::npos) return add_bare_address(line, out);
  std::string_view name = line.substr(0, open);
  // The name stands behind the last sign that belongs to the date.
  const std::size_t cut = name.find_last_of(",;0123456789");
  if (cut != std::string_view::npos) name.remove_prefix(cut + 1);
  name = trimmed(name);
  for (std::string_view filler : {"AM ", "PM ", "Uhr ", "schrieb "}) {
    if (name.starts_with(filler)) name = trimmed(name.substr(filler.size()));
  }
  add_people(std::string(name) + " " + std::string(line.substr(open, close - open + 1)),
             out);
}

bool ends_wrote(std::string_view line) {
  constexpr std::size_t kMost = 400;
  const std::string_view text = trimmed(line);
  return text.ends_with(':') && text.size() <= kMost &&
         text.find('@') != std::string_view::npos;
}

}  // namespace

std::vector<Region> find_regions(std::string_view text,
                                 const std::vector<Span>& known_quotes) {
  const Lines lines(text);
  std::vector<bool> quoted(lines.size(), false);
  mark_quoted(lines, known_quotes, quoted);
  const LineRange signature = find_signature(lines, quoted);
  std::vector<Region> regions;
  for (std::size_t i = 0; i < lines.size();) {
    if (signature.end > signature.begin && i == signature.begin) {
      regions.push_back({span_of(lines, i, signature.end), RegionKind::kSignature});
      i = signature.end;
      continue;
    }
    std::size_t end = i;
    while (end < lines.size() && quoted[end]) ++end;
    if (end > i) regions.push_back({span_of(lines, i, end), RegionKind::kQuoted});
    i = std::max(end, i + 1);
  }
  return regions;
}

void read_quoted_heads(std::string_view text, const std::vector<Region>& regions,
                       std::vector<Participant>& out) {
  constexpr std::size_t kMostHeadLines = 12;
  constexpr std::size_t kMostPeople = 2000;
  for (const Region& region : regions) {
    if (region.kind != RegionKind::kQuoted || out.size() > kMostPeople) continue;
    // The line above a quote says who wrote it; it may be broken in two.
    const std::string_view above = text.substr(0, region.span.begin);
    std::size_t begin = above.size();
    for (int line = 0; line < 4 && begin > 0; ++line) {
      begin = above.rfind('\n', begin - 1);
      if (begin == std::string_view::npos) begin = 0;
      const std::string_view head = above.substr(begin);
      if (!ends_wrote(head)) continue;
      if (trimmed(head).starts_with('<') && begin > 0) {
        begin = above.rfind('\n', begin - 1);  // the name stands on the line before
        if (begin == std::string_view::npos) begin = 0;
      }
      read_wrote_line(above.substr(begin), out);
      break;
    }
    const std::string_view quote =
        text.substr(region.span.begin, region.span.end - region.span.begin);
    std::size_t looked = 0;
    bool in_head = true;
    for (std::size_t at = 0; at < quote.size() && out.size() <= kMostPeople;) {
      const Line line = line_at(quote, at);
      at = line.next;
      const std::string_view bare = without_marks(line.text);
      if (ends_wrote(bare)) read_wrote_line(bare, out);
      const HeadLabel label = head_label(bare);
      if (label.kind == HeadLine::kAuthor) {
        in_head = true;
        looked = 0;
      }
      if (!in_head) continue;
      if (label.kind == HeadLine::kAuthor || label.kind == HeadLine::kRecipient) {
        add_people(without_marks(bare.substr(label.size)), out);
      }
      if (++looked > kMostHeadLines) in_head = false;
    }
  }
}

}  // namespace noshare::extract
