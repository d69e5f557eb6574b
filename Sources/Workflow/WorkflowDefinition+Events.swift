extension WorkflowDefinition {
  /// The events of a data set that the workflow's splits choose from: all, or those that `dataset.events` names.
  ///
  /// - Throws: `WorkflowError.dataset` where it names events that there are none of.
  public func events(of source: any EventSource) throws(WorkflowError) -> [Int] {
    guard let choice = dataset.events else { return source.events }
    do {
      return try choice.chosen(from: source.events)
    } catch {
      throw .dataset(
        message: "the choice of events \"\(choice.text)\" "
          + error.words(among: source.events, of: "the data set \(source.name)")
          + "; choose others with --events …")
    }
  }

  /// The numbers of the events of every split, in the order of the splits.
  ///
  /// - Throws: `WorkflowError.dataset` where a split names events that there are none of.
  public func splitEvents(of source: any EventSource) throws(WorkflowError)
    -> [(name: String, events: [Int])]
  {
    let events = try events(of: source)
    let whole = dataset.events.map { "the choice \"\($0.text)\" of " } ?? ""
    var chosen: [(name: String, events: [Int])] = []
    for split in splits {
      do {
        chosen.append((split.name, try split.events.chosen(from: events)))
      } catch {
        throw .dataset(
          message: "the split \"\(split.name)\" (\(split.events.text)) "
            + error.words(among: events, of: "\(whole)the data set \(source.name)")
            + "; choose others with --set split.\(split.name)=…")
      }
    }
    return chosen
  }
}
