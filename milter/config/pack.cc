// load_packs and parse_pack: see noshare/config/pack.h.
#include "noshare/config/pack.h"

#include <algorithm>
#include <system_error>

#include "noshare/base/files.h"

#include "config/content_version.h"
#include "config/pack_files.h"
#include "config/pack_parser.h"

namespace noshare::config {
namespace {

constexpr std::uint64_t kMostPackBytes = 16ULL << 20;

// Every *.yaml below a folder, in name order, so that the result never depends on the
// disk.
Result<std::vector<std::filesystem::path>> pack_files(
    const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  std::filesystem::recursive_directory_iterator at(folder, error);
  const std::filesystem::recursive_directory_iterator end;
  while (!error && at != end) {
    if (at->path().extension() == ".yaml" && at->is_regular_file(error)) {
      files.push_back(at->path());
    }
    at.increment(error);
  }
  if (error) {
    const bool missing = error == std::errc::no_such_file_or_directory;
    return fail(missing ? ErrorCode::kNotFound : ErrorCode::kIo,
                "cannot read the packs in " + folder.string() + ": " + error.message());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<PackFiles> read_pack_files(const std::vector<std::filesystem::path>& folders) {
  PackFiles read;
  std::string everything;  // names and texts of all files, for the version
  for (const std::filesystem::path& folder : folders) {
    NOSHARE_TRY(const auto files, pack_files(folder));
    for (const std::filesystem::path& file : files) {
      NOSHARE_TRY(std::string text, read_file(file, kMostPackBytes));
      everything += file.lexically_relative(folder).string() + '\0' + text + '\0';
      read.files.push_back({file, std::move(text)});
    }
  }
  read.version = content_version(everything);
  return read;
}

Result<PackSet> parse_pack_files(const PackFiles& read) {
  PackSet set;
  for (const PackFiles::File& file : read.files)
    NOSHARE_CHECK(parse_pack_into(file.text, file.path.string(), set.patterns));
  NOSHARE_CHECK(link_umbrellas(set.patterns));
  set.version = read.version;
  return set;
}

Result<PackSet> load_packs(const std::vector<std::filesystem::path>& folders) {
  NOSHARE_TRY(const PackFiles read, read_pack_files(folders));
  return parse_pack_files(read);
}

Result<std::vector<Pattern>> parse_pack(const std::string& text,
                                        const std::string& file_name) {
  std::vector<Pattern> patterns;
  NOSHARE_CHECK(parse_pack_into(text, file_name, patterns));
  return patterns;
}

}  // namespace noshare::config
