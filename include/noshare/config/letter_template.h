// Letter templates: what noshare writes to senders and officers, in their languages.
//
// In:  text files, "held.de.txt": `Subject:` and `Advice:` lines, an empty line, the
// body, with {placeholders}     Out: templates; faults as "held.de.txt:3:14: unknown
// placeholder
// ..." Shipped ones lie beside the packs; those of `notices.templates` come before them.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/config/reply_template.h"

namespace noshare::config {

enum class LetterKind {
  kHeld,    // to the sender of a held message
  kDigest,  // to an officer, daily
};
const char* name(LetterKind kind) noexcept;  // "held", as file names begin
std::span<const Placeholder> letter_placeholders(LetterKind kind) noexcept;

struct LetterTemplate {
  std::string language;  // "de"
  std::string subject;
  std::string advice;  // what {advice} is, unless the settings say something else
  std::string body;    // LF lines
};

// Errors: kInvalidInput with file, line and column, a line for each fault.
Result<LetterTemplate> parse_letter(LetterKind kind, const std::string& language,
                                    std::string_view text, const std::string& file_name);

// The templates of a kind in these languages, in their order; a language that has none is
// left out, and English stands in if nothing is left. `folder` is the administrator's;
// may be empty. Errors: those of parse_letter(), kNotFound (no such folder),
// kInvalidInput (a file in it that is no letter's).
Result<std::vector<LetterTemplate>> load_letters(
    LetterKind kind, const std::vector<std::string>& languages,
    const std::filesystem::path& folder);

// Shipped templates: the installation's folder, or the source tree's.
std::filesystem::path default_letter_folder();

}  // namespace noshare::config
