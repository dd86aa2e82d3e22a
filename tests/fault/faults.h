// Faults on demand: a message whose header says `X-Fault: crash` makes the worker crash.
//
// In:  a message, inside a sandboxed worker     Out: usually no return
//   time      sleep=SECONDS  hang
//   end       crash  abort  exit  throw  oom
//   answers   garbage  wrong-id  huge-frame  slow-drip  half-frame  surplus-bytes
//             surplus-descriptor
//   attempts  try-open  try-create  try-stat  try-socket  try-connect  try-fork
//   try-thread
//             try-exec  try-ptrace  try-kill  try-map-code  try-descriptors
//             try-write-message try-setrlimit: the report's message_id says what became
//             of it, "open: EPERM"
// For tests only; no program that is installed contains it.
#pragma once

#include <string>
#include <string_view>

#include "worker/service.h"

namespace noshare::fault {

// The value of the message's X-Fault header; empty without one.
std::string fault_of(std::string_view message);

// Wraps a service: messages with X-Fault fail as told, all others are the service's.
std::unique_ptr<worker::Service> with_faults(std::unique_ptr<worker::Service> service);

}  // namespace noshare::fault
