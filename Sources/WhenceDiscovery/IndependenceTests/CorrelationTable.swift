/// A correlation matrix at a fixed address, so that every run reads one copy without checks of bounds.
///
/// Sendable because nothing writes to it after `init`.
final class CorrelationTable: @unchecked Sendable {
    /// Row-major, exactly symmetric, with a diagonal of exactly 1.
    let values: UnsafeMutablePointer<Double>

    init(_ matrix: [Double]) {
        values = .allocate(capacity: max(1, matrix.count))
        for (place, value) in matrix.enumerated() { (values + place).initialize(to: value) }
    }

    deinit { values.deallocate() }
}
