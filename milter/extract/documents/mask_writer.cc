// See mask_writer.h.
#include "extract/documents/mask_writer.h"

#include <algorithm>

namespace noshare::extract {

std::string with_edits(std::string_view bytes, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string result;
  std::size_t at = 0;
  for (const Edit& edit : edits) {
    result.append(bytes, at, edit.begin - at);
    result += edit.bytes;
    at = edit.begin + edit.size;
  }
  result.append(bytes, at);
  return result;
}

std::size_t MaskWriter::first_mark(std::size_t begin) const {
  const auto at = std::lower_bound(
      marks_.begin(), marks_.end(), begin,
      [](const PackageMark& mark, std::size_t value) { return mark.at < value; });
  return static_cast<std::size_t>(at - marks_.begin());
}

bool MaskWriter::has_marks(std::size_t begin, std::size_t size) const {
  const std::size_t first = first_mark(begin);
  return first < marks_.size() && marks_[first].at < begin + size;
}

void MaskWriter::mask_characters(std::size_t begin, std::string_view raw) {
  for (std::size_t i = first_mark(begin);
       i < marks_.size() && marks_[i].at < begin + raw.size(); ++i) {
    const std::string_view here = raw.substr(marks_[i].at - begin);
    std::size_t size = marks_[i].character.size();
    if (here.starts_with('&')) {
      size = here.find(';') + 1;
    } else if (!here.starts_with(marks_[i].character)) {
      wrong_ = true;
    }
    edits_.push_back({marks_[i].at, size, "*"});
    ++done_;
  }
}

void MaskWriter::mask_attribute(std::string_view attribute, std::string_view value) {
  const auto at = attribute_place(place.raw, attribute, value);
  if (at) mask_characters(place.begin + *at, place.raw.substr(*at, value.size()));
}

void MaskWriter::pass_marks(std::size_t begin, std::size_t size) {
  for (std::size_t i = first_mark(begin);
       i < marks_.size() && marks_[i].at < begin + size; ++i) {
    ++done_;
  }
}

}  // namespace noshare::extract
