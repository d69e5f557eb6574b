import CNumericKernels
import Foundation
import Testing

/// Loss and sigmoid of every instance against plain Swift in double precision.
struct LossKernelTests {
  struct Target {
    var positive: Float = 1
    var focusing: Float = 0
    var isWeighted = false
  }

  static let targets = [
    Target(), Target(positive: 3.5), Target(positive: 3.5, isWeighted: true),
    Target(focusing: 2), Target(positive: 0.25, focusing: 0.5, isWeighted: true),
    Target(positive: 2, focusing: 5, isWeighted: true),
  ]

  @Test(
    "The loss and its gradient are the plain ones for any number of edges",
    arguments: KernelInstances.all, targets)
  func edgeLoss(name: String, target: Target) throws {
    let kernels = try KernelInstances.table(name)
    let (edges, first) = (60, 5)
    var logit = TestNumbers.floats(edges, seed: 31).map { 12 * $0 }
    logit[9] = 0
    logit[10] = 90
    logit[11] = -90
    let label = TestNumbers.floats(edges, seed: 32).map { UInt8($0 > 0 ? 1 : 0) }
    let weight = TestNumbers.floats(edges, seed: 33).map { $0 < -0.5 ? 0 : 1 + $0 }
    #expect(weight.contains(0))
    for count in 0...(edges - first) {
      let part = first..<first + count
      let gradient = WalledFloats(count: edges, value: 4)
      let loss = run(
        kernels, target, scale: 0.125, logit: logit, label: label, weight: weight, part: part,
        gradient: gradient.base)
      var expected = 0.0
      for edge in 0..<edges {
        guard part.contains(edge) else {
          #expect(gradient.base[edge] == 4)
          continue
        }
        let isTrue = label[edge] == 1
        let factor =
          (isTrue ? Double(target.positive) : 1) * (target.isWeighted ? Double(weight[edge]) : 1)
        let x = Double(logit[edge])
        let focusing = Double(target.focusing)
        expected += PlainKernels.loss(x, isTrue: isTrue, weight: factor, focusing: focusing)
        let slope =
          PlainKernels.lossSlope(x, isTrue: isTrue, weight: factor, focusing: focusing) / 8
        // The power of the focusing has the rounding of its exponent, which is up to 5 times 90.
        #expect(abs(Double(gradient.base[edge]) - slope) < 5e-5 * abs(slope) + 1e-9)
        if factor == 0 { #expect(gradient.base[edge] == 0) }
      }
      #expect(abs(loss - expected) <= 5e-6 * expected)
      #expect(gradient.wallsStand)
      let alone = run(
        kernels, target, scale: 0.125, logit: logit, label: label, weight: weight, part: part,
        gradient: nil)
      #expect(alone == loss, "the gradient may be left out")
    }
  }

  @Test("The plain gradient of the loss is that of its differences")
  func plainSlope() {
    for focusing in [0, 0.5, 2, 5] as [Double] {
      for isTrue in [false, true] {
        for x in stride(from: -8.0, through: 8, by: 0.5) where x != 0 {
          let slope = PlainKernels.lossSlope(x, isTrue: isTrue, weight: 3, focusing: focusing)
          let difference = PlainKernels.differences([x], step: 1e-5) {
            PlainKernels.loss($0[0], isTrue: isTrue, weight: 3, focusing: focusing)
          }[0]
          #expect(abs(slope - difference) < 1e-8)
        }
      }
    }
  }

  @Test(
    "Logits at 1000 and -1000 keep loss and gradient finite and right",
    arguments: KernelInstances.all, [0, 0.5, 2] as [Float])
  func extremeLogits(name: String, focusing: Float) throws {
    let kernels = try KernelInstances.table(name)
    let logit: [Float] = [1000, 1000, -1000, -1000]
    let label: [UInt8] = [0, 1, 0, 1]
    let gradient = WalledFloats(count: 4)
    let target = Target(positive: 2, focusing: focusing)
    let loss = run(
      kernels, target, scale: 1, logit: logit, label: label, weight: [], part: 0..<4,
      gradient: gradient.base)
    // Only the two wrong ones are lost, and linearly.
    #expect(abs(loss - 3000) < 0.01)
    for (slope, expected) in zip(gradient.values, [1, 0, 0, -2] as [Float]) {
      #expect(abs(slope - expected) < 1e-6)
    }
    let lost = run(
      kernels, target, scale: 1, logit: [.nan, 0], label: [0, 1], weight: [], part: 0..<2,
      gradient: nil)
    #expect(lost.isNaN, "a logit that is not a number is seen in the loss")
  }

  private func run(
    _ kernels: tfk_kernels, _ target: Target, scale: Float, logit: [Float], label: [UInt8],
    weight: [Float], part: Range<Int>, gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    label.withUnsafeBufferPointer { label in
      weight.withUnsafeBufferPointer { weight in
        var target = tfk_edge_target(
          label: label.baseAddress, weight: target.isWeighted ? weight.baseAddress : nil,
          positive_weight: target.positive, focusing: target.focusing, scale: scale)
        return kernels.edge_loss(
          &target, Int64(part.lowerBound), Int64(part.count), logit, gradient)
      }
    }
  }

  @Test(
    "The sigmoid is right to the last digits but one, in place too", arguments: KernelInstances.all)
  func sigmoid(name: String) throws {
    let kernels = try KernelInstances.table(name)
    var numbers = TestNumbers.floats(60, seed: 34).map { 100 * $0 }
    numbers[0...5] = [0, 1000, -1000, 87, -87, 1e-20]
    for count in 0...numbers.count {
      let x = WalledFloats(Array(numbers[..<count]))
      let out = WalledFloats(count: count)
      kernels.sigmoid(x.base, Int64(count), out.base)
      for (value, number) in zip(out.values, numbers) {
        let expected = PlainKernels.sigmoid(Double(number))
        // The smallest normal float is 1e-38; the exponential's argument is rounded.
        #expect(abs(Double(value) - expected) <= 1e-5 * expected + 2e-38)
      }
      #expect(out.wallsStand)
      kernels.sigmoid(x.base, Int64(count), x.base)
      #expect(x.values == out.values)
    }
  }
}
