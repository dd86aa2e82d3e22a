// See running_text.h.
#include "extract/documents/running_text.h"

#include <algorithm>
#include <array>

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

template <std::size_t N>
bool is_one_of(std::string_view name, const std::array<std::string_view, N>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool holds_text(Vocabulary vocabulary, std::string_view name) {
  switch (vocabulary) {
    case Vocabulary::kOoxml:
      return is_one_of(name, std::array{"t"sv, "delText"sv, "instrText"sv, "text"sv});
    case Vocabulary::kOpenDocument:
      return is_one_of(name, std::array{"p"sv, "h"sv});
    case Vocabulary::kAny:
      return true;
  }
  return false;
}

// Elements behind which a new line or a new cell begins.
bool ends_line(std::string_view name) {
  return is_one_of(name,
                   std::array{"p"sv, "h"sv, "tr"sv, "table-row"sv, "si"sv, "list-item"sv,
                              "txbxContent"sv, "comment"sv, "annotation"sv});
}
bool ends_cell(std::string_view name) {
  return is_one_of(name, std::array{"tc"sv, "table-cell"sv});
}
bool breaks_line(std::string_view name) {
  return is_one_of(name, std::array{"br"sv, "cr"sv, "line-break"sv});
}

// Properties that name the program that wrote the file. Four numbers of a version read
// like a network address.
bool names_program(std::string_view name) {
  return is_one_of(name, std::array{"generator"sv, "Application"sv, "AppVersion"sv});
}

}  // namespace

void RunningText::start(std::string_view name, const XmlAttributes& attributes) {
  names_program_ = vocabulary_ == Vocabulary::kAny && names_program(name);
  if (holds_text(vocabulary_, name)) {
    // A note or a text box inside a paragraph begins its own line.
    if (vocabulary_ == Vocabulary::kOpenDocument && inside_ > 0) separate('\n');
    ++inside_;
  }
  if (vocabulary_ == Vocabulary::kAny) return;
  if (breaks_line(name)) separate('\n');
  if (name == "tab") separate('\t');
  if (name == "noBreakHyphen") text_ += '-';
  if (name == "s" && vocabulary_ == Vocabulary::kOpenDocument) text_ += ' ';
  const std::string_view target = attributes.get("href");
  if (!target.empty()) text_.append(" ").append(target).append(" ");
}

void RunningText::end(std::string_view name) {
  if (holds_text(vocabulary_, name) && inside_ > 0) --inside_;
  if (vocabulary_ == Vocabulary::kAny || ends_line(name)) separate('\n');
  if (ends_cell(name)) {
    while (!text_.empty() && text_.back() == '\n') text_.pop_back();
    separate('\t');
  }
}

void RunningText::text(std::string_view text) {
  if (inside_ == 0) return;
  for (char c : text) text_ += c == '.' && names_program_ ? '_' : c;
}

void RunningText::separate(char separator) {
  if (!text_.empty() && (separator == '\t' || text_.back() != '\n')) text_ += separator;
}

}  // namespace noshare::extract
