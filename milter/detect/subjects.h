// Subjects: which findings of a text are about the same person.
//
// In:  a segment and its findings in order of place
// Out: their subject fingerprints: one for all findings of a record
// A record is a row of a table, or a few short or labelled lines without an empty one
// between them, in which nothing is told twice: a signature, an entry of a list, a form.
// Findings of running text are nobody's for certain, and doubtful ones are left alone.
// The fingerprint is that of the value that tells records apart best (an e-mail address
// before a name, a name before a number), so that somebody met again is the same person,
// and policy may compare it with the sender and the recipients. A value that stands in
// record after record, such as a clerk's address, tells nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "noshare/detect/detector.h"

#include "detect/table_view.h"

namespace noshare::detect {

class SubjectLinker {
 public:
  // rank_of(entity)   how well its value names a person; larger is better, 0 not at all
  explicit SubjectLinker(std::function<int(const std::string&)> rank_of)
      : rank_of_(std::move(rank_of)) {}

  // `tables` are those of the segment's text.
  void link(const model::Segment& segment, std::span<Detected> detected,
            TableView* tables);

 private:
  // Where a finding stands in its record.
  struct Place {
    Detected* detected = nullptr;
    TableCell cell;    // outside tables: none
    model::Span line;  // outside tables
    std::string_view
        label;  // in front of the value, "phone" of "Phone: 555"; may be empty
  };
  using Record = std::vector<Place>;

  Place place_of(Detected& detected);
  bool is_told_twice(const Place& earlier, const Place& place) const;
  bool belongs_to(const Record& record, const Place& place) const;
  bool lines_are_of_a_record(std::uint32_t from, std::uint32_t to) const;
  void name_subjects(std::vector<Record>& records) const;

  std::function<int(const std::string&)> rank_of_;
  std::string_view text_;
  TableView* tables_ = nullptr;
};

}  // namespace noshare::detect
