import ArgumentParser

/// Numbers with commas between them.
struct NumberList<Number: LosslessStringConvertible & Sendable>: ExpressibleByArgument, Sendable {
    var numbers: [Number]

    init(numbers: [Number]) { self.numbers = numbers }

    init?(argument: String) {
        numbers = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Number(part.trimmingPrefix { $0 == " " }.description) else { return nil }
            numbers.append(number)
        }
    }
}
