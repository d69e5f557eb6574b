import Execution
import TerminalDisplay
import Testing
import Workflow

/// How far a run is said to be, and how long it will take.
@Suite struct RunBoardTests {
  @Test func theTimeLeftCountsDownBetweenTheEndsOfTasks() throws {
    var study = StudyOnTheWay.amongGraphs
    // 32 tasks in 8 seconds leave 31 with a quarter of a second each.
    study.board.timePassed(to: 9)
    let stage = try #require(study.board.stage("graphs"))
    #expect(stage.secondsEach == 0.25)
    #expect(stage.secondsLeft(at: 9) == 31 * 0.25)
    #expect(stage.secondsLeft(at: 10) == 31 * 0.25 - 1)
    #expect(stage.secondsLeft(at: 100) == 0)
  }

  @Test func whatAPlanForecastsCountsUntilTheFirstTaskEnds() throws {
    var study = StudyOnTheWay.planned
    #expect(study.board.stage("graphs")?.secondsLeft(at: 0) == 20)
    study.board.stageStarted("graphs", tasks: 100, cached: 37, at: 1)
    #expect(study.board.stage("graphs")?.secondsLeft(at: 4) == 17)
    study.board.taskEnded(stage: "graphs", event: 1, at: 5)
    #expect(study.board.stage("graphs")?.secondsLeft(at: 5) == 248.0)
  }

  @Test func theWholeRunsTimeSaysWhetherEveryStageIsInIt() throws {
    var board = StudyOnTheWay.planned.board
    let partly = try #require(board.timeLeft)
    #expect(partly.seconds == 425 && !partly.isWhole)
    board.planned([StudyOnTheWay.outlook("tracks", tasks: 10, cached: 4, seconds: 3)])
    let whole = try #require(board.timeLeft)
    #expect(whole.seconds == 3 && whole.isWhole)
    board.planned([StudyOnTheWay.outlook("tracks", tasks: 10, cached: 4)])
    #expect(board.timeLeft == nil)
    board.planned([StudyOnTheWay.outlook("tracks", tasks: 10, cached: 10)])
    #expect(try #require(board.timeLeft).seconds == 0)
  }

  @Test func aLongTaskThatWentOnFromACheckpointIsJudgedByItsOwnSteps() throws {
    var board = RunBoard()
    board.planned([StudyOnTheWay.outlook("train", tasks: 1, cached: 0)])
    board.stageStarted("train", tasks: 1, cached: 0, at: 0)
    func told(_ epoch: Int, at time: Double) {
      board.taskProgressed(
        stage: "train", TaskProgress(done: epoch, total: 30, unit: "epochs", note: ""), at: time)
    }
    told(20, at: 1)
    #expect(board.stage("train")?.secondsLeft(at: 1) == nil)
    told(22, at: 5)
    #expect(board.stage("train")?.secondsLeft(at: 5) == 16)
    // After a crash the task is at an earlier epoch again.
    told(21, at: 30)
    #expect(board.stage("train")?.secondsLeft(at: 30) == nil)
    #expect(board.stage("train")?.share == 0.7)
  }

  @Test func aStageThatIsMadeAgainAddsItsTimes() throws {
    var board = RunBoard()
    board.planned([StudyOnTheWay.outlook("graphs", tasks: 2, cached: 0)])
    for start in [0.0, 10] {
      board.stageStarted("graphs", tasks: 2, cached: 0, at: start)
      board.stageEnded("graphs", at: start + 3)
    }
    #expect(board.stage("graphs")?.seconds(at: 20) == 6)
  }

  @Test func whatAClustersJobsWaitedIsNoWork() throws {
    var board = StudyOnTheWay.onCluster.board
    // 32 tasks in 32.5 seconds, after 10 minutes in the queue.
    let graphs = try #require(board.stage("graphs"))
    #expect(graphs.secondsEach == 32.5 / 32)
    #expect(try #require(graphs.seconds(at: 686)) == 34.5)
    #expect(try #require(board.stage("events")).phase == .done)
    #expect(try #require(board.stage("edges")).isQueued && !graphs.isQueued)
    // Nothing tells when jobs of which all wait will begin.
    #expect(try #require(board.stage("edges")).secondsLeft(at: 686) == nil)
    board.stageEnded("events", at: 700)
    #expect(try #require(board.stage("events")).seconds(at: 700) == 50.5)
  }

  @Test func stagesSideBySideTakeAsLongAsTheSlowest() throws {
    let board = StudyOnTheWay.onCluster.board
    let graphs = try #require(board.stage("graphs")?.secondsLeft(at: 686))
    let training = try #require(board.stage("train")?.secondsLeft(at: 686))
    let left = try #require(board.timeLeft)
    #expect(left.seconds == max(graphs, training) && !left.isWhole)
  }

  @Test func aStageThatANewPlanGivesMoreToDoIsAtWorkAgain() throws {
    var board = StudyOnTheWay.onCluster.board
    board.planned([StudyOnTheWay.outlook("events", tasks: 100, cached: 99)])
    #expect(try #require(board.stage("events")).phase == .waiting)
    board.jobsChanged(
      StudyOnTheWay.jobs("events", waiting: 1, running: 0, [("OddWord", 1)]), at: 690)
    #expect(try #require(board.stage("events")).isQueued)
    board.taskStarted(stage: "events", event: 5, worker: 0)
    board.taskEnded(stage: "events", event: 5, at: 700)
    #expect(try #require(board.stage("events")).phase == .done)
  }

  @Test func aTaskTriedAgainIsAtWorkOnce() {
    var board = StudyOnTheWay.planned.board
    board.stageStarted("graphs", tasks: 100, cached: 37, at: 1)
    board.taskStarted(stage: "graphs", event: 5, worker: 0)
    board.taskStarted(stage: "graphs", event: 6, worker: 1)
    board.taskStarted(stage: "graphs", event: 5, worker: 0)
    #expect(board.stage("graphs")?.tasksAtWork == 2)
    board.taskEnded(stage: "graphs", event: 5, at: 2)
    #expect(board.stage("graphs")?.tasksAtWork == 1)
  }
}
