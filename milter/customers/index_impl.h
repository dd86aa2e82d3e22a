// Index::Impl: an index file mapped into memory, and what may be asked of it.
#pragma once

#include <cstdint>
#include <cstring>

#include "noshare/base/fd.h"
#include "noshare/customers/index.h"

#include "customers/index_format.h"

namespace noshare::customers {

struct Index::Impl {
  MappedFile file;
  IndexHeader header;
  Layout layout;
  ShortHashKey hashes_by;
  IndexFacts facts;

  template <class Value>
  Value at(std::uint64_t place) const {
    Value value;
    std::memcpy(&value, file.bytes().data() + place, sizeof value);
    return value;
  }

  // False for nearly all values that are nobody's.
  bool may_hold(std::uint64_t hash) const {
    const std::uint64_t block =
        layout.filter + filter_block(hash, header.filter_blocks) * kBlockBytes;
    bool all = true;
    filter_bits(hash, [&](unsigned word, std::uint64_t mask) {
      all = all && (at<std::uint64_t>(block + std::uint64_t{word} * 8) & mask) != 0;
    });
    return all;
  }

  // Calls on_record(number) for each record that has this primary value.
  template <class OnRecord>
  void find(std::uint64_t hash, OnRecord&& on_record) const {
    const std::uint64_t cell = layout.directory + (hash >> 48U) * 8;
    std::uint64_t low = at<std::uint64_t>(cell);
    std::uint64_t high = at<std::uint64_t>(cell + 8);
    high = high < header.entries ? high : header.entries;
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (at<std::uint64_t>(layout.hashes + middle * 8) < hash) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (; low < header.entries && at<std::uint64_t>(layout.hashes + low * 8) == hash;
         ++low) {
      const auto owner = at<std::uint32_t>(layout.owners + low * 4);
      if (owner < header.records) on_record(owner);
    }
  }

  std::uint64_t record_at(std::uint32_t record) const {
    return layout.records + record * header.record_bytes;
  }
  Fingerprint customer(std::uint32_t record) const {
    return at<Fingerprint>(record_at(record));
  }
  Fingerprint subject(std::uint32_t record) const {
    return at<Fingerprint>(record_at(record) + sizeof(Fingerprint::bytes));
  }
  std::uint32_t check(std::uint32_t record, std::size_t column) const {
    return at<std::uint32_t>(record_at(record) + kRecordHead + column * 4);
  }
};

}  // namespace noshare::customers
