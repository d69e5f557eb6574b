import ArgumentParser

/// `trackflow completion`: the script with which a shell completes command lines.
struct CompletionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "completion",
    abstract: "Print the script with which a shell completes trackflow's command lines.",
    discussion: HelpText.discussion(
      """
      In bash, add the first example to ~/.bashrc. In zsh, put the script where fpath looks for \
      it, as _trackflow. In fish, put it into ~/.config/fish/completions. It completes commands, \
      options, files, and the names that the workflow on the command line has for --set.
      """,
      examples: [
        "completion bash > ~/.trackflow.bash; . ~/.trackflow.bash",
        "completion zsh > ~/.zfunc/_trackflow",
        "completion fish > ~/.config/fish/completions/trackflow.fish",
      ]))

  @Argument(help: "The shell: bash, zsh or fish.", completion: .list(Self.shells))
  var shell: String

  static let shells = ["bash", "zsh", "fish"]

  func validate() throws {
    guard Self.shells.contains(shell) else {
      throw ValidationError("the shell is bash, zsh or fish, not \"\(shell)\"")
    }
  }

  func run() {
    if let shell = CompletionShell(rawValue: shell) {
      print(Trackflow.completionScript(for: shell))
      if shell == .bash { print(Self.bashValues) }
    }
  }

  /// `stage.parameter=value` is one word, and what ends in an equals sign waits for its value without a space.
  private static let bashValues = """

    _trackflow_values() {
        # Readline cuts words at equals signs; trackflow does not.
        local -a words=()
        local i cword=0
        for ((i = 0; i < ${#COMP_WORDS[@]}; i++)); do
            if ((i > 1)) && [[ "${COMP_WORDS[i]}" == = || "${COMP_WORDS[i-1]}" == = ]]; then
                words[${#words[@]}-1]+=${COMP_WORDS[i]}
            else
                words+=("${COMP_WORDS[i]}")
            fi
            if ((i == COMP_CWORD)); then cword=$((${#words[@]} - 1)); fi
        done
        COMP_WORDS=("${words[@]}")
        COMP_CWORD=${cword}
        _trackflow "${1}" "${words[cword]}" "${words[cword-1]}"
        if [[ "${words[cword]}" == *=* ]]; then
            COMPREPLY=()
        elif [[ "${COMPREPLY[*]}" == *= ]]; then
            compopt -o nospace +o filenames 2>/dev/null
        fi
    }
    complete -o filenames -F _trackflow_values trackflow
    """
}
