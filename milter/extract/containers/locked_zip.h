// Locked zip files: opened with a password that stands in the message beside them.
//
// In:  an encrypted zip file and a password     Out: its encrypted members, read
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "extract/file_reader.h"

namespace noshare::extract {

// False if the password does not open it. Traditional and AES encryption.
bool read_locked_zip(std::string_view bytes, const std::string& password,
                     const FilePlace& place, Collector& out);

// The words behind "password:" and its like in any language of business, in any zone.
// At most `most` of them.
std::vector<std::string> stated_passwords(const std::vector<model::Segment>& segments,
                                          std::size_t most);

}  // namespace noshare::extract
