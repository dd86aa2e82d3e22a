#include "noshare/store/vault.h"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "noshare/base/files.h"
#include "noshare/base/json.h"
#include "noshare/base/text.h"

#include "case_number.h"
#include "sealed_stream.h"

namespace noshare::store {

namespace {

namespace fs = std::filesystem;

constexpr const char* kHeld = "held";
constexpr const char* kOfficers = "officers";
constexpr const char* kSealed = ".sealed";
constexpr const char* kPublic = ".pub";
constexpr std::uint64_t kMostKeyBytes = 4096;

Result<void> make_folder(const fs::path& folder, unsigned mode) {
  if (::mkdir(folder.c_str(), mode) != 0 && errno != EEXIST) {
    return fail_errno("cannot create the vault's folder " + folder.string());
  }
  return {};
}

// Names of the files with this ending, without it, sorted.
Result<std::vector<std::string>> stems(const fs::path& folder, const char* ending) {
  std::error_code error;
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    if (at->path().extension() == ending) names.push_back(at->path().stem().string());
  }
  if (error) {
    return fail(ErrorCode::kIo,
                "cannot list " + folder.string() + ": " + error.message());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string to_text(const HeldEnvelope& envelope) {
  return to_line(Json{{"case", envelope.case_number},
                      {"sender", envelope.sender},
                      {"recipients", envelope.recipients},
                      {"rule", envelope.rule},
                      {"time_us", envelope.time_us}});
}

Result<HeldEnvelope> from_text(std::string_view text) {
  NOSHARE_TRY(const Json json, parse_json(text));
  try {
    HeldEnvelope envelope;
    json.at("case").get_to(envelope.case_number);
    json.at("sender").get_to(envelope.sender);
    json.at("recipients").get_to(envelope.recipients);
    json.at("rule").get_to(envelope.rule);
    json.at("time_us").get_to(envelope.time_us);
    return envelope;
  } catch (const Json::exception&) {  // its text might quote an address
    return fail(ErrorCode::kCorrupt, "the sealed envelope is not understood");
  }
}

Result<MappedFile> map_file(const fs::path& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd && errno == ENOENT) {
    return fail(ErrorCode::kNotFound, "the vault holds no message with this case number");
  }
  if (!fd) return fail_errno("cannot open " + path.string());
  return MappedFile::map(fd.get());
}

}  // namespace

Result<Vault> Vault::open(const fs::path& folder) {
  NOSHARE_CHECK(make_folder(folder, 0750));
  NOSHARE_CHECK(make_folder(folder / kHeld, 0750));
  NOSHARE_CHECK(make_folder(folder / kOfficers, 0750));
  return Vault(folder);
}

fs::path Vault::file_of(const std::string& case_number) const {
  // A case number typed by a person: nothing of it may lead to another folder.
  std::string name = canonical_case_number(case_number);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return !is_ascii_alnum(c) && c != '-'; },
      '_');
  return folder_ / kHeld / (name + kSealed);
}

fs::path Vault::officer_file(const std::string& name) const {
  return folder_ / kOfficers / (name + kPublic);
}

Result<void> Vault::put(const HeldEnvelope& envelope, std::string_view message) const {
  NOSHARE_TRY(const std::vector<OfficerPublicKey> keys, officers());
  NOSHARE_TRY(AtomicFile file, AtomicFile::create(file_of(envelope.case_number), 0640));
  NOSHARE_CHECK(seal(keys, to_text(envelope), message,
                     [&](std::string_view bytes) { return file.write(bytes); }));
  return file.commit();
}

Result<OpenedMessage> Vault::take_out(const std::string& case_number,
                                      const OfficerKey& key) const {
  NOSHARE_TRY(const MappedFile sealed, map_file(file_of(case_number)));
  OpenedMessage opened;
  NOSHARE_TRY(opened.file, create_memory_file("noshare-held"));
  NOSHARE_CHECK(unseal(
      sealed.bytes(), key,
      [&](std::string_view bytes) -> Result<void> {
        NOSHARE_TRY(opened.envelope, from_text(bytes));
        return {};
      },
      [&](std::string_view bytes) { return write_all(opened.file.get(), bytes); }));
  NOSHARE_CHECK(seal_memory_file(opened.file.get()));
  return opened;
}

Result<void> Vault::rename(const std::string& from, const std::string& to) const {
  return rename_file_durably(file_of(from), file_of(to));
}

Result<void> Vault::remove(const std::string& case_number) const {
  return remove_file_durably(file_of(case_number));
}

bool Vault::has(const std::string& case_number) const {
  return ::access(file_of(case_number).c_str(), F_OK) == 0;
}

Result<std::vector<std::string>> Vault::cases() const {
  return stems(folder_ / kHeld, kSealed);
}

Result<void> Vault::check(const std::string& case_number) const {
  NOSHARE_TRY(const MappedFile sealed, map_file(file_of(case_number)));
  return check_sum(sealed.bytes());
}

Result<std::vector<OfficerPublicKey>> Vault::officers() const {
  NOSHARE_TRY(const std::vector<std::string> names, stems(folder_ / kOfficers, kPublic));
  std::vector<OfficerPublicKey> keys;
  for (const std::string& name : names) {
    NOSHARE_TRY(const std::string text, read_file(officer_file(name), kMostKeyBytes));
    auto key = OfficerPublicKey::from_text(text);
    if (!key) {
      return fail(key.error().code,
                  officer_file(name).string() + ": " + key.error().message);
    }
    keys.push_back(std::move(*key));
  }
  return keys;
}

Result<void> Vault::add_officer(const OfficerPublicKey& officer) const {
  const fs::path file = officer_file(officer.name);
  if (::access(file.c_str(), F_OK) == 0) {
    NOSHARE_TRY(const std::string text, read_file(file, kMostKeyBytes));
    const auto old = OfficerPublicKey::from_text(text);
    if (old && old->key == officer.key) return {};
    return fail(ErrorCode::kInvalidInput,
                "another key is there under the name " + officer.name +
                    "; take that one out first, or choose another name");
  }
  // An officer is added by root, and the filter must seal for them.
  NOSHARE_TRY(AtomicFile written, AtomicFile::create(file, 0640));
  NOSHARE_CHECK(written.give_to_folder_owner());
  NOSHARE_CHECK(written.write(officer.to_text()));
  return written.commit();
}

Result<void> Vault::remove_officer(const std::string& name) const {
  NOSHARE_TRY(const std::vector<std::string> names, stems(folder_ / kOfficers, kPublic));
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    return fail(ErrorCode::kNotFound, "the vault has no officer " + name);
  }
  return remove_file_durably(officer_file(name));
}

}  // namespace noshare::store
