// MaskWriter: finds the edits that mask characters of one XML member of a package.
//
// In:  the member, read by read_xml_with_places(); the marks in its bytes, ascending
// Out: edits of its bytes; all_masked() says whether each mark stood where a text may be
// changed. A writer for each family of documents knows which texts these are.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extract/documents/package_mask.h"
#include "extract/documents/xml.h"

namespace noshare::extract {

// Bytes of a member that are replaced.
struct Edit {
  std::size_t begin;
  std::size_t size;
  std::string bytes;
};

// Edits must not overlap.
std::string with_edits(std::string_view bytes, std::vector<Edit> edits);

class MaskWriter : public XmlReader {
 public:
  explicit MaskWriter(std::vector<PackageMark> marks) : marks_(std::move(marks)) {}
  // False if a mark stands where nothing may be changed.
  bool all_masked() const { return !wrong_ && done_ == marks_.size(); }
  std::vector<Edit> take() { return std::move(edits_); }

 protected:
  bool has_marks(std::size_t begin, std::size_t size) const;
  // Each mark in this range is the character that stands there, or a reference to it.
  void mask_characters(std::size_t begin, std::string_view raw);
  // The same in an attribute of the tag that is being told.
  void mask_attribute(std::string_view attribute, std::string_view value);
  // The marks of a range that is replaced as a whole.
  void pass_marks(std::size_t begin, std::size_t size);
  void edit(Edit one) { edits_.push_back(std::move(one)); }
  void refuse() { wrong_ = true; }

 private:
  // The first mark that is not yet behind `begin`.
  std::size_t first_mark(std::size_t begin) const;

  std::vector<PackageMark> marks_;
  std::size_t done_ = 0;
  bool wrong_ = false;
  std::vector<Edit> edits_;
};

std::unique_ptr<MaskWriter> ooxml_mask_writer(std::string_view member,
                                              std::vector<PackageMark> marks);
std::unique_ptr<MaskWriter> opendocument_mask_writer(std::string_view member,
                                                     std::vector<PackageMark> marks);

}  // namespace noshare::extract
