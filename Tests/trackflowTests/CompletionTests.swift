import Foundation
import TestSupport
import Testing

/// What a shell offers when Tab is pressed.
@Suite struct CompletionTests {
  private let folder: TemporaryFolder

  private static let manifest = """
    {"version": 1, "datasets": {"known": {"path": "nowhere",
      "events": {"first": 10, "last": 15}, "files": ["hits", "truth", "particles", "cells"]}}}
    """

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.write(SmallStudy.workflow, to: "small.json")
    _ = try folder.write(Self.manifest, to: "data-manifest.json")
    _ = try folder.write("", to: "mine.tfw")
    _ = try folder.write("", to: "notes.txt")
    try FileManager.default.createDirectory(
      atPath: folder.appending("results"), withIntermediateDirectories: true)
  }

  /// Asks bash, as readline does, for what fits the last word.
  private static let script = """
    PATH="$(dirname "$PROGRAM"):$PATH"
    source <(trackflow completion bash)
    while IFS= read -r line; do
      IFS=' ' read -ra COMP_WORDS <<< "$line"
      [[ "$line" == *' ' ]] && COMP_WORDS+=("")
      COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_LINE=$line; COMP_POINT=${#line}; COMPREPLY=()
      _trackflow_values trackflow "${COMP_WORDS[-1]}" "${COMP_WORDS[-2]}"
      echo "$line -> ${COMPREPLY[*]}"
    done < lines.txt
    """

  private static let lines = [
    "trackflow ", "trackflow comp", "trackflow data ", "trackflow completion ",
    "trackflow run ", "trackflow run sm", "trackflow run small.json --r",
    "trackflow run small.json --cache ", "trackflow run small.json --set tracks.m",
    "trackflow run small.json --set tracks.threshold =",
    "trackflow run small.json --set tracks.threshold = 0.5 --js",
    "trackflow run small.json --set train.executor.m",
    "trackflow run small.json --set executor.e", "trackflow plan small.json --executor ",
    "trackflow plan small.json --set split.", "trackflow plan --set data",
    "trackflow data verify ", "trackflow weights show ", "trackflow manual --out ",
    "trackflow reconstruct --data-set ",
  ]

  @Test func bashOffersWhatIsKept() throws {
    _ = try folder.write(Self.lines.joined(separator: "\n") + "\n", to: "lines.txt")
    let ending = try shell("/bin/bash", ["-c", Self.script])
    #expect(ending.errors == "")
    let answers = ending.output.split(separator: "\n").map { line in
      // The file system gives names in no order.
      let parts = line.components(separatedBy: " -> ")
      return parts[0] + " -> "
        + (parts.last ?? "").split(separator: " ").sorted().joined(separator: " ")
    }
    #expect(answers.count == Self.lines.count)
    try Golden.expect(answers.joined(separator: "\n") + "\n", is: "completion.txt")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func aShellTakesItsScript(name: String) throws {
    let script = try Program.run(["completion", name], in: folder.path)
    #expect(script.code == 0)
    #expect(script.output.contains("trackflow"))
    _ = try folder.write(script.output, to: "script")
    // Shells that are not here are not asked.
    for path in ["/bin/\(name)", "/usr/bin/\(name)"]
    where FileManager.default.isExecutableFile(atPath: path) {
      #expect(try shell(path, ["-n", "script"]).errors == "")
    }
  }

  @Test func anUnknownShellIsRefused() throws {
    let ending = try Program.run(["completion", "tcsh"], in: folder.path)
    #expect(ending.code == 64)
    #expect(ending.errors.contains("bash, zsh or fish"))
  }

  private func shell(_ path: String, _ arguments: [String]) throws -> Program.Ending {
    try Program.start(
      arguments, in: folder.path, environment: ["PROGRAM": Program.path, "TRACKFLOW_MANIFEST": ""],
      executable: path
    ).wait()
  }
}
