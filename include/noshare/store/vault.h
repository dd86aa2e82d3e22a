// Vault: held messages on disk, sealed so that only officers can read them.
//
// In:  a message with its envelope     Out: CASE.sealed in VAULT/held, readable with one
// of the secret keys whose public halves lie in VAULT/officers (NAME.pub). Each message
// has a key of its own, sealed to every officer (crypto_box_seal: X25519,
// XSalsa20-Poly1305); its bytes and its envelope are one stream of chunks
// (crypto_secretstream: XChaCha20-Poly1305), so that a chunk can neither be changed, left
// out nor moved. A BLAKE2b sum at the end lets everybody see damage, without a key.
// Errors: kIo, kUnavailable (no officer to seal for), kNotFound, kCorrupt, kInvalidInput
// (the key is not one the message was sealed for).
// Thread-safe: no state but the folder's name. docs/vault.md describes the format.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fd.h"
#include "noshare/base/result.h"
#include "noshare/store/officer_key.h"

namespace noshare::store {

// What a release needs to know beside the bytes. Sealed with them.
struct HeldEnvelope {
  std::string case_number;
  std::string sender;
  std::vector<std::string> recipients;  // those whom it was held for
  std::string rule;
  std::int64_t time_us = 0;
};

struct OpenedMessage {
  HeldEnvelope envelope;
  UniqueFd file;  // a sealed memory file with the message's bytes, as they were given
};

class Vault {
 public:
  // Makes the folders if they are missing (mode 0700 and 0750).
  static Result<Vault> open(const std::filesystem::path& folder);

  // Returns once message and folder are on disk. The same case again takes its place.
  Result<void> put(const HeldEnvelope& envelope, std::string_view message) const;
  Result<OpenedMessage> take_out(const std::string& case_number,
                                 const OfficerKey& key) const;
  // Gives it another case number, in place of what lies under that one. Durable.
  Result<void> rename(const std::string& from, const std::string& to) const;
  // Removes it for good. A missing one is no error.
  Result<void> remove(const std::string& case_number) const;

  bool has(const std::string& case_number) const;
  // Case numbers that lie in the vault, sorted.
  Result<std::vector<std::string>> cases() const;
  // Compares the sum at the end. Errors: kCorrupt with what is wrong.
  Result<void> check(const std::string& case_number) const;

  Result<std::vector<OfficerPublicKey>> officers() const;
  // Errors: kInvalidInput when another key has this name.
  Result<void> add_officer(const OfficerPublicKey& officer) const;
  // What is held already stays readable for them; new messages are not.
  Result<void> remove_officer(const std::string& name) const;

  const std::filesystem::path& folder() const { return folder_; }

 private:
  explicit Vault(std::filesystem::path folder) : folder_(std::move(folder)) {}
  std::filesystem::path file_of(const std::string& case_number) const;
  std::filesystem::path officer_file(const std::string& name) const;
  std::filesystem::path folder_;
};

}  // namespace noshare::store
