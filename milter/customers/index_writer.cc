// The index writer: see index_writer.h.
#include "customers/index_writer.h"

#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "noshare/base/files.h"

namespace noshare::customers {

namespace {

constexpr std::size_t kBufferBytes = 1 << 20;

template <class Value>
std::string_view bytes_of(const std::vector<Value>& values) {
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value)};
}

// A file that is written from its beginning, in large pieces.
class Output {
 public:
  static Result<Output> create(const std::filesystem::path& file) {
    Output output;
    output.fd_ =
        UniqueFd(::open(file.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640));
    if (!output.fd_) return fail_errno("cannot create " + file.string());
    NOSHARE_CHECK(give_to_folder_owner(output.fd_.get(), file));
    return output;
  }
  Result<void> write(std::string_view bytes) {
    waiting_ += bytes;
    written_ += bytes.size();
    return waiting_.size() < kBufferBytes ? Result<void>() : flush();
  }
  template <class Value>
  Result<void> put(const Value& value) {
    return write({reinterpret_cast<const char*>(&value), sizeof value});
  }
  Result<void> pad_to(std::uint64_t place) {
    return write(std::string(place - written_, '\0'));
  }
  Result<void> flush() {
    NOSHARE_CHECK(write_all(fd_.get(), waiting_));
    waiting_.clear();
    return {};
  }
  Result<void> append_file(int from) {
    NOSHARE_CHECK(flush());
    if (::lseek(from, 0, SEEK_SET) < 0) return fail_errno("cannot read a part");
    std::string buffer(kBufferBytes, '\0');
    for (;;) {
      const ssize_t count = ::read(from, buffer.data(), buffer.size());
      if (count < 0) return fail_errno("cannot read a part");
      if (count == 0) return {};
      const auto size = static_cast<std::size_t>(count);
      NOSHARE_CHECK(write_all(fd_.get(), {buffer.data(), size}));
      written_ += size;
    }
  }
  int fd() const { return fd_.get(); }
  std::uint64_t written() const { return written_; }

 private:
  UniqueFd fd_;
  std::string waiting_;
  std::uint64_t written_ = 0;
};

// What becomes known while the entries pass by in order.
struct Sections {
  std::vector<std::uint64_t> filter;
  std::vector<std::uint64_t> directory;
  std::uint64_t blocks = 0;
  std::uint64_t entries = 0;
  std::uint64_t shared = 0;
};

Result<void> put_bucket(const std::vector<Entry>& sorted, Output& hashes, Output& owners,
                        Sections& sections) {
  for (std::size_t first = 0; first < sorted.size();) {
    std::size_t last = first;
    const std::uint64_t hash = sorted[first].hash;
    while (last < sorted.size() && sorted[last].hash == hash) ++last;
    if (last - first > kSharedByAtMost) {
      ++sections.shared;
      first = last;
      continue;
    }
    const std::uint64_t block = filter_block(hash, sections.blocks) * (kBlockBytes / 8);
    filter_bits(hash, [&](unsigned word, std::uint64_t mask) {
      sections.filter[block + word] |= mask;
    });
    // Counted for the cell behind; summed up at the end.
    sections.directory[(hash >> 48U) + 1] += last - first;
    sections.entries += last - first;
    for (; first < last; ++first) {
      NOSHARE_CHECK(hashes.put(hash));
      NOSHARE_CHECK(owners.put(sorted[first].record));
    }
  }
  return {};
}

Result<void> assemble(Output& into, const IndexHeader& header, const Sections& sections,
                      Output& hashes, Output& owners,
                      const std::filesystem::path& records) {
  const Layout layout(header);
  std::string head(kHeaderBytes, '\0');
  std::memcpy(head.data(), &header, sizeof header);
  NOSHARE_CHECK(into.write(head));
  NOSHARE_CHECK(into.write(bytes_of(sections.filter)));
  NOSHARE_CHECK(into.write(bytes_of(sections.directory)));
  NOSHARE_CHECK(into.pad_to(layout.hashes));
  NOSHARE_CHECK(hashes.flush());
  NOSHARE_CHECK(into.append_file(hashes.fd()));
  NOSHARE_CHECK(into.pad_to(layout.owners));
  NOSHARE_CHECK(owners.flush());
  NOSHARE_CHECK(into.append_file(owners.fd()));
  NOSHARE_CHECK(into.pad_to(layout.records));
  const UniqueFd file(::open(records.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) return fail_errno("cannot open " + records.string());
  NOSHARE_CHECK(into.append_file(file.get()));
  NOSHARE_CHECK(into.flush());
  if (into.written() != layout.end) {
    return fail(ErrorCode::kInternal, "the parts of the index do not add up");
  }
  if (::fsync(into.fd()) != 0) return fail_errno("cannot sync the index");
  return {};
}

Result<void> put_in_place(const std::filesystem::path& from,
                          const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    return fail_errno("cannot rename " + from.string() + " to " + to.string());
  }
  const auto folder = to.has_parent_path() ? to.parent_path() : ".";
  const UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) return fail_errno("cannot sync " + folder.string());
  return {};
}

}  // namespace

Result<Written> write_index(const std::filesystem::path& index,
                            const std::filesystem::path& folder,
                            const EntryBuckets& entries,
                            const std::filesystem::path& records, IndexHeader header) {
  NOSHARE_TRY(Output hashes, Output::create(folder / "hashes"));
  NOSHARE_TRY(Output owners, Output::create(folder / "owners"));
  Sections sections;
  sections.blocks = filter_blocks_for(entries.count());
  sections.filter.resize(sections.blocks * (kBlockBytes / 8));
  sections.directory.resize(kDirectoryCells);
  for (std::size_t i = 0; i < EntryBuckets::kBuckets; ++i) {
    NOSHARE_TRY(const auto sorted, entries.sorted(i));
    NOSHARE_CHECK(put_bucket(sorted, hashes, owners, sections));
  }
  for (std::size_t i = 1; i < kDirectoryCells; ++i) {
    sections.directory[i] += sections.directory[i - 1];
  }
  header.entries = sections.entries;
  header.filter_blocks = sections.blocks;
  const auto whole = folder / "index";
  NOSHARE_TRY(Output output, Output::create(whole));
  NOSHARE_CHECK(assemble(output, header, sections, hashes, owners, records));
  NOSHARE_CHECK(put_in_place(whole, index));
  return Written{sections.shared, output.written()};
}

}  // namespace noshare::customers
