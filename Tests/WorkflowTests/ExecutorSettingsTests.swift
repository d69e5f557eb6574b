import Foundation
import JSONDocument
import TestSupport
import Testing
import Workflow

@Suite struct ExecutorSettingsTests {
  private static let all = """
    "kind": "slurm", "partition": "main,long", "account": "atlas", "time": "2 h",
    "memory": "4 GB", "maxMemory": "16 GB", "cpus": 4, "eventsPerJob": 10, "maxJobs": 50,
    "setup": ["module load gcc", ""], "extra": ["--qos=long", "-C", "fast", "--export=NONE"],
    "instructionSet": "v3"
    """

  /// The sample workflow with settings of its own, and of its stage `train`.
  private func workflow(_ settings: String?, train: String? = nil) -> String {
    var text = sampleWorkflow
    if let settings {
      text = text.replacing(
        "\"name\": \"sample\",", with: "\"name\": \"sample\", \"executor\": {\(settings)},")
    }
    if let train {
      text = text.replacing(
        "\"uses\": \"train\",", with: "\"uses\": \"train\", \"executor\": {\(train)},")
    }
    return text
  }

  private func complaint(_ text: String, _ overrides: [String] = []) throws -> String {
    let study = try Study(text)
    let error = #expect(throws: WorkflowError.self) { try study.definition(overrides) }
    return error?.description ?? ""
  }

  @Test func theSettingsAreReadAndWrittenOut() throws {
    let definition = try Study(workflow(Self.all)).definition()
    var expected = ExecutorSettings()
    expected.kind = .slurm
    expected.partition = "main,long"
    expected.account = "atlas"
    expected.time = TimeSpan(seconds: 7200)
    expected.memory = MemorySize(bytes: 4_000_000_000)
    expected.maxMemory = MemorySize(bytes: 16_000_000_000)
    expected.cpus = 4
    expected.eventsPerJob = 10
    expected.maxJobs = 50
    expected.setup = ["module load gcc", ""]
    expected.extra = ["--qos=long", "-C", "fast", "--export=NONE"]
    expected.instructionSet = "v3"
    #expect(definition.executor == expected)
    let written = try JSONDocument(parsing: Array("{\(Self.all)}".utf8), file: "all").root
    #expect(definition.json["executor"] == written)
    #expect(written.members?.map(\.name) == ExecutorSettings.names)
    let plain = try Study().definition()
    #expect(plain.executor.isEmpty && plain.json["executor"] == nil)
    #expect(plain.stages.allSatisfy { $0.executor.isEmpty })
  }

  @Test func aStageSaysWhatIsOtherwiseForIt() throws {
    let text = workflow("\"kind\": \"slurm\", \"cpus\": 1, \"time\": \"1 h\"", train: "\"cpus\": 8")
    let definition = try Study(text).definition()
    let train = try #require(definition.stage("train"))
    let graphs = try #require(definition.stage("graphs"))
    #expect(definition.jobSettings(of: train).cpus == 8)
    #expect(definition.jobSettings(of: train).time == TimeSpan(seconds: 3600))
    #expect(definition.jobSettings(of: train).kind == .slurm)
    #expect(definition.jobSettings(of: graphs) == definition.executor)
    #expect(definition.json["stages"]?["train"]?["executor"] == ["cpus": 8])
    #expect(definition.json["stages"]?["graphs"]?["executor"] == nil)
  }

  @Test func theyAreInNoKey() throws {
    let studies = [try Study(), try Study(workflow(Self.all, train: "\"cpus\": 8"))]
    let keys = try studies.map { study in
      try study.planner().plan().stages.flatMap { $0.tasks.map(\.key) }
    }
    #expect(keys[0] == keys[1])
    #expect(keys[0].count == 5)
  }

  @Test func theyCanBeSet() throws {
    let definition = try Study(workflow(nil, train: "\"cpus\": 8, \"time\": \"1 h\"")).definition([
      "executor.kind=slurm", "executor.partition=main", "executor.account=12",
      "executor.memory=2GB", "executor.setup=[\"module load gcc\"]",
      "executor.extra=[\"--qos=long\"]", "train.executor.cpus=4", "train.executor.time=null",
      "graphs.executor.eventsPerJob=5",
    ])
    #expect(definition.executor.kind == .slurm)
    #expect(definition.executor.partition == "main")
    #expect(definition.executor.account == "12")
    #expect(definition.executor.memory == MemorySize(bytes: 2_000_000_000))
    #expect(definition.executor.setup == ["module load gcc"])
    #expect(definition.executor.extra == ["--qos=long"])
    #expect(definition.stage("train")?.executor.cpus == 4)
    #expect(definition.stage("train")?.executor.time == nil)
    #expect(definition.stage("graphs")?.executor.eventsPerJob == 5)
    let without = try Study(workflow(nil, train: "\"cpus\": 8")).definition(["train.executor=null"])
    #expect(without.stage("train")?.executor.isEmpty == true)
  }

  @Test(arguments: [
    ("executor.partitoin=x", "unknown key of \"executor\" \"partitoin\"; did you mean"),
    ("train.executor.cpu=2", "unknown key of \"train.executor\" \"cpu\"; did you mean \"cpus\"?"),
    ("train.executor.kind=slurm", "kind holds for the whole workflow"),
    ("trian.executor.cpus=2", "unknown stage \"trian.executor\""),
    ("executor.kind=slrum", "not \"slrum\"; did you mean \"slurm\"?"),
    ("executor.extra=--qos=x", "a list of arguments of sbatch"),
    ("executer.cpus=2", "did you mean \"executor\"?"),
  ])
  func aWrongOneOfTheCommandLineIsNamed(override: String, words: String) throws {
    let said = try complaint(sampleWorkflow, [override])
    #expect(said.hasPrefix("--set \(override): ") && said.contains(words), "\(said)")
  }

  static let wrong = [
    ("\"kind\": \"Slurm\"", "\"local\" or \"slurm\" was expected, not \"Slurm\"; did you mean"),
    ("\"kind\": true", "kind: \"local\" or \"slurm\" was expected, not true"),
    ("\"partition\": \"a b\"", "partition: a partition, or several with commas between"),
    ("\"partition\": \"\"", "was expected, not \"\""), ("\"account\": \"a,b\"", "one word"),
    ("\"account\": \"a\\tb\"", "account: one word without white space and commas was expected"),
    ("\"time\": \"30 s\"", "time: a time from 1 min to 365 d"), ("\"time\": 30", "\"2 h\","),
    ("\"memory\": \"4\"", "memory: an amount of memory of at least 10 MB"),
    ("\"maxMemory\": \"4 Gb\"", "maxMemory: an amount of memory"),
    ("\"cpus\": 0", "cpus: a whole number from 1 to 1024 was expected, not 0"),
    ("\"cpus\": \"2\"", "was expected, not \"2\""), ("\"eventsPerJob\": 100001", "1 to 100000"),
    ("\"maxJobs\": 1.5", "maxJobs: a whole number from 1 to 100000 was expected, not 1.5"),
    ("\"setup\": \"module load gcc\"", "a list of lines of shell, such as [\"module load gcc\"],"),
    ("\"setup\": [\"a\", \"b\\nc\"]", "setup: one line of shell was expected, without line breaks"),
    ("\"setup\": [\"a\\u0000\"]", "one line of shell"),
    ("\"extra\": [1]", "one argument of sbatch"),
    ("\"extra\": {}", "a list of arguments of sbatch, such as [\"--qos=long\"], was expected"),
    ("\"instructionSet\": \"v5\"", "\"baseline\", \"v3\", \"v4\", \"neon\" was expected"),
    (
      "\"partion\": \"x\"",
      "unknown setting of an executor \"partion\"; did you mean \"partition\"?"
    ),
    (
      "\"memory\": \"4 GB\", \"maxMemory\": \"2 GB\"",
      "maxMemory: 2 GB is less than \"memory\", which"
    ),
  ]

  @Test(arguments: wrong)
  func aWrongSettingIsNamedWithItsPlace(settings: String, words: String) throws {
    let said = try complaint(workflow(settings))
    #expect(said.contains("workflow.json:2:") && said.contains(words), "\(said)")
  }

  @Test(arguments: wrong)
  func soIsOneOfAStage(settings: String, words: String) throws {
    let said = try complaint(workflow(nil, train: settings))
    guard !settings.contains("kind"), !settings.contains("instructionSet") else {
      #expect(said.contains("workflow.json:8:") && said.contains("holds for the whole workflow"))
      return
    }
    #expect(said.contains("workflow.json:8:") && said.contains(words), "\(said)")
  }

  @Test func whatIsNoObjectIsRefused() throws {
    let text = sampleWorkflow.replacing(
      "\"name\": \"sample\",", with: "\"name\": \"sample\", \"executor\": \"slurm\",")
    #expect(try complaint(text).contains(":2:33: an object was expected"))
    #expect(try complaint(workflow("\"cpus\": null")).contains("was expected, not null"))
  }

  @Test func noStageIsCalledExecutor() throws {
    let text = sampleWorkflow.replacing("\"graphs\"", with: "\"executor\"")
    #expect(try complaint(text).contains("7:5: \"executor\" can't be the name of a stage"))
  }

  @Test(arguments: [
    ("--array=0-5", "--array is not for a workflow to give: how many events a job takes is"),
    ("--arr=1", "--arr is not"), ("-a1-5", "\"eventsPerJob\""), ("--job-name=x", "by the names"),
    ("-Jx", "jobs are found again"), ("--dependency=after:1", "\"needs\""), ("-d", "\"needs\""),
    ("--output=x", "the run's folder"), ("-o", "the run's folder"), ("-e", "the run's folder"),
    ("--error=x", "the run's folder"), ("--chdir=/", "the folder of the run's command"),
    ("-D/", "the folder of the run's command"), ("--parsable", "a run asks for what it reads"),
    ("--wait", "waits for its jobs by itself"), ("-W", "waits for its jobs by itself"),
    ("--requeue", "\"retries\""), ("--no-requeue", "\"retries\""), ("--wrap=x", "\"setup\""),
    ("--test-only", "trackflow plan"), ("-M", "the cluster that it is started on"),
    ("--partition=x", "use \"partition\""), ("-px", "use \"partition\""), ("-A", "use \"account\""),
    ("--time=1", "use \"time\""), ("-t", "use \"time\""), ("--mem=4G", "use \"memory\""),
    ("--mem-per-cpu=4G", "that of a job"), ("-c8", "use \"cpus\""),
    ("--gres gpu:1", "would be one argument for sbatch"), ("fast", "begin with a dash"),
  ])
  func anArgumentThatARunGivesItselfIsRefused(argument: String, words: String) throws {
    let said = try complaint(workflow("\"extra\": [\"--qos=x\", \"\(argument)\"]"))
    #expect(said.contains("workflow.json:2:55: extra: ") && said.contains(words), "\(said)")
  }

  @Test(arguments: [
    "--export=NONE", "--time-min=5", "--mem-bind=local", "--exclusive", "--gres=gpu:1", "-Cfast",
    "--nodelist=n1", "--wait-all-nodes=1", "--comment=a b", "-x", "--mail-type=END",
  ])
  func anyOtherArgumentIsTaken(argument: String) throws {
    let definition = try Study(workflow("\"extra\": [\"\(argument)\"]")).definition()
    #expect(definition.executor.extra == [argument])
  }

  @Test func theMostMemoryIsNotLessThanWhatAJobBeginsWith() throws {
    let own = try complaint(workflow("\"maxMemory\": \"2 GB\"", train: "\"memory\": \"4 GB\""))
    #expect(own.contains(":8:") && own.contains("maxMemory: 2 GB is less than \"memory\", which"))
    let limit = try complaint(
      workflow("\"maxMemory\": \"6 GB\", \"cpus\": 4"), ["graphs.memory=2 GB"])
    #expect(limit.contains(":2:"), "\(limit)")
    #expect(
      limit.contains(
        "6 GB is less than the 8 GB of a job of graphs: its limit \"memory\" for each of 4 workers")
    )
    _ = try Study(workflow("\"maxMemory\": \"6 GB\", \"cpus\": 4")).definition([
      "train.memory=6 GB"
    ])
  }

  @Test func theMemoryOfAJobFollowsFromTheLimitWhereNothingIsSaidOfIt() {
    var settings = ExecutorSettings()
    var limits = StageLimits()
    #expect(settings.jobMemory(limits: limits) == nil)
    limits.memory = MemorySize("2 GB")
    settings.cpus = 4
    #expect(settings.jobMemory(limits: limits) == MemorySize("8 GB"))
    #expect(settings.jobMemory(limits: limits, scope: .study) == MemorySize("2 GB"))
    limits.workers = 3
    #expect(settings.jobMemory(limits: limits) == MemorySize("6 GB"))
    settings.memory = MemorySize("5 GB")
    #expect(settings.jobMemory(limits: limits) == MemorySize("5 GB"))
  }

  @Test func theLimitOnWorkersHoldsForAllJobs() {
    var settings = ExecutorSettings()
    var limits = StageLimits()
    settings.cpus = 4
    #expect(settings.mostJobs(limits: limits) == nil)
    limits.workers = 10
    #expect(settings.mostJobs(limits: limits) == 2)
    limits.workers = 3
    #expect(settings.workers(limits: limits, scope: .event) == 3)
    #expect(settings.mostJobs(limits: limits) == 1)
    settings.maxJobs = 7
    #expect(settings.mostJobs(limits: limits) == 7)
  }

  @Test func aFileThatExtendsAnotherTakesSettingsOverAndBack() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write(workflow(Self.all, train: "\"cpus\": 8, \"time\": \"5 h\""), to: "a.json")
    let path = try folder.write(
      """
      {"extends": "a.json", "name": "b", "executor": {"partition": null, "cpus": 2, "setup": ["x"]},
       "stages": {"train": {"executor": {"time": null, "maxJobs": 3}}, "score": {"executor": null}}}
      """, to: "b.json")
    let definition = try WorkflowReader.read(path: path, kinds: FakeKind.all)
    #expect(definition.executor.kind == .slurm && definition.executor.partition == nil)
    #expect(definition.executor.cpus == 2 && definition.executor.setup == ["x"])
    #expect(definition.json["stages"]?["train"]?["executor"] == ["cpus": 8, "maxJobs": 3])
    let none = try folder.write(
      "{\"extends\": \"a.json\", \"name\": \"c\", \"executor\": null}", to: "c.json")
    #expect(try WorkflowReader.read(path: none, kinds: FakeKind.all).executor.isEmpty)
    let wrong = try folder.write(
      "{\"extends\": \"a.json\", \"name\": \"d\",\n \"executor\": {\"maxMemory\": \"1 GB\"}}",
      to: "d.json")
    let error = #expect(throws: WorkflowError.self) {
      try WorkflowReader.read(path: wrong, kinds: FakeKind.all)
    }
    #expect(error?.description.contains("d.json:2:28: maxMemory: 1 GB is less") == true)
  }

  @Test func everyPointOfAScanHasTheSettingsOfItsStage() throws {
    let text = scanWorkflow.replacing(
      "\"uses\": \"train\",", with: "\"uses\": \"train\", \"executor\": {\"cpus\": 8},")
    let definition = try Study(text).definition(
      ["train.executor.time=1h"], kinds: FakeKind.all + [MatrixTests.report])
    let trainings = definition.stages.filter { $0.declaredName == "train" }
    #expect(trainings.count == 2)
    for stage in trainings {
      #expect(stage.executor.cpus == 8 && stage.executor.time == TimeSpan("1 h"))
    }
  }
}
