// `noshare reload` and `noshare status`: one line of JSON to the filter's control socket,
// one line back.
#include <iostream>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/base/json.h"

#include "command.h"
#include "engine.h"

namespace noshare::cli {

namespace {

// A reload compiles packs before it answers.
constexpr int kAnswerSeconds = 120;

struct ControlOptions {
  std::string config;
  std::string socket;
  std::string format = "text";
};

Result<UniqueFd> connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return fail(ErrorCode::kInvalidInput, "the socket's path is too long: " + path);
  }
  path.copy(address.sun_path, path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return fail_errno("cannot make a socket");
  const timeval patience{kAnswerSeconds, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
      0) {
    return fail_errno("cannot reach the filter at " + path +
                      " (is noshare-milter running?)");
  }
  return fd;
}

Result<std::string> read_line(int fd) {
  std::string line;
  char buffer[4096];
  for (;;) {
    const ssize_t count = ::read(fd, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("no answer from the filter");
    if (count == 0) return line;
    line.append(buffer, static_cast<std::size_t>(count));
    if (line.back() == '\n') return line;
  }
}

Result<Json> ask(const ControlOptions& options, const char* command) {
  std::string path = options.socket;
  if (path.empty()) {
    NOSHARE_TRY(const config::Settings settings,
                load_settings_or_defaults(options.config));
    path = settings.control.string();
  }
  NOSHARE_TRY(const UniqueFd fd, connect_to(path));
  NOSHARE_CHECK(write_all(fd.get(), to_line(Json{{"command", command}}) + "\n"));
  NOSHARE_TRY(const std::string line, read_line(fd.get()));
  return parse_json(line);
}

void print_flat(const Json& json, const std::string& prefix) {
  for (const auto& [key, value] : json.items()) {
    if (value.is_object()) {
      print_flat(value, prefix + key + ".");
    } else {
      std::cout << prefix << key << ": "
                << (value.is_string() ? value.get<std::string>() : to_line(value))
                << "\n";
    }
  }
}

int run_control(const ControlOptions& options, const char* command) {
  const auto answer = ask(options, command);
  if (!answer) return complain(answer.error());
  if (!answer->is_object()) return complain("the filter's answer is not understood");
  if (const auto error = answer->find("error");
      error != answer->end() && error->is_string()) {
    return complain(error->get<std::string>());
  }
  if (options.format == "json") {
    std::cout << to_line(*answer) << "\n";
  } else {
    print_flat(*answer, "");
  }
  return std::cout.flush() ? 0 : kFailed;
}

void declare_one(CLI::App& app, Run& run, const char* name, const char* about) {
  auto* command = app.add_subcommand(name, about);
  const auto options = std::make_shared<ControlOptions>();
  command->add_option("--config", options->config, "Configuration file")
      ->type_name("FILE");
  command
      ->add_option("--socket", options->socket,
                   "Control socket, instead of the configured one")
      ->type_name("FILE");
  command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([&run, options, name] {
    run = [options, name] { return run_control(*options, name); };
  });
}

}  // namespace

void declare_control(CLI::App& app, Run& run) {
  declare_one(app, run, "reload",
              "Make the filter read its configuration and packs again");
  declare_one(app, run, "status", "What the filter is doing");
}

}  // namespace noshare::cli
