// noshare: scan mail, test packs, check the configuration, look at incidents, steer the
// filter.
//
// In:  the command line     Out: see each command's --help
// Exit status: 0 nothing found, 1 something found or a check failed, 2 an error.
#include <csignal>
#include <iostream>

#include "noshare/base/log.h"
#include "noshare/base/text.h"

#include "command.h"

namespace noshare::cli {

namespace {

constexpr const char* kFooter = R"(Examples:
  noshare scan mail.eml                       what is in this mail, and why
  noshare scan --from me@example.com --to x@else.test mail.eml
                                              and what would happen to it
  noshare config check /etc/noshare/noshare.yaml
  noshare pack explain iban                   how IBANs are recognised
  noshare incident list --since 2026-11-01    what was stopped
  noshare customers index customers.csv       whose data must not leave

noshare COMMAND --help tells more. Manual: noshare(1), noshare.yaml(5), noshare-milter(8).)";

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({}))
    names.push_back(command->get_name());
  return names;
}

// CLI11 answers an unknown command with "required"; tell what was meant instead.
std::string explain(const CLI::App& app, const CLI::ParseError& error, int argc,
                    char** argv) {
  std::string text = error.what();
  if (text == "A subcommand is required") text = "expected a command";
  if (argc < 2 || argv[1][0] == '-') return text;
  const std::vector<std::string> names = command_names(app);
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return text;
  text = "unknown command '" + std::string(argv[1]) + "'";
  if (const auto meant = closest(argv[1], names))
    text += "; did you mean '" + *meant + "'?";
  return text;
}

int run_program(int argc, char** argv) {
  CLI::App app{"Keeps personal data from third parties: scans mail, explains, decides.",
               "noshare"};
  app.footer(kFooter);
  app.set_version_flag("--version", "noshare " NOSHARE_VERSION);
  app.require_subcommand(1);
  Run run;
  declare_scan(app, run);
  declare_pack(app, run);
  declare_config(app, run);
  declare_incident(app, run);
  declare_audit(app, run);
  declare_held(app, run);
  declare_account(app, run);
  declare_officer(app, run);
  declare_customers(app, run);
  declare_permission(app, run);
  declare_report(app, run);
  declare_forms(app, run);
  declare_disclosure(app, run);
  declare_digest(app, run);
  declare_control(app, run);
  declare_completion(app, run);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    complain(explain(app, error, argc, argv));
    std::cerr << "Try 'noshare --help'.\n";
    return kFailed;
  }
  return run ? run() : complain("nothing to do");
}

}  // namespace

int complain(const std::string& message) {
  std::cerr << "noshare: " << message << "\n";
  return kFailed;
}

}  // namespace noshare::cli

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_DFL);  // `noshare scan ... | head` ends quietly
  noshare::log::configure(noshare::log::Target::kStandardError,
                          noshare::log::Level::kWarning);
  try {
    return noshare::cli::run_program(argc, argv);
  } catch (const std::exception& error) {
    return noshare::cli::complain(std::string("internal error: ") + error.what());
  }
}
