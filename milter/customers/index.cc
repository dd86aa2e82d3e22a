// Index: see noshare/customers/index.h. Opens a file and checks that it is what it says.
#include "noshare/customers/index.h"

#include <fcntl.h>

#include "customers/index_impl.h"

namespace noshare::customers {

namespace {

Result<IndexHeader> read_header(std::string_view bytes, const std::string& name,
                                const FingerprintKey& key) {
  IndexHeader header;
  const IndexHeader expected;
  if (bytes.size() < kHeaderBytes) {
    return fail(ErrorCode::kCorrupt, name + ": too short for a customer index");
  }
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.magic != expected.magic) {
    return fail(ErrorCode::kCorrupt, name + ": not a customer index");
  }
  if (header.version != kFormatVersion) {
    return fail(ErrorCode::kInvalidInput,
                name + ": a customer index of version " + std::to_string(header.version) +
                    ", expected " + std::to_string(kFormatVersion) +
                    "; write it again with `noshare customers index`");
  }
  if (header.key_check != key_check(key).bytes) {
    return fail(ErrorCode::kInvalidInput,
                name +
                    ": written with another fingerprint key; write it again with "
                    "`noshare customers index`");
  }
  // Bounds before sums, so that none can overflow.
  constexpr std::uint64_t kMost = 1ULL << 40U;
  const bool sound = header.columns > 0 && header.columns <= kMostColumns &&
                     header.record_bytes == record_bytes(header.columns) &&
                     header.records <= kMostRecords && header.live <= header.records &&
                     header.entries < kMost && header.filter_blocks > 0 &&
                     header.filter_blocks < kMost && Layout(header).end == bytes.size();
  if (!sound)
    return fail(ErrorCode::kCorrupt, name + ": damaged, its sizes do not agree");
  return header;
}

IndexFacts facts_of(const IndexHeader& header, std::uint64_t bytes) {
  IndexFacts facts;
  facts.records = header.records;
  facts.live = header.live;
  facts.entries = header.entries;
  facts.bytes = bytes;
  facts.source.assign(header.source.begin(), header.source.end());
  for (std::uint32_t i = 0; i < header.columns; ++i) {
    const ColumnHeader& one = header.column[i];
    facts.columns.push_back(
        {std::string(one.name.data(), ::strnlen(one.name.data(), one.name.size())),
         static_cast<config::ColumnType>(one.type), one.primary != 0});
  }
  return facts;
}

}  // namespace

Index::Index(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Index::~Index() = default;
const IndexFacts& Index::facts() const { return impl_->facts; }

Result<std::shared_ptr<const Index>> Index::open(const std::filesystem::path& file,
                                                 const FingerprintKey& key) {
  const UniqueFd fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) {
    if (errno == ENOENT) {
      return fail(ErrorCode::kNotFound, "there is no customer index " + file.string() +
                                            "; `noshare customers index` writes it");
    }
    return fail_errno("cannot open " + file.string());
  }
  NOSHARE_TRY(MappedFile mapped, MappedFile::map(fd.get()));
  NOSHARE_TRY(const IndexHeader header, read_header(mapped.bytes(), file.string(), key));
  IndexFacts facts = facts_of(header, mapped.bytes().size());
  for (const IndexColumn& column : facts.columns) {
    if (config::name(column.type) == std::string_view("unknown")) {
      return fail(ErrorCode::kCorrupt, file.string() + ": damaged, unknown column type");
    }
  }
  return std::shared_ptr<const Index>(new Index(std::make_unique<Impl>(
      Impl{std::move(mapped), header, Layout(header), hash_key(key), std::move(facts)})));
}

}  // namespace noshare::customers
