// Masking of values in a message, leaving it valid MIME.
//
// In:  the message, and the places that findings named     Out: its new body and header
// values. Text parts, headers and the texts of OOXML documents can be masked; a signed or
// encrypted message never is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/extract/extract.h"
#include "noshare/model/scan_report.h"

namespace noshare::extract {

struct Redacted {
  model::RedactReport report;
  std::size_t body_begin = 0;  // where the old body begins in the message
  std::string
      body;  // the whole new body (after the header block), CRLF as in the original
};

Redacted redact_message(std::string_view bytes,
                        const std::vector<model::MaskTarget>& targets,
                        const Options& options, Deadline deadline);

}  // namespace noshare::extract
