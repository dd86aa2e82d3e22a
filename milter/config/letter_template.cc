// Letter templates: see noshare/config/letter_template.h.
#include "noshare/config/letter_template.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

namespace noshare::config {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostBytes = 64 * 1024;
constexpr std::size_t kMostSubjectBytes = 200;

constexpr std::array<Placeholder, 7> kHeldPlaceholders = {{
    {"case", "the case number, to quote to the compliance officer"},
    {"time", "when the message was held, UTC"},
    {"message_id", "the message's Message-ID"},
    {"rule", "the rule's id"},
    {"recipients", "a line for each address it was kept from"},
    {"findings", "a line for each finding: what, masked, and where"},
    {"advice", "notices.advice, or the template's own Advice line"},
}};
constexpr std::array<Placeholder, 6> kDigestPlaceholders = {{
    {"name", "the account's name"},
    {"count", "how many messages wait for a decision"},
    {"new", "how many of them came in the last 24 hours"},
    {"oldest", "since when the oldest waits, UTC"},
    {"cases", "some lines for each: case, time, kinds of data, links"},
    {"queue", "the address of the queue page"},
}};

// Gathers faults with their places.
class Faults {
 public:
  explicit Faults(std::string file) : file_(std::move(file)) {}
  void add(std::size_t line, std::size_t column, const std::string& what) {
    text_ += (text_.empty() ? "" : "\n") + file_ + ":" + std::to_string(line) + ":" +
             std::to_string(column) + ": " + what;
  }
  // All unknown or unclosed placeholders of a line whose text begins at `offset`.
  void check_line(LetterKind kind, std::size_t line, std::size_t offset,
                  std::string_view text) {
    if (!is_valid_utf8(text)) add(line, offset + 1, "expected UTF-8");
    for (const PlaceholderFault& fault :
         placeholder_faults(text, letter_placeholders(kind))) {
      add(line, offset + fault.at + 1, fault.message);
    }
  }
  bool none() const { return text_.empty(); }
  const std::string& text() const { return text_; }

 private:
  std::string file_;
  std::string text_;
};

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "Subject: text" before the empty line.
void read_field(LetterKind kind, std::string_view line, std::size_t number,
                LetterTemplate& letter, Faults& faults) {
  using Field = std::pair<std::string_view, std::string*>;
  for (const auto& [field, into] :
       {Field{"Subject:", &letter.subject}, Field{"Advice:", &letter.advice}}) {
    if (!line.starts_with(field)) continue;
    const std::string_view value = trimmed(line.substr(field.size()));
    if (!into->empty())
      faults.add(number, 1, "a second '" + std::string(field) + "' line");
    if (value.empty()) faults.add(number, field.size() + 1, "expected a text behind it");
    const auto offset = static_cast<std::size_t>(value.data() - line.data());
    faults.check_line(kind, number, value.empty() ? 0 : offset, value);
    *into = value;
    return;
  }
  faults.add(number, 1,
             "expected 'Subject: ...' or 'Advice: ...', and an empty line before the "
             "letter's text");
}

struct LetterFile {
  LetterKind kind;
  std::string language;
};

// "held.de.txt" or "held.pt-BR.txt".
std::optional<LetterFile> letter_file(const std::string& file) {
  for (const LetterKind kind : {LetterKind::kHeld, LetterKind::kDigest}) {
    const std::string begin = std::string(name(kind)) + ".";
    constexpr std::string_view kEnd = ".txt";
    if (!file.starts_with(begin) || !file.ends_with(kEnd) ||
        file.size() <= begin.size() + kEnd.size()) {
      continue;
    }
    std::string language =
        file.substr(begin.size(), file.size() - begin.size() - kEnd.size());
    const bool is_language = std::all_of(language.begin(), language.end(), [](char c) {
      return is_ascii_alnum(c) || c == '-';
    });
    if (is_language) return LetterFile{kind, std::move(language)};
  }
  return std::nullopt;
}

// A misnamed file would be passed over in silence.
Result<void> check_folder(const fs::path& folder) {
  std::error_code error;
  std::set<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    names.insert(at->path().filename().string());
  }
  if (error) {
    return fail(ErrorCode::kNotFound,
                "notices.templates: cannot read the folder " + folder.string());
  }
  for (const std::string& file : names) {
    if (file.starts_with('.') || file.ends_with('~') || letter_file(file)) continue;
    return fail(ErrorCode::kInvalidInput,
                (folder / file).string() +
                    ": expected a name such as held.en.txt or digest.en.txt");
  }
  return {};
}

}  // namespace

const char* name(LetterKind kind) noexcept {
  return kind == LetterKind::kHeld ? "held" : "digest";
}

std::span<const Placeholder> letter_placeholders(LetterKind kind) noexcept {
  if (kind == LetterKind::kHeld) return kHeldPlaceholders;
  return kDigestPlaceholders;
}

Result<LetterTemplate> parse_letter(LetterKind kind, const std::string& language,
                                    std::string_view text, const std::string& file_name) {
  LetterTemplate letter;
  letter.language = language;
  Faults faults(file_name);
  const auto lines = split(text, '\n');
  std::size_t number = 0;
  for (; number < lines.size(); ++number) {
    const std::string_view line = without_return(lines[number]);
    if (line.empty()) break;
    read_field(kind, line, number + 1, letter, faults);
  }
  if (letter.subject.empty()) faults.add(1, 1, "expected a line 'Subject: ...'");
  if (letter.subject.size() > kMostSubjectBytes) {
    faults.add(1, 1, "the subject is longer than 200 bytes");
  }
  for (++number; number < lines.size(); ++number) {
    const std::string_view line = without_return(lines[number]);
    faults.check_line(kind, number + 1, 0, line);
    letter.body += std::string(line) + '\n';
  }
  if (trimmed(letter.body).empty()) {
    faults.add(lines.size(), 1, "expected the letter's text behind an empty line");
  }
  if (!faults.none()) return fail(ErrorCode::kInvalidInput, faults.text());
  letter.body = std::string(trimmed(letter.body)) + '\n';
  return letter;
}

Result<std::vector<LetterTemplate>> load_letters(
    LetterKind kind, const std::vector<std::string>& languages, const fs::path& folder) {
  if (!folder.empty()) NOSHARE_CHECK(check_folder(folder));
  std::vector<LetterTemplate> letters;
  const auto add = [&](const std::string& language) -> Result<void> {
    const std::string file = std::string(name(kind)) + "." + language + ".txt";
    for (const fs::path& place : {folder, default_letter_folder()}) {
      std::error_code error;
      if (place.empty() || !fs::exists(place / file, error)) continue;
      NOSHARE_TRY(const std::string text, read_file(place / file, kMostBytes));
      NOSHARE_TRY(LetterTemplate letter,
                  parse_letter(kind, language, text, (place / file).string()));
      letters.push_back(std::move(letter));
      return {};
    }
    return {};
  };
  for (const std::string& language : languages) NOSHARE_CHECK(add(language));
  if (letters.empty()) NOSHARE_CHECK(add("en"));
  if (letters.empty()) {
    return fail(ErrorCode::kNotFound,
                "the letters' templates are missing: no " +
                    (default_letter_folder() / name(kind)).string() + ".en.txt");
  }
  return letters;
}

}  // namespace noshare::config
