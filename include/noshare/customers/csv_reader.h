// CSV files, row by row (RFC 4180), however large.
//
// In:  a file     Out: rows of fields, as UTF-8 bytes
// The separator is the one of ',', ';', tab and '|' that stands most often in the first
// line. A byte order mark and CR before LF are skipped. Errors: kIo; kInvalidInput for a
// row that does not end within kMostRowBytes, with its line number and no text.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "noshare/base/fd.h"
#include "noshare/base/result.h"

namespace noshare::customers {

class CsvReader {
 public:
  static constexpr std::size_t kMostRowBytes = 1 << 20;

  static Result<CsvReader> open(const std::filesystem::path& file);

  // False at the end of the file.
  Result<bool> next(std::vector<std::string>& fields);

  std::uint64_t offset() const { return offset_; }  // of the next row, in bytes
  std::uint64_t line() const { return line_; }      // of the row read last, from 1
  std::uint64_t size() const { return size_; }
  // Goes on at an offset() of an earlier run.
  Result<void> seek(std::uint64_t offset, std::uint64_t line);

 private:
  explicit CsvReader(UniqueFd fd) : fd_(std::move(fd)) {}
  Result<void> fill();
  Result<bool> row_end(std::size_t& end);
  void split_row(std::string_view row, std::vector<std::string>& fields) const;

  UniqueFd fd_;
  std::string buffer_;
  std::size_t at_ = 0;  // in buffer_
  bool at_end_ = false;
  char separator_ = ',';
  std::uint64_t offset_ = 0;
  std::uint64_t line_ = 0;
  std::uint64_t lines_read_ = 0;
  std::uint64_t size_ = 0;
};

}  // namespace noshare::customers
