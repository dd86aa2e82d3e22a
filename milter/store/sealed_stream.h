// The bytes of a sealed message: written chunk by chunk, read back in the same order.
//
// "NSVAULT1", number of officers (u32), for each officer the id of the key (16 bytes) and
// the sealed content key (80 bytes), the stream's header (24 bytes); then chunks, each
// with its size before it (u32); then BLAKE2b-256 of all that. Numbers are little-endian.
// The first chunk carries what stands before it as authenticated data, the last one the
// tag FINAL.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"
#include "noshare/store/officer_key.h"

namespace noshare::store {

using Sink = std::function<Result<void>(std::string_view bytes)>;

// Writes `first` as a chunk of its own, then `rest` in chunks of 64 KiB.
Result<void> seal(const std::vector<OfficerPublicKey>& officers, std::string_view first,
                  std::string_view rest, const Sink& sink);

// Gives the first chunk to `first`, then the others to `rest`. What was handed over
// before an error must be thrown away by the caller.
Result<void> unseal(std::string_view sealed, const OfficerKey& key, const Sink& first,
                    const Sink& rest);

// Compares the sum at the end, which needs no key.
Result<void> check_sum(std::string_view sealed);

}  // namespace noshare::store
