import ArgumentParser

/// Significance levels with commas, each above 0 and below 1.
struct LevelsArgument: ExpressibleByArgument {
    var levels: [Double]

    init?(argument: String) {
        let given = argument.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
        levels = given.compactMap { $0 }
        guard levels.count == given.count, levels.allSatisfy({ $0 > 0 && $0 < 1 }) else { return nil }
    }
}
