import EventData

extension EventRecord {
  /// Reads all crossings out and writes the event's tables.
  func event(id: Int, _ random: inout RandomSource) -> SimulatedEvent {
    var event = SimulatedEvent(id: id)
    event.particles = particles
    let order = shuffledOrder(&random)
    event.reserveCapacity(order.count)
    var readout = SensorReadout()
    for (index, crossing) in order.enumerated() {
      let module = transport.map.modules[crossings[crossing].module]
      let place = readout.read(crossings[crossing], of: module, &random)
      event.add(
        hit: Int32(index + 1), module, place, crossings[crossing],
        particle: owners[crossing] < 0 ? 0 : particles.particleID[Int(owners[crossing])],
        readout.cells)
    }
    event.truth.weight = HitWeights.weights(truth: event.truth, particles: particles)
      .map { roundedToSixDigits($0) }
    return event
  }

  /// The crossings by volume, layer and module; within a module by chance, as a file's order must not tell tracks.
  private func shuffledOrder(_ random: inout RandomSource) -> [Int] {
    // 15 bits of module, 25 bits of chance, 24 bits of crossing.
    var keys = crossings.indices.map { index in
      UInt64(crossings[index].module) << 49 | (random.next() >> 39) << 24 | UInt64(index)
    }
    keys.sort()
    return keys.map { Int($0 & 0xFF_FFFF) }
  }
}

extension SimulatedEvent {
  fileprivate mutating func reserveCapacity(_ count: Int) {
    hits.hitID.reserveCapacity(count)
    cells.hitID.reserveCapacity(4 * count)
    cells.channel0.reserveCapacity(4 * count)
    cells.channel1.reserveCapacity(4 * count)
    cells.value.reserveCapacity(4 * count)
  }

  fileprivate mutating func add(
    hit: Int32, _ module: SensorModule, _ place: SIMD3<Double>, _ crossing: SensorCrossing,
    particle: Int64, _ read: [SensorReadout.Cell]
  ) {
    hits.hitID.append(hit)
    hits.x.append(roundedToSixDigits(place.x))
    hits.y.append(roundedToSixDigits(place.y))
    hits.z.append(roundedToSixDigits(place.z))
    hits.volumeID.append(module.volume)
    hits.layerID.append(module.layer)
    hits.moduleID.append(module.module)
    truth.hitID.append(hit)
    truth.particleID.append(particle)
    truth.tx.append(roundedToSixDigits(crossing.place.x))
    truth.ty.append(roundedToSixDigits(crossing.place.y))
    truth.tz.append(roundedToSixDigits(crossing.place.z))
    truth.tpx.append(roundedToSixDigits(crossing.momentum.x))
    truth.tpy.append(roundedToSixDigits(crossing.momentum.y))
    truth.tpz.append(roundedToSixDigits(crossing.momentum.z))
    for cell in read {
      cells.hitID.append(hit)
      cells.channel0.append(cell.channel0)
      cells.channel1.append(cell.channel1)
      cells.value.append(cell.value)
    }
  }
}
