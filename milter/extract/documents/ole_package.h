// OLE packages: a file put into a document as an object.
//
// In:  a compound file with a packaged file or a document in it, or the bytes of an OLE 1
// object ([MS-OLEDS] sections 2.2.4 and 2.3.6), hostile     Out: the file, read as what
// it is; Unreadable{unsupported} where the object is of another kind
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

// A FormatReader: compound files with the streams of a package.
void read_ole_package(std::string_view bytes, const FilePlace& place, Collector& out);

// An object as RTF holds it: OLE 1, perhaps around a compound file.
void read_embedded_object(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
