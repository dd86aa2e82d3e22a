// Unpacking: what all readers of archives share, and what one message may cost them.
//
// In:  bytes of a packed file, hostile     Out: its members through read_member()
// Members, bytes, depth and time are bounded for the message as a whole: each bound that
// is reached becomes an Unreadable.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "extract/containers/zip_members.h"
#include "extract/file_reader.h"

namespace noshare::extract {

// How many bytes the next member may unpack to.
std::size_t most_unpacked(const Collector& out);

// Reads what was unpacked, and says why it is not all of the member. `detail` is for
// people: what is not known here, or broken.
void read_unpacked(Unpacked content, std::string_view name, std::string_view detail,
                   const FilePlace& holder, Collector& out);

// A member whose content cannot be had: its name is scanned, the reason told.
void refuse_member(std::string_view name, model::UnreadableReason reason,
                   std::string_view detail, const FilePlace& holder, Collector& out);

// Comments of a zip file, what stands before and behind it, what no record explains.
void read_zip_gaps(const ZipMembers& zip, const FilePlace& place, Collector& out);

// FormatReaders. Zip: the reader of zip_members.h; the others: libarchive.
void read_zip(std::string_view bytes, const FilePlace& place, Collector& out);
void read_archive(std::string_view bytes, const FilePlace& place, Collector& out);
void read_arj(std::string_view bytes, const FilePlace& place, Collector& out);
// A single file, packed: gzip, bzip2, xz, ...; zlib (RFC 1950).
void read_zlib(std::string_view bytes, const FilePlace& place, Collector& out);
void read_compressed(std::string_view bytes, const FilePlace& place, Collector& out);

// What a stream that some zip methods are made of unpacks to.
Unpacked decompress(std::string_view bytes, std::size_t most_bytes);

// Encrypted zip files were set aside while the message was read. Each is tried with the
// passwords that the message states; what stays locked becomes Unreadable{encrypted}.
void open_locked_archives(Collector& out);

}  // namespace noshare::extract
