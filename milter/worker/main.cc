// noshare-worker: gives up every right, then reads mail.
#include "worker/program.h"
#include "worker/scan_service.h"

int main(int argument_count, char** arguments) {
  return noshare::worker::run_program(argument_count, arguments,
                                      noshare::worker::load_scan_service);
}
