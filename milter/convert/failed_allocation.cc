// An allocation that fails ends a converter's process, with the status that says so.
//
// Libraries answer a failed allocation by abort(3), which looks like any other crash, or
// go on with half of the file. These three stand before glibc's own (its manual,
// "Replacing malloc"); the C library's exported names do the work.
#include <cstddef>
#include <cstdlib>

#include <unistd.h>

#include "noshare/pool/control.h"

#ifndef NOSHARE_SANITIZED  // sanitizers bring their own

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

__attribute__((visibility("default"))) void* malloc(std::size_t size) {
  void* const place = __libc_malloc(size);
  if (place == nullptr && size > 0) ::_exit(noshare::pool::kExitOutOfMemory);
  return place;
}

__attribute__((visibility("default"))) void* calloc(std::size_t count, std::size_t size) {
  void* const place = __libc_calloc(count, size);
  if (place == nullptr && count > 0 && size > 0) {
    ::_exit(noshare::pool::kExitOutOfMemory);
  }
  return place;
}

__attribute__((visibility("default"))) void* realloc(void* old, std::size_t size) {
  void* const place = __libc_realloc(old, size);
  if (place == nullptr && size > 0) ::_exit(noshare::pool::kExitOutOfMemory);
  return place;
}
}

#endif
