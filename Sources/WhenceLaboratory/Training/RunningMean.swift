/// The mean of numbers that arrive one by one.
struct RunningMean {
    private var sum = 0.0
    private var count = 0

    mutating func add(_ number: Double) {
        sum += number
        count += 1
    }

    /// The mean so far, nil without numbers; the next one begins anew.
    mutating func take() -> Double? {
        defer { self = RunningMean() }
        return count == 0 ? nil : sum / Double(count)
    }
}
