/// What is wrong with a workflow, gathered while it is read on.
final class Complaints {
  fileprivate(set) var errors: [WorkflowError] = []
}

extension WorkflowReader {
  /// The result of a part of the reading; nil where it has an error, which is noted.
  @discardableResult
  func collecting<Result>(_ body: @autoclosure () throws(WorkflowError) -> Result) -> Result? {
    do {
      return try body()
    } catch {
      note(error)
      return nil
    }
  }

  /// Notes an error once.
  func note(_ error: WorkflowError) {
    if !complaints.errors.contains(error) { complaints.errors.append(error) }
  }

  /// - Throws: the first error that was noted, if there is one.
  func throwComplaints() throws(WorkflowError) {
    if let first = complaints.errors.first { throw first }
  }
}
