// faulty-worker: noshare-worker with its real scanner, and faults on demand (faults.h).
//
// Fault tests start noshare-milter with it in place of noshare-worker.
#include <utility>

#include "faults.h"
#include "worker/program.h"
#include "worker/scan_service.h"

int main(int argument_count, char** arguments) {
  namespace worker = noshare::worker;
  return worker::run_program(
      argument_count, arguments,
      [](const std::string& text, const std::string& name,
         const noshare::FingerprintKey& key) -> noshare::Result<worker::Loaded> {
        NOSHARE_TRY(worker::Loaded loaded, worker::load_scan_service(text, name, key));
        loaded.service = noshare::fault::with_faults(std::move(loaded.service));
        return loaded;
      });
}
