// Embedded: what stands encoded in the middle of a text, as people paste it.
//
// In:  UTF-8 text of a part, hostile     Out: decoded files and texts in the collector
// uuencode and yEnc blocks, runs of base64 (data: URIs among them), base32, Ascii85 and
// of hexadecimal bytes, characters written by their numbers (disguise/escapes.h). A run
// counts only if it decodes to text or to a known type of file, so that words, keys and
// signatures give nothing. Linear in the text's size.
#pragma once

#include <string>
#include <string_view>

#include "extract/collector.h"
#include "extract/file_reader.h"

namespace noshare::extract {

// uuencode and yEnc, in the bytes of a text before its charset was undone.
void read_embedded_blocks(std::string_view bytes, const std::string& part,
                          const std::string& path, Collector& out);

// The others, in UTF-8. Where the text's map leads, there leads the map of what its
// escapes stand for; of the decoded runs nothing leads back.
void read_embedded_runs(const MappedText& text, const std::string& part,
                        const std::string& path, Collector& out);

// Adds a text of a document, and what stands encoded in it.
void add_with_runs(const FilePlace& place, model::Zone zone, std::string text,
                   Collector& out);

}  // namespace noshare::extract
