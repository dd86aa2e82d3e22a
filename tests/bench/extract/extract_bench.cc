// How fast messages become text: MB/s of raw message, against copying its bytes.
//
// Reads nothing from outside: prose and HTML are put together from a few sentences.
#include <string>
#include <string_view>

#include <benchmark/benchmark.h>

#include "noshare/extract/extract.h"

#include "extract/transfer.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kBytes = 4U << 20U;

std::string repeated(std::string_view piece) {
  std::string text;
  while (text.size() < kBytes) text += piece;
  return text;
}

const std::string kProse = repeated(
    "Dear colleague,\r\n\r\nthe meeting of last week was moved to Thursday, since the "
    "room was not"
    " free. Please bring\r\nthe plan for the third quarter, and a list of open "
    "questions; order"
    " 20418 is closed by now.\r\n\r\n");

const std::string kUmlauts = repeated(
    "Sehr geehrte Frau Grün,\r\n\r\nfür die Übersicht über die Größen möchten wir "
    "danken; die"
    " Prüfung läuft.\r\n\r\n");

const std::string kHtml = repeated(
    "<div class=\"row\" style=\"font-size:12px;color:#222222\"><p>The meeting of last "
    "week was moved"
    " to <b>Thursday</b>, since the room&nbsp;was not free.</p>\r\n<table><tr><td "
    "width=\"40\">Order"
    "</td><td align=\"right\">20418</td></tr></table><a "
    "href=\"https://example.com/plan\">the plan"
    "</a></div>\r\n");

std::string message(std::string_view fields, std::string_view body) {
  return "From: a@example.com\r\nSubject: bench\r\n" + std::string(fields) + "\r\n" +
         std::string(body);
}

void read(benchmark::State& state, const std::string& mail) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(extract_message(mail, {}, Deadline::never()));
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(mail.size()) * state.iterations());
}

void copy(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(std::string(kProse));
  state.SetBytesProcessed(static_cast<std::int64_t>(kProse.size()) * state.iterations());
}
BENCHMARK(copy);

void plain(benchmark::State& state) { read(state, message("", kProse)); }
BENCHMARK(plain);

void plain_utf8(benchmark::State& state) {
  read(state, message("Content-Type: text/plain; charset=utf-8\r\n", kUmlauts));
}
BENCHMARK(plain_utf8);

void base64(benchmark::State& state) {
  read(state,
       message("Content-Transfer-Encoding: base64\r\n", encode_base64(kProse, "\r\n")));
}
BENCHMARK(base64);

void quoted_printable(benchmark::State& state) {
  read(state, message("Content-Transfer-Encoding: quoted-printable\r\n",
                      encode_quoted_printable(kProse, "\r\n")));
}
BENCHMARK(quoted_printable);

void html(benchmark::State& state) {
  read(state, message("Content-Type: text/html\r\n", kHtml));
}
BENCHMARK(html);

void small_mail(benchmark::State& state) {
  read(state, message("", std::string_view(kProse).substr(0, 4096)));
}
BENCHMARK(small_mail);

}  // namespace
}  // namespace noshare::extract

BENCHMARK_MAIN();
