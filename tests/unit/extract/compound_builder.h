// Compound files for tests ([MS-CFB], sectors of 512 bytes): storages and streams.
//
// In:  a tree of names and bytes     Out: the file; every stream in ordinary sectors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "zip_builder.h"

namespace noshare::extract {

class CompoundBuilder {
 public:
  CompoundBuilder() { entries_.push_back({"Root Entry", 5, 0, "", {}}); }

  // Returns the storage's number; 0 is the root.
  std::size_t storage(std::size_t parent, std::string_view name) {
    return add(parent, name, 1, "");
  }
  void stream(std::size_t parent, std::string_view name, std::string_view bytes) {
    add(parent, name, 2, bytes);
  }

  // Sectors: one table of up to 128, then the directory, then the streams.
  std::string bytes() const {
    std::vector<std::uint32_t> table = {0xFFFFFFFD};
    std::string sectors;
    const auto append = [&](std::string data) {
      const auto first = static_cast<std::uint32_t>(table.size());
      data.resize((data.size() + 511) / 512 * 512);
      for (std::size_t i = 0; i < data.size() / 512; ++i) {
        table.push_back(static_cast<std::uint32_t>(table.size()) + 1);
      }
      if (!data.empty()) table.back() = 0xFFFFFFFE;
      sectors += data;
      return data.empty() ? 0xFFFFFFFE : first;
    };
    std::vector<std::uint32_t> starts;
    for (const Entry& entry : entries_) starts.push_back(append(entry.bytes));
    const std::uint32_t directory = append(directory_bytes(starts));
    std::string head =
        "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(16, '\0') +
        little_endian(0x3E, 2) + little_endian(3, 2) + little_endian(0xFFFE, 2) +
        little_endian(9, 2) + little_endian(6, 2) + std::string(10, '\0') +
        little_endian(1, 4) + little_endian(directory, 4) + little_endian(0, 4) +
        little_endian(0, 4) +  // cutoff 0: no small streams
        little_endian(0xFFFFFFFE, 4) + little_endian(0, 4) +
        little_endian(0xFFFFFFFE, 4) + little_endian(0, 4) + little_endian(0, 4);
    for (int i = 0; i < 108; ++i) head += little_endian(0xFFFFFFFF, 4);
    std::string fat;
    for (std::uint32_t next : table) fat += little_endian(next, 4);
    while (fat.size() < 512) fat += little_endian(0xFFFFFFFF, 4);
    return head + fat + sectors;
  }

 private:
  struct Entry {
    std::string name;
    int type;
    std::size_t parent;
    std::string bytes;
    std::vector<std::size_t> children;
  };

  std::size_t add(std::size_t parent, std::string_view name, int type,
                  std::string_view bytes) {
    entries_.push_back({std::string(name), type, parent, std::string(bytes), {}});
    entries_[parent].children.push_back(entries_.size() - 1);
    return entries_.size() - 1;
  }

  // Siblings form a list by their right hand.
  std::string directory_bytes(const std::vector<std::uint32_t>& starts) const {
    std::vector<std::uint32_t> right(entries_.size(), 0xFFFFFFFF);
    for (const Entry& entry : entries_) {
      for (std::size_t i = 0; i + 1 < entry.children.size(); ++i) {
        right[entry.children[i]] = static_cast<std::uint32_t>(entry.children[i + 1]);
      }
    }
    std::string directory;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      const Entry& entry = entries_[i];
      std::string name;
      for (char c : entry.name) name += std::string{c, '\0'};
      name.resize(64);
      directory +=
          name + little_endian(2 * entry.name.size() + 2, 2) +
          little_endian(static_cast<std::uint64_t>(entry.type), 1) + '\1' +
          little_endian(0xFFFFFFFF, 4) + little_endian(right[i], 4) +
          little_endian(entry.children.empty() ? 0xFFFFFFFF : entry.children.front(), 4) +
          std::string(36, '\0') + little_endian(starts[i], 4) +
          little_endian(entry.bytes.size(), 8);
    }
    return directory;
  }

  std::vector<Entry> entries_;
};

}  // namespace noshare::extract
