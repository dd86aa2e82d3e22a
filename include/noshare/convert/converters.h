// Converters: the client of the converter programs, and what keeps them running.
//
// In:  the bytes of one file     Out: what its converter found in it
// Each kind has a program of its own, a fork server (milter/convert/keeper.h): it loads
// its libraries once, gives up its rights, and forks a child for each file. The process
// that made this object starts the servers when they are first needed, or with start(),
// and starts them anew when they end. Its forked children (workers) only ask.
// convert() may be called by several threads.
#pragma once

#include <array>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "noshare/base/fd.h"
#include "noshare/base/limits.h"
#include "noshare/base/result.h"
#include "noshare/extract/converter.h"

namespace noshare::convert {

struct Options {
  // Of each kind, in the order of ConverterKind; an empty path: there is none.
  std::array<std::filesystem::path, extract::kConverterKindCount> programs;
  Limits limits;
};

// The programs of this installation or build folder; that of pictures only if the limits
// ask for it.
Options installed_converters(const Limits& limits);

class Converters final : public extract::Converter {
 public:
  explicit Converters(Options options);
  // Ends the servers, if this is the process that started them.
  ~Converters() override;
  Converters(const Converters&) = delete;
  Converters& operator=(const Converters&) = delete;

  void start();  // all of them, before others are forked
  // Of those that are started: what a forked child keeps open in order to ask.
  std::vector<int> descriptors() const;
  void child_ended(pid_t child);  // one of ours? then it is started anew

  bool offers(extract::ConverterKind kind) const override;
  std::vector<extract::Found> convert(extract::ConverterKind kind, std::string_view bytes,
                                      const extract::ConvertBudget& budget) override;

 private:
  struct Server {
    std::filesystem::path program;
    UniqueFd requests;  // our end
    UniqueFd served;    // its end, kept so that a request survives its restart
    pid_t pid = 0;      // 0: not running
  };
  Result<void> run(Server& server);
  Result<int> requests_to(extract::ConverterKind kind);
  Result<UniqueFd> ask(extract::ConverterKind kind, std::string_view bytes,
                       const extract::ConvertBudget& budget);

  Limits limits_;
  pid_t owner_;
  std::mutex mutex_;
  std::array<Server, extract::kConverterKindCount> servers_;
};

}  // namespace noshare::convert
