/// What the manual says of the world around the program.
enum ManualFacts {
  static let environment: [(name: String, words: String)] = [
    ("TRACKFLOW_CACHE", "The cache folder, where `--cache` does not name one."),
    ("TRACKFLOW_MANIFEST", "The data manifest, where `--manifest` does not name one."),
    (
      "TRACKFLOW_DATA",
      "A folder of events; `make run` takes them for its study. The program itself does not read it."
    ),
    (
      "TRACKFLOW_FILE_SYSTEM",
      "`local` or `network`: overrules what kind of file system the cache is taken to lie on."
    ),
    (
      "TRACKFLOW_KERNELS",
      "`baseline`, `v3` or `v4` (`neon` on arm64): the instruction set of the numeric loops, in place of this machine's best."
    ),
    ("NO_COLOR", "If it is not empty, progress has no colours."),
    ("TERM", "If it is `dumb` or empty, progress comes in plain lines, as it does in a log."),
    ("COLUMNS", "The width of help texts; progress asks the terminal."),
  ]

  static let files: [(name: String, words: String)] = [
    ("cache/", "Results, in the folder where a command is given, unless another is named."),
    (
      "runs/<start>-<name>/",
      "What a run leaves: `report.html`, `report.json`, `submissions/`, `journal.jsonl`, `workers.log`."
    ),
    ("data-manifest.json", "The data sets that commands know by name."),
    (
      "data-manifest.local.json",
      "Where data sets lie on this machine; `trackflow data add` writes it."
    ),
  ]
}
