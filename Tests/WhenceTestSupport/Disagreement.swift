/// The worst of the differences between two lists of numbers, as a sentence: which element, what was expected, what
/// was observed. Nil if all are within the tolerance.
///
/// `#expect(disagreement(of: observed, with: expected, within: 1e-5) == nil)`
public func disagreement(of observed: [Float], with expected: [Float], within tolerance: Float) -> String? {
    guard observed.count == expected.count else {
        return "\(observed.count) elements instead of \(expected.count)"
    }
    var worst = (index: 0, difference: Float(0))
    for index in observed.indices {
        let difference = abs(observed[index] - expected[index])
        if difference.isNaN {
            worst = (index, difference)
            break
        }
        if difference > worst.difference { worst = (index, difference) }
    }
    // What is not a number is within nothing.
    guard !(worst.difference <= tolerance) else { return nil }
    return
        "element \(worst.index) of \(observed.count) differs by \(worst.difference), more than \(tolerance): "
        + "expected \(expected[worst.index]), observed \(observed[worst.index])"
}
