#include "worker/serve.h"

#include <exception>
#include <new>
#include <utility>

#include <malloc.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/model/wire.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"

namespace noshare::worker {

namespace {

// After messages of this size, what they used goes back to the kernel.
constexpr std::size_t kLargeMessage = 256 * 1024;

// Libraries that catch std::bad_alloc would call half of a message the whole of it.
[[noreturn]] void end_for_want_of_memory() { ::_exit(pool::kExitOutOfMemory); }

Result<UniqueFd> sealed_file(const std::string& body) {
  NOSHARE_TRY(UniqueFd file, create_memory_file("noshare-body"));
  NOSHARE_CHECK(write_all(file.get(), body));
  NOSHARE_CHECK(seal_memory_file(file.get()));
  return file;
}

Result<void> answer(int socket, std::uint64_t id, const model::ScanRequest& request,
                    std::string_view message, Service& service) {
  const Deadline deadline = Deadline::after(Milliseconds(request.time_ms));
  if (request.kind == model::RequestKind::kScan) {
    const std::string report = model::encode(service.scan(message, deadline));
    return pool::send_frame(socket, pool::numbered(id, report), -1, Deadline::never());
  }
  const Masked masked = service.redact(message, request.targets, deadline);
  UniqueFd body;
  if (masked.report.body_changed) {
    NOSHARE_TRY(body, sealed_file(masked.body));
  }
  const std::string report = model::encode(masked.report);
  return pool::send_frame(socket, pool::numbered(id, report), body.get(),
                          Deadline::never());
}

int serve_one(int socket, pool::Frame frame, Service& service) {
  const auto numbered = pool::split_number(frame.bytes);
  if (!numbered || !frame.descriptor) return pool::kExitBadRequest;
  const auto request = model::decode_scan_request(numbered->payload);
  const auto message = MappedFile::map(frame.descriptor.get());
  if (!request || !message) return pool::kExitBadRequest;
  const auto sent = answer(socket, numbered->id, *request, message->bytes(), service);
  // A pool that has closed meanwhile no longer wants the answer.
  if (!sent && sent.error().code != ErrorCode::kUnavailable) return pool::kExitException;
  if (message->bytes().size() >= kLargeMessage) ::malloc_trim(0);
  return pool::kExitDone;
}

}  // namespace

int serve(int socket, Service& service) {
  std::set_new_handler(end_for_want_of_memory);
  for (;;) {
    auto frame = pool::receive_frame(socket, Deadline::never());
    if (!frame) {
      const bool closed = frame.error().code == ErrorCode::kUnavailable;
      const bool idle = frame.error().code == ErrorCode::kTimeout;  // a day without mail
      if (idle) continue;
      return closed ? pool::kExitDone : pool::kExitBadRequest;
    }
    try {
      const int status = serve_one(socket, std::move(*frame), service);
      if (status != pool::kExitDone) return status;
    } catch (const std::bad_alloc&) {
      return pool::kExitOutOfMemory;
    } catch (...) {
      return pool::kExitException;
    }
  }
}

}  // namespace noshare::worker
