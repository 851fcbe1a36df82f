import Testing

/// Compares element by element and reports the worst one: its index, what was expected, what was observed.
func expectAgreement(
    _ observed: [Float], _ expected: [Float], within tolerance: Float, _ what: String,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    guard observed.count == expected.count else {
        Issue.record(
            "\(what): \(observed.count) elements instead of \(expected.count)", sourceLocation: sourceLocation
        )
        return
    }
    var worst = (index: 0, difference: Float(0))
    for index in observed.indices {
        let difference = abs(observed[index] - expected[index])
        // A comparison that fails for what is not a number too.
        if !(difference <= worst.difference) { worst = (index, difference) }
        if difference.isNaN { break }
    }
    guard !(worst.difference <= tolerance) else { return }
    Issue.record(
        """
        \(what): element \(worst.index) differs by \(worst.difference), more than \(tolerance): \
        expected \(expected[worst.index]), observed \(observed[worst.index])
        """, sourceLocation: sourceLocation)
}
