// `noshare forms add|remove|list`: documents that are known by their wording.
#include <iostream>

#include <unistd.h>

#include "noshare/convert/converters.h"
#include "noshare/extract/extract.h"
#include "noshare/forms/forms.h"

#include "action.h"
#include "command.h"
#include "control_client.h"
#include "engine.h"
#include "scan_input.h"

namespace noshare::cli {

namespace {

struct FormsOptions {
  std::string config;
  std::string name;
  std::string file;
  bool no_reload = false;
};

struct Shelf {
  config::Settings settings;
  forms::Forms forms = forms::Forms::none(FingerprintKey::random());
};

Result<Shelf> open_shelf(const FormsOptions& options) {
  Shelf shelf;
  NOSHARE_TRY(shelf.settings, load_settings_or_defaults(options.config));
  if (shelf.settings.forms.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "expected 'forms: {index: PATH}' in the configuration");
  }
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(shelf.settings.fingerprint_key));
  const bool is_new = ::access(shelf.settings.forms.c_str(), F_OK) != 0;
  if (is_new) {
    shelf.forms = forms::Forms::none(key);
  } else {
    NOSHARE_TRY(shelf.forms, forms::Forms::open(shelf.settings.forms, key));
  }
  return shelf;
}

// A filter that does not run reads the file when it starts.
Result<void> save(const Shelf& shelf, const FormsOptions& options) {
  NOSHARE_CHECK(shelf.forms.save(shelf.settings.forms));
  if (options.no_reload || ::access(shelf.settings.control.c_str(), F_OK) != 0) return {};
  const auto answer = ask_filter(shelf.settings.control.string(), "reload");
  if (answer) return {};
  return fail(answer.error().code,
              "saved, but the filter was not reloaded: " + answer.error().message);
}

Result<void> add_form(const FormsOptions& options) {
  NOSHARE_TRY(Shelf shelf, open_shelf(options));
  NOSHARE_TRY(const ScanInput input, read_input(options.file, InputForm::kAuto));
  convert::Converters converters(convert::installed_converters(shelf.settings.limits));
  extract::Options how;
  how.limits = shelf.settings.limits;
  how.converter = &converters;
  const Deadline deadline = Deadline::after(shelf.settings.limits.scan_time);
  const extract::Extracted text =
      input.kind == scan::InputKind::kMessage
          ? extract::extract_message(input.bytes.reveal(), how, deadline)
          : extract::extract_file(input.bytes.reveal(), input.name, how, deadline);
  for (const model::Unreadable& one : text.unreadable) {
    complain("not read: " + one.path + ", " + model::name(one.reason));
  }
  NOSHARE_CHECK(shelf.forms.add(options.name, text.segments));
  NOSHARE_CHECK(save(shelf, options));
  std::cout << "'" << options.name << "' is known by "
            << shelf.forms.list().at(options.name) << " prints\n";
  return {};
}

Result<void> remove_form(const FormsOptions& options) {
  NOSHARE_TRY(Shelf shelf, open_shelf(options));
  if (!shelf.forms.remove(options.name)) {
    return fail(ErrorCode::kNotFound,
                "no known document is called '" + options.name + "'");
  }
  return save(shelf, options);
}

Result<void> list_forms(const FormsOptions& options) {
  NOSHARE_TRY(const Shelf shelf, open_shelf(options));
  for (const auto& [name, prints] : shelf.forms.list()) {
    std::cout << name << "  " << prints << " prints\n";
  }
  return {};
}

}  // namespace

void declare_forms(CLI::App& app, Run& run) {
  auto* parent =
      app.add_subcommand("forms", "Blank forms and confidential documents, known again");
  parent->require_subcommand(1);
  auto options = std::make_shared<FormsOptions>();
  auto* command =
      declare_action(*parent, run, "add", "Learn a document", add_form, options);
  command->footer(
      "Only keyed hashes of its wording are kept. A document of that name is "
      "replaced.\n\n"
      "Example:\n  noshare forms add 'residence permit' form.docx");
  command->add_flag("--no-reload", options->no_reload, "Do not make the filter reload");
  command->add_option("NAME", options->name, "What to call it in verdicts")->required();
  command->add_option("FILE", options->file, "The document")->required();
  options = std::make_shared<FormsOptions>();
  command =
      declare_action(*parent, run, "remove", "Forget a document", remove_form, options);
  command->add_flag("--no-reload", options->no_reload, "Do not make the filter reload");
  command->add_option("NAME", options->name, "As it was called")->required();
  declare_action(*parent, run, "list", "Which documents are known", list_forms,
                 std::make_shared<FormsOptions>());
}

}  // namespace noshare::cli
