// The indexer: see noshare/customers/indexer.h.
//
// Beside the index stands a folder `<index>.work` while work goes on: records as they
// will be, entries in buckets, and state.json, which says how far they may be trusted.
#include "noshare/customers/indexer.h"

#include <algorithm>
#include <system_error>
#include <unordered_set>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "noshare/base/files.h"
#include "noshare/base/json.h"
#include "noshare/base/text.h"
#include "noshare/customers/csv_reader.h"

#include "customers/columns.h"
#include "customers/index_impl.h"
#include "customers/index_writer.h"
#include "customers/normal_form.h"

namespace noshare::customers {

namespace {

namespace fs = std::filesystem;
using config::ColumnType;

constexpr std::uint64_t kProgressRows = 20'000;
constexpr std::size_t kRecordBuffer = 1 << 20;
constexpr std::size_t kMostWordsOfColumn =
    8;  // longer values are known by their beginning

// A file is taken for the same while neither its size, its time nor its place changes.
Result<std::string> state_of_file(const fs::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0)
    return fail_errno("cannot open " + file.string());
  return std::to_string(facts.st_size) + "." + std::to_string(facts.st_ino) + "." +
         std::to_string(facts.st_mtim.tv_sec) + "." +
         std::to_string(facts.st_mtim.tv_nsec);
}

class Indexing {
 public:
  Indexing(const IndexJob& job, const FingerprintKey& key)
      : job_(job),
        key_(key),
        hashes_by_(hash_key(key)),
        work_(job.settings.index.string() + ".work") {}

  Result<IndexResult> run();

 private:
  Result<void> start(CsvReader& reader);
  Result<void> take_up_old_index();
  Result<void> resume(CsvReader& reader);
  Result<void> read_rows(CsvReader& reader);
  Result<void> add_row(const std::vector<std::string>& fields, std::uint64_t line);
  Result<void> put_record(std::string_view bytes);
  Result<void> checkpoint(const CsvReader& reader);
  Result<void> flush_records();
  Result<void> bury_replaced();
  Result<void> finish();
  void note_column(std::size_t column, std::string_view form, std::string_view value);
  void fill_header();

  const IndexJob& job_;
  const FingerprintKey& key_;
  const ShortHashKey hashes_by_;
  const fs::path work_;
  std::string source_;  // digest of the CSV file's state and of how it is read
  FieldMap map_;
  IndexHeader header_;
  std::shared_ptr<const Index> old_;
  std::unordered_set<Fingerprint> replaced_;
  std::optional<EntryBuckets> entries_;
  UniqueFd lock_;
  UniqueFd records_file_;
  std::string records_waiting_;
  std::uint64_t records_ = 0;
  std::uint64_t live_ = 0;
  std::string scratch_;
  IndexResult result_;
};

Result<IndexResult> Indexing::run() {
  NOSHARE_TRY(CsvReader reader, CsvReader::open(job_.csv));
  NOSHARE_CHECK(start(reader));
  if (result_.unchanged) return result_;
  NOSHARE_CHECK(read_rows(reader));
  NOSHARE_CHECK(finish());
  return result_;
}

Result<void> Indexing::start(CsvReader& reader) {
  std::vector<std::string> names;
  NOSHARE_TRY(const bool any, reader.next(names));
  if (!any)
    return fail(ErrorCode::kInvalidInput, job_.csv.string() + ": the file is empty");
  NOSHARE_TRY(map_, map_fields(job_.settings, names));
  for (const FieldColumn& one : map_.columns) result_.columns.push_back(one.column);
  result_.key = map_.key_name;
  NOSHARE_TRY(const std::string state, state_of_file(job_.csv));
  source_ = digest(state + "|" + describe(map_) + "|" +
                   std::to_string(static_cast<int>(job_.mode)));
  auto old = Index::open(job_.settings.index, key_);
  if (old && job_.mode == IndexMode::kReplace && (*old)->facts().source == source_) {
    result_.unchanged = true;
    result_.records = (*old)->facts().live;
    result_.bytes = (*old)->facts().bytes;
    return {};
  }
  if (job_.mode != IndexMode::kReplace) {
    if (!old) return tl::unexpected(std::move(old).error());
    old_ = std::move(*old);
  }
  std::error_code error;
  fs::create_directories(work_, error);
  if (error) {
    return fail(ErrorCode::kIo,
                "cannot create " + work_.string() + ": " + error.message());
  }
  lock_ = UniqueFd(::open(work_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!lock_ || ::flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::kUnavailable,
                work_.string() + ": another indexer is at work here");
  }
  fill_header();
  NOSHARE_CHECK(resume(reader));
  if (old_) NOSHARE_CHECK(take_up_old_index());
  return {};
}

void Indexing::fill_header() {
  header_.columns = static_cast<std::uint32_t>(map_.columns.size());
  header_.key_check = key_check(key_).bytes;
  std::copy_n(source_.begin(), std::min(source_.size(), header_.source.size()),
              header_.source.begin());
  header_.record_bytes = record_bytes(map_.columns.size());
  for (std::size_t i = 0; i < map_.columns.size(); ++i) {
    const config::CustomerColumn& column = map_.columns[i].column;
    header_.column[i].type = static_cast<std::uint8_t>(column.type);
    header_.column[i].primary = column.primary ? 1 : 0;
    column.column.copy(header_.column[i].name.data(), header_.column[i].name.size() - 1);
  }
}

// Opens the work folder's files at the last checkpoint, or empty.
Result<void> Indexing::resume(CsvReader& reader) {
  EntryBuckets::Sizes sizes{};
  const auto text = read_file(work_ / "state.json");
  const auto state = text ? parse_json(*text) : Result<Json>(Json());
  const bool same = job_.mode == IndexMode::kReplace && state && state->is_object() &&
                    state->value("source", "") == key_.of("source", source_).hex();
  if (same) {
    records_ = live_ = state->value("records", std::uint64_t{0});
    result_.rows = result_.resumed = state->value("rows", std::uint64_t{0});
    result_.skipped = state->value("skipped", std::uint64_t{0});
    const auto saved = state->value("sizes", std::vector<std::uint64_t>());
    std::copy_n(saved.begin(), std::min(saved.size(), sizes.size()), sizes.begin());
    const auto columns = state->value("columns", Json::array());
    for (std::size_t i = 0; i < columns.size() && i < header_.columns; ++i) {
      header_.column[i].most_words = columns[i].value("words", std::uint8_t{1});
      header_.column[i].first = columns[i].value("first", std::uint8_t{0});
      header_.column[i].lengths = columns[i].value("lengths", std::uint64_t{0});
    }
    NOSHARE_CHECK(reader.seek(state->value("offset", reader.offset()),
                              state->value("line", reader.line())));
  }
  NOSHARE_TRY(entries_, EntryBuckets::open(work_, sizes));
  records_file_ =
      UniqueFd(::open((work_ / "records").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  const auto size = static_cast<off_t>(records_ * header_.record_bytes);
  if (!records_file_ || ::ftruncate(records_file_.get(), size) != 0 ||
      ::lseek(records_file_.get(), size, SEEK_SET) < 0) {
    return fail_errno("cannot open " + (work_ / "records").string());
  }
  return {};
}

// An update begins with everything the old index has.
Result<void> Indexing::take_up_old_index() {
  const Index::Impl& old = old_->impl();
  for (std::size_t i = 0; i < kMostColumns; ++i) {
    ColumnHeader& mine = header_.column[i];
    const ColumnHeader& theirs = old.header.column[i];
    if (mine.type != theirs.type || mine.primary != theirs.primary ||
        mine.name != theirs.name) {
      return fail(ErrorCode::kInvalidInput,
                  "the index has other columns; index the whole file once");
    }
    mine = theirs;
  }
  records_ = old.header.records;
  live_ = old.header.live;
  const std::string_view records = old.file.bytes().substr(
      old.layout.records, old.header.records * old.header.record_bytes);
  NOSHARE_CHECK(write_all(records_file_.get(), records));
  for (std::uint64_t i = 0; i < old.header.entries; ++i) {
    NOSHARE_CHECK(entries_->add({old.at<std::uint64_t>(old.layout.hashes + i * 8),
                                 old.at<std::uint32_t>(old.layout.owners + i * 4)}));
  }
  return {};
}

Result<void> Indexing::read_rows(CsvReader& reader) {
  std::vector<std::string> fields;
  std::uint64_t since_checkpoint = 0;
  for (;;) {
    NOSHARE_TRY(const bool any, reader.next(fields));
    if (!any) return {};
    ++result_.rows;
    NOSHARE_CHECK(add_row(fields, reader.line()));
    if (job_.mode == IndexMode::kReplace && ++since_checkpoint == job_.checkpoint_rows) {
      NOSHARE_CHECK(checkpoint(reader));
      since_checkpoint = 0;
    }
    if (result_.rows % kProgressRows == 0 && job_.progress &&
        !job_.progress(reader.offset(), reader.size())) {
      if (job_.mode == IndexMode::kReplace) NOSHARE_CHECK(checkpoint(reader));
      return fail(ErrorCode::kLimit, "stopped; the next run goes on from here");
    }
  }
}

void Indexing::note_column(std::size_t column, std::string_view form,
                           std::string_view value) {
  ColumnHeader& facts = header_.column[column];
  facts.lengths |= length_bit(form.size());
  facts.first |= first_bit(form);
  const auto type = static_cast<ColumnType>(facts.type);
  const std::size_t words = std::min(count_words(type, value), kMostWordsOfColumn);
  facts.most_words = std::max(facts.most_words, static_cast<std::uint8_t>(words));
}

// Values of more words than a text is searched for are cut to their first ones.
std::string indexed_form(const config::CustomerColumn& column, const std::string& value) {
  if (count_words(column.type, value) <= kMostWordsOfColumn) {
    return normal_form(column.type, value, column.date_order);
  }
  const auto words = words_of(value, kMostWordsOfColumn);
  return form_of_words(column.type, words.data(), words.size());
}

Result<void> Indexing::add_row(const std::vector<std::string>& fields,
                               std::uint64_t line) {
  if (fields.size() == 1 && trimmed(fields[0]).empty()) return {};
  std::string record(header_.record_bytes, '\0');
  std::vector<std::uint64_t> primaries;
  std::string key_value = map_.key < fields.size() ? fields[map_.key] : std::string();
  std::string address;
  for (std::size_t i = 0; i < map_.columns.size(); ++i) {
    const FieldColumn& one = map_.columns[i];
    if (one.field >= fields.size()) continue;
    const std::string& value = fields[one.field];
    const std::string form = indexed_form(one.column, value);
    if (form.empty()) continue;
    note_column(i, form, value);
    const std::uint64_t hash = value_hash(hashes_by_, one.column.type, form, scratch_);
    const std::uint32_t check = column_check(hash);
    std::memcpy(record.data() + kRecordHead + i * sizeof check, &check, sizeof check);
    if (one.column.primary) primaries.push_back(hash);
    if (one.column.primary && map_.key == SIZE_MAX && key_value.empty())
      key_value = value;
    if (one.column.type == ColumnType::kEmail && address.empty()) address = form;
  }
  if (trimmed(key_value).empty() ||
      (primaries.empty() && job_.mode != IndexMode::kRemove)) {
    ++result_.skipped;
    return {};
  }
  const Fingerprint customer = customer_fingerprint(key_, key_value);
  if (old_) replaced_.insert(customer);
  if (job_.mode == IndexMode::kRemove) return {};
  if (records_ >= kMostRecords) {
    return fail(ErrorCode::kLimit,
                "line " + std::to_string(line) + ": more rows than an index can hold");
  }
  const Fingerprint subject =
      address.empty() ? customer : key_.of("email_address", address);
  std::memcpy(record.data(), &customer, sizeof customer);
  std::memcpy(record.data() + sizeof customer, &subject, sizeof subject);
  for (const std::uint64_t hash : primaries) {
    NOSHARE_CHECK(entries_->add({hash, static_cast<std::uint32_t>(records_)}));
  }
  ++records_;
  ++live_;
  return put_record(record);
}

Result<void> Indexing::put_record(std::string_view bytes) {
  records_waiting_ += bytes;
  return records_waiting_.size() < kRecordBuffer ? Result<void>() : flush_records();
}

Result<void> Indexing::flush_records() {
  NOSHARE_CHECK(write_all(records_file_.get(), records_waiting_));
  records_waiting_.clear();
  return {};
}

Result<void> Indexing::checkpoint(const CsvReader& reader) {
  NOSHARE_CHECK(entries_->sync());
  NOSHARE_CHECK(flush_records());
  if (::fdatasync(records_file_.get()) != 0) return fail_errno("cannot sync records");
  Json columns = Json::array();
  for (std::size_t i = 0; i < header_.columns; ++i) {
    columns.push_back({{"words", header_.column[i].most_words},
                       {"first", header_.column[i].first},
                       {"lengths", header_.column[i].lengths}});
  }
  const Json state = {{"source", key_.of("source", source_).hex()},
                      {"offset", reader.offset()},
                      {"line", reader.line()},
                      {"rows", result_.rows},
                      {"skipped", result_.skipped},
                      {"records", records_},
                      {"sizes", entries_->sizes()},
                      {"columns", columns}};
  return write_file_atomically(work_ / "state.json", to_line(state), 0600);
}

// Old records of customers that the file names: their fingerprint becomes null.
Result<void> Indexing::bury_replaced() {
  const std::string nothing(header_.record_bytes, '\0');
  const Index::Impl& old = old_->impl();
  for (std::uint32_t i = 0; i < old.header.records; ++i) {
    const Fingerprint customer = old.customer(i);
    if (customer.is_null() || replaced_.count(customer) == 0) continue;
    const auto place = static_cast<off_t>(i * header_.record_bytes);
    const ssize_t count =
        ::pwrite(records_file_.get(), nothing.data(), nothing.size(), place);
    if (count != static_cast<ssize_t>(nothing.size())) {
      return fail_errno("cannot write records");
    }
    ++result_.replaced;
    --live_;
  }
  return {};
}

Result<void> Indexing::finish() {
  NOSHARE_CHECK(flush_records());
  if (old_) NOSHARE_CHECK(bury_replaced());
  NOSHARE_CHECK(entries_->sync());
  header_.records = records_;
  header_.live = live_;
  NOSHARE_TRY(const Written written, write_index(job_.settings.index, work_, *entries_,
                                                 work_ / "records", header_));
  result_.shared = written.shared;
  result_.bytes = written.bytes;
  result_.records = live_;
  std::error_code ignored;  // what is left costs space only
  fs::remove_all(work_, ignored);
  return {};
}

}  // namespace

Fingerprint customer_fingerprint(const FingerprintKey& key, std::string_view value) {
  std::string form;
  for (const char c : value) {
    if (is_ascii_alnum(c)) form += ascii_upper(c);
  }
  if (form.empty()) form = std::string(trimmed(value));
  return key.of(kCustomerEntity, form);
}

Result<IndexResult> index_customers(const IndexJob& job, const FingerprintKey& key) {
  return Indexing(job, key).run();
}

}  // namespace noshare::customers
