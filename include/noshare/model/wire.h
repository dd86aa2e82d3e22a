// Wire form: requests and reports as bytes for a socket between our own processes.
//
// In:  a model value     Out: bytes, and back. Fixed-width little-endian integers; texts
// and lists carry their count first. A decoder accepts exactly what the encoder wrote: a
// missing, superfluous or out-of-range byte is an Error (kCorrupt), because the peer may
// be a worker that hostile mail has taken over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/result.h"
#include "noshare/model/incident.h"
#include "noshare/model/scan_report.h"

namespace noshare::model {

// A frame is a 32-bit length and that many bytes. Larger ones are refused unread.
inline constexpr std::uint32_t kMaxFrameBytes = 64U << 20;

std::string encode(const ScanRequest& request);
std::string encode(const ScanReport& report);
std::string encode(const RedactReport& report);

Result<ScanRequest> decode_scan_request(std::string_view bytes);
Result<ScanReport> decode_scan_report(std::string_view bytes);
Result<RedactReport> decode_redact_report(std::string_view bytes);

}  // namespace noshare::model
