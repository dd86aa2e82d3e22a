// faulty-converter: a converter whose file says what shall happen, a word a line.
//
//   echo TEXT      a text        file NAME     a file of one megabyte
//   many           more text than anybody wants
//   crash abort hang sleep memory throw        ends so
//   try-open ...   an attempt to break out: the text says what became of it
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

#include "noshare/base/text.h"

#include "attempts.h"
#include "convert/keeper.h"

namespace {

using noshare::convert::Output;
using noshare::model::Zone;

void obey(std::string_view line, Output& out) {
  const std::string_view word = line.substr(0, line.find(' '));
  const std::string rest(line.substr(std::min(line.size(), word.size() + 1)));
  if (word == "echo") out.text(Zone::kDocument, "line", rest);
  if (word == "file") out.file(rest, std::string(1U << 20U, 'x'));
  if (word == "many") {
    for (;;) out.text(Zone::kDocument, "line", std::string(1U << 20U, 'x'));
  }
  if (word == "crash") noshare::fault::crash();
  if (word == "abort") std::abort();
  if (word == "hang") noshare::fault::hang();
  if (word == "sleep") std::this_thread::sleep_for(std::chrono::hours(1));
  if (word == "memory") noshare::fault::eat_memory();
  if (word == "refused-memory" && std::malloc(std::size_t{1} << 40U) == nullptr) {
    std::abort();
  }
  if (word == "throw") throw std::runtime_error("fault");
  if (word.starts_with("try-")) {
    out.text(Zone::kDocument, "attempt",
             noshare::fault::attempt(std::string(word.substr(4))));
  }
}

void convert(std::string_view file, Output& out) {
  for (const std::string_view line : noshare::split(file, '\n')) obey(line, out);
}

}  // namespace

int main(int argument_count, char** arguments) {
  return noshare::convert::run_keeper(argument_count, arguments, {[] {}, convert});
}
