// Commands: what `noshare` can do, each declared with its options and run later.
#pragma once

#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "noshare/base/result.h"

namespace noshare::cli {

// Exit statuses (DESIGN section 7).
enum ExitStatus : int { kNothingFound = 0, kSomethingFound = 1, kFailed = 2 };

// What a command does once the command line has been understood.
using Run = std::function<int()>;

// Each adds one command with its subcommands to `app`; the command that was named sets
// `run`.
void declare_scan(CLI::App& app, Run& run);
void declare_pack(CLI::App& app, Run& run);
void declare_config(CLI::App& app, Run& run);
void declare_incident(CLI::App& app, Run& run);
void declare_officer(CLI::App& app, Run& run);
void declare_account(CLI::App& app, Run& run);
void declare_audit(CLI::App& app, Run& run);
void declare_held(CLI::App& app, Run& run);
void declare_customers(CLI::App& app, Run& run);
void declare_permission(CLI::App& app, Run& run);
void declare_report(CLI::App& app, Run& run);
void declare_forms(CLI::App& app, Run& run);
void declare_disclosure(CLI::App& app, Run& run);
void declare_digest(CLI::App& app, Run& run);
void declare_control(CLI::App& app, Run& run);
void declare_completion(CLI::App& app, Run& run);

// "noshare: message" on standard error; gives kFailed.
int complain(const std::string& message);
inline int complain(const Error& error) { return complain(error.message); }

}  // namespace noshare::cli
