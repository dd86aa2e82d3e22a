// CsvReader: see csv_reader.h.
#include "noshare/customers/csv_reader.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace noshare::customers {

namespace {

constexpr std::size_t kReadBytes = 1 << 20;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

char likely_separator(std::string_view first_line) {
  constexpr std::string_view kSeparators = ",;\t|";
  return *std::max_element(kSeparators.begin(), kSeparators.end(), [&](char a, char b) {
    return std::count(first_line.begin(), first_line.end(), a) <
           std::count(first_line.begin(), first_line.end(), b);
  });
}

}  // namespace

Result<CsvReader> CsvReader::open(const std::filesystem::path& file) {
  CsvReader reader(UniqueFd(::open(file.c_str(), O_RDONLY | O_CLOEXEC)));
  if (!reader.fd_) return fail_errno("cannot open " + file.string());
  struct stat facts {};
  if (::fstat(reader.fd_.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
    return fail(ErrorCode::kInvalidInput, file.string() + ": expected a regular file");
  }
  reader.size_ = static_cast<std::uint64_t>(facts.st_size);
  NOSHARE_CHECK(reader.fill());
  if (std::string_view(reader.buffer_).starts_with(kByteOrderMark)) {
    reader.at_ = reader.offset_ = kByteOrderMark.size();
  }
  const std::string_view rest = std::string_view(reader.buffer_).substr(reader.at_);
  reader.separator_ = likely_separator(rest.substr(0, rest.find('\n')));
  return reader;
}

Result<void> CsvReader::fill() {
  buffer_.erase(0, at_);
  at_ = 0;
  const std::size_t before = buffer_.size();
  buffer_.resize(before + kReadBytes);
  ssize_t count = 0;
  do {
    count = ::read(fd_.get(), buffer_.data() + before, kReadBytes);
  } while (count < 0 && errno == EINTR);
  buffer_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count < 0) return fail_errno("cannot read the CSV file");
  at_end_ = count == 0;
  return {};
}

// Where the row at at_ ends: at its line end, or at the end of the file.
Result<bool> CsvReader::row_end(std::size_t& end) {
  bool quoted = false;
  std::size_t place = at_;
  lines_read_ = 1;
  for (;;) {
    for (; place < buffer_.size(); ++place) {
      const char c = buffer_[place];
      if (c == '"') quoted = !quoted;
      if (c != '\n') continue;
      if (!quoted) {
        end = place;
        return true;
      }
      ++lines_read_;
    }
    if (place - at_ > kMostRowBytes) {
      return fail(ErrorCode::kInvalidInput,
                  "line " + std::to_string(line_ + 1) +
                      ": the row does not end; is a quotation mark missing?");
    }
    if (at_end_) {
      end = place;
      return place > at_;
    }
    const std::size_t done = place - at_;
    NOSHARE_CHECK(fill());
    place = at_ + done;
  }
}

void CsvReader::split_row(std::string_view row, std::vector<std::string>& fields) const {
  std::size_t count = 0;
  const auto next_field = [&]() -> std::string& {
    if (count == fields.size()) fields.emplace_back();
    fields[count].clear();
    return fields[count++];
  };
  std::string* field = &next_field();
  bool quoted = false;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const char c = row[i];
    if (c == '"') {
      // Within quotation marks two stand for one.
      if (quoted && i + 1 < row.size() && row[i + 1] == '"') {
        *field += row[++i];
      } else {
        quoted = !quoted;
      }
    } else if (c == separator_ && !quoted) {
      field = &next_field();
    } else {
      *field += c;
    }
  }
  fields.resize(count);
}

Result<bool> CsvReader::next(std::vector<std::string>& fields) {
  std::size_t end = 0;
  NOSHARE_TRY(const bool found, row_end(end));
  if (!found) return false;
  std::string_view row = std::string_view(buffer_).substr(at_, end - at_);
  if (row.ends_with('\r')) row.remove_suffix(1);
  split_row(row, fields);
  const std::size_t next = std::min(end + 1, buffer_.size());
  offset_ += next - at_;
  at_ = next;
  line_ += lines_read_;
  return true;
}

Result<void> CsvReader::seek(std::uint64_t offset, std::uint64_t line) {
  if (::lseek(fd_.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
    return fail_errno("cannot go on in the CSV file");
  }
  buffer_.clear();
  at_ = 0;
  at_end_ = false;
  offset_ = offset;
  line_ = line;
  return {};
}

}  // namespace noshare::customers
