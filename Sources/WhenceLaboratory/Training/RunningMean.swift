/// The mean of numbers that arrive one by one.
struct RunningMean: Sendable, Hashable, Codable {
    private var sum = 0.0
    private var count = 0

    mutating func add(_ number: Double) {
        sum += number
        count += 1
    }

    /// The mean so far, nil without numbers.
    var value: Double? { count == 0 ? nil : sum / Double(count) }
}
