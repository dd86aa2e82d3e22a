#include "running_daemon.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/daemon.h"
#include "daemon/signals.h"
#include "fakes.h"
#include "milter_client.h"

#ifdef __SANITIZE_THREAD__
// libmilter's smfi_main() destroys the locks of smfi_stop() without waiting for it, and
// reads its listening descriptor without any.
extern "C" __attribute__((visibility("default"))) const char*
__tsan_default_suppressions();
extern "C" const char* __tsan_default_suppressions() {
  return "race:mi_closener\nrace:mi_stop_milters\n"
         "mutex:mi_stop_milters\nmutex:smfi_stop\n";
}
#endif

namespace noshare::daemon::testing {

namespace {

int free_port() {
  const UniqueFd fd(::socket(AF_INET, SOCK_STREAM, 0));
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof name;
  ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&name), size);
  ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&name), &size);
  return ntohs(name.sin_port);
}

void stay_on_one_processor() {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<unsigned>(::sched_getcpu()), &one);
  ::sched_setaffinity(0, sizeof one, &one);
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_BATCH, &none);
}

}  // namespace

RunningDaemon::RunningDaemon(const std::string& settings)
    : RunningDaemon(settings, Options()) {}

RunningDaemon::RunningDaemon(const std::string& settings, Options options)
    : options_(options) {
  std::string folder = ::testing::TempDir() + "noshare-daemon-XXXXXX";
  folder_ = ::mkdtemp(folder.data());
  address_ = options.inet ? "inet:" + std::to_string(free_port())
                          : "unix:" + (folder_ / "milter").string();
  write_config(settings);
  child_ = ::fork();
  if (child_ == 0) run_child();
  // Ready when it says so; a sanitizer may take its time.
  for (int i = 0; i < 1000 && log().find("\"started\"") == std::string::npos; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (::waitpid(child_, nullptr, WNOHANG) == child_) {
      child_ = -1;
      ADD_FAILURE() << "the daemon did not start: " << log();
      return;
    }
  }
}

RunningDaemon::~RunningDaemon() {
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  std::filesystem::remove_all(folder_);
}

void RunningDaemon::write_config(const std::string& settings) const {
  const bool inet = address_.starts_with("inet:");
  const std::string socket = inet ? "inet:127.0.0.1:" + address_.substr(5) : address_;
  std::ofstream(folder_ / "noshare.yaml")
      << "milter: {socket: \"" << socket << "\", drain_time: 5s}\n"
      << "control: " << (folder_ / "control").string() << "\n"
      << "organisation: {domains: [example.com], networks: [127.0.0.0/8]}\n"
      << settings;
}

void RunningDaemon::run_child() const {
  const int out = ::open((folder_ / "log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  ::dup2(out, STDERR_FILENO);
  ::dup2(out, STDOUT_FILENO);
  if (options_.one_processor) stay_on_one_processor();
  const FingerprintKey key = FingerprintKey::random();
  const auto file = folder_ / "noshare.yaml";
  auto snapshot = load_snapshot(file, key);
  if (!snapshot) {
    std::fprintf(stderr, "%s\n", snapshot.error().message.c_str());
    std::_Exit(78);
  }
  if (!Signals::install()) std::_Exit(71);
  Parts parts;
  parts.snapshot = *snapshot;
  parts.pool = std::make_unique<FakePool>((*snapshot)->settings.version);
  parts.store = std::make_unique<FakeStore>(folder_);
  parts.load = [=] { return load_snapshot(file, key); };
  const auto status = run_daemon(std::move(parts));
  if (!status) std::fprintf(stderr, "%s\n", status.error().message.c_str());
  // exit(), not _Exit(): a sanitizer that has something to say changes the status.
  std::exit(status ? *status : 71);
}

void RunningDaemon::signal(int number) const { ::kill(child_, number); }

int RunningDaemon::stop() {
  signal(SIGTERM);
  return wait();
}

int RunningDaemon::wait() {
  int status = 0;
  if (child_ <= 0 || ::waitpid(child_, &status, 0) != child_) return -1;
  child_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string RunningDaemon::log() const {
  std::ostringstream text;
  text << std::ifstream(folder_ / "log").rdbuf();
  return text.str();
}

std::string RunningDaemon::control(const std::string& line) const {
  const UniqueFd fd = connect_to("unix:" + (folder_ / "control").string());
  if (!fd || !write_all(fd.get(), line + "\n")) return {};
  std::string answer;
  char byte = 0;
  while (::read(fd.get(), &byte, 1) == 1 && byte != '\n') answer += byte;
  return answer;
}

}  // namespace noshare::daemon::testing
