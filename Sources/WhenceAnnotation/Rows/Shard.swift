/// One of several equal parts of a data set.
public struct Shard: Sendable, Hashable, Codable {
    /// Which part, counted from 1.
    public let number: Int
    /// How many parts there are.
    public let count: Int

    /// Names a part.
    ///
    /// - Parameters:
    ///   - number: 1…`count`.
    ///   - count: at least 1.
    /// - Returns: `nil` for a part that there is not.
    public init?(number: Int, of count: Int) {
        guard count >= 1, (1...count).contains(number) else { return nil }
        self.number = number
        self.count = count
    }

    /// Reads a part as it is written on the command line: `3/16`.
    ///
    /// - Throws: `ShardFault`, whose description says what is wrong.
    public init(argument: String) throws(ShardFault) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
            throw ShardFault(argument: argument, reason: "a part is written as 3/16: the third of sixteen.")
        }
        guard let shard = Self(number: number, of: count) else {
            throw ShardFault(
                argument: argument,
                reason: count < 1
                    ? "there is at least one part." : "parts count from 1 to \(count).")
        }
        self = shard
    }

    /// Whether a row belongs to the part.
    ///
    /// - Parameter index: the row's number among all rows, counted from 0.
    public func contains(_ index: Int) -> Bool { index % count == number - 1 }
}

extension Shard: CustomStringConvertible {
    /// As on the command line.
    public var description: String { "\(number)/\(count)" }
}

/// A part that there is not.
public struct ShardFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was written.
    public var argument: String
    /// What is wrong, a sentence.
    public var reason: String

    /// What was written, and what is wrong with it.
    public var description: String { "\u{201C}\(argument)\u{201D} is no part of a data set: \(reason)" }
}
