// Files: attachments and what stands inside them, each read as what its bytes are.
//
// In:  bytes of any type, from a part, an archive or a document     Out: segments and
// Unreadables in the collector The name and the declared type are the sender's words:
// they are scanned and decide nothing but how text is shown. A type that no reader knows
// is Unreadable{unsupported}, a picture, sound or font Unreadable{media}.
#pragma once

#include <string>
#include <string_view>

#include "extract/collector.h"
#include "extract/sniff.h"

namespace noshare::extract {

// One file and where it stands.
struct FilePlace {
  std::string part;    // number of the MIME part that holds it, "1.2"
  std::string path;    // for people, without a separator at its end: "a.zip › b.docx"
  unsigned depth = 0;  // messages, archives and documents around it

  // A file inside this one.
  FilePlace inside(std::string_view name) const;
};

// A reader of one format. Broken input is no error: what was found before it stays, and
// an Unreadable tells the rest.
using FormatReader = void (*)(std::string_view bytes, const FilePlace& place,
                              Collector& out);

// Reads a file whose type was sniffed. Without a reader for it: Unreadable{unsupported},
// or {encrypted} where the format says so.
void read_format(const Sniffed& found, std::string_view bytes, const FilePlace& place,
                 Collector& out);

// Reads the zip file that ends this file of another type, if there is one: a
// self-extracting program, or a picture that unpacking programs open all the same.
void read_appended_zip(std::string_view bytes, const FilePlace& place, Collector& out);

// Reads the stretches of plain text in a file that no reader knows, where they hold
// numbers: comments of pictures, records of a database.
void read_strings(std::string_view bytes, const FilePlace& place, Collector& out);

// Reads any file: a message, a known format, or text. The file's name was added before.
void read_file(std::string_view bytes, const FilePlace& place, Collector& out);

// Reads a file inside another: its name as text, then its content. Keeps to
// Limits::depth.
void read_member(std::string_view bytes, std::string_view name, const FilePlace& holder,
                 Collector& out);

}  // namespace noshare::extract
