// `noshare completion bash|zsh|fish`: made from the commands themselves, so that it
// cannot be out of date.
#include <iostream>

#include "noshare/base/text.h"

#include "command.h"

namespace noshare::cli {

namespace {

// A command's words in order ("incident list") and what may follow.
struct Node {
  std::string path;
  std::vector<std::string> words;
};

void collect(const CLI::App& app, const std::string& path, std::vector<Node>& nodes) {
  Node node;
  node.path = path;
  for (const CLI::App* command : app.get_subcommands({})) {
    node.words.push_back(command->get_name());
    collect(*command,
            path.empty() ? command->get_name() : path + " " + command->get_name(), nodes);
  }
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames())
      node.words.push_back("--" + name);
  }
  nodes.push_back(std::move(node));
}

void print_bash(const std::vector<Node>& nodes) {
  std::cout << "# bash completion for noshare; from: noshare completion bash\n"
               "_noshare() {\n"
               "  local word path='' words\n"
               "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
               "    [[ $word == -* ]] || path+=\"${path:+ }$word\"\n"
               "  done\n"
               "  case $path in\n";
  for (const Node& node : nodes) {
    std::cout << "    '" << node.path << "') words='" << joined(node.words, " ")
              << "' ;;\n";
  }
  std::cout << "    *) words='' ;;\n  esac\n"
               "  COMPREPLY=($(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\"))\n"
               "}\n"
               "complete -o default -F _noshare noshare\n";
}

void print_zsh(const std::vector<Node>& nodes) {
  std::cout << "#compdef noshare\n# from: noshare completion zsh\n"
               "autoload -U +X bashcompinit && bashcompinit\n";
  print_bash(nodes);
}

void print_fish(const std::vector<Node>& nodes) {
  std::cout << "# fish completion for noshare; from: noshare completion fish\n"
               "function __noshare_at\n"
               "  set -l words (commandline -opc | string match -v -- '-*')\n"
               "  test (string join ' ' $words[2..-1]) = \"$argv\"\n"
               "end\n";
  for (const Node& node : nodes) {
    std::cout << "complete -c noshare -n '__noshare_at " << node.path << "' -a '"
              << joined(node.words, " ") << "'\n";
  }
}

}  // namespace

void declare_completion(CLI::App& app, Run& run) {
  auto* command = app.add_subcommand("completion", "Completion for a shell");
  const auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->footer(
      "For example: noshare completion bash > /etc/bash_completion.d/noshare");
  command->callback([&app, &run, shell] {
    run = [&app, shell] {
      std::vector<Node> nodes;
      collect(app, "", nodes);
      *shell == "bash"  ? print_bash(nodes)
      : *shell == "zsh" ? print_zsh(nodes)
                        : print_fish(nodes);
      return std::cout.flush() ? 0 : kFailed;
    };
  });
}

}  // namespace noshare::cli
