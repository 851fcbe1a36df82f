internal import WhenceExplanation

/// Means over users and their intervals, all from the same samples of users.
struct MethodStatistics {
    /// `[user][method]`.
    private let outcomes: [[MethodOutcome]]
    private let methods: [ExplanationMethod]
    private let resampling: Resampling
    /// Users for whom every method but the exhaustive one found a set.
    private let isCommon: [Bool]

    init(_ outcomes: [[MethodOutcome]], methods: [ExplanationMethod], samples: Int, seed: UInt64) {
        self.outcomes = outcomes
        self.methods = methods
        resampling = Resampling(users: outcomes.count, samples: samples, seed: seed)
        isCommon = outcomes.map { row in
            row.allSatisfy { $0.method == .exhaustive || $0.items != nil }
        }
    }

    /// One row a method.
    func rows() throws -> [MethodReport.Row] {
        let exhaustive = methods.firstIndex(of: .exhaustive)
        return try methods.indices.map { method in
            func estimate(_ value: (Int) -> Double?) throws -> MethodReport.Estimate {
                try self.estimate(outcomes.indices.map(value))
            }
            func size(_ user: Int) -> Double? { outcomes[user][method].size.map(Double.init) }
            func rank(_ user: Int) -> Double? { outcomes[user][method].replacementRank.map(Double.init) }
            return MethodReport.Row(
                method: methods[method],
                flipped: try estimate { outcomes[$0][method].items == nil ? 0 : 1 },
                size: try estimate(size), replacementRank: try estimate(rank),
                sizeInCommon: try estimate { isCommon[$0] ? size($0) : nil },
                replacementRankInCommon: try estimate { isCommon[$0] ? rank($0) : nil },
                smallest: try estimate { user in
                    guard let exhaustive, let least = outcomes[user][exhaustive].size else { return nil }
                    return outcomes[user][method].size == least ? 1 : 0
                },
                forwardPasses: try estimate { Double(outcomes[$0][method].forwardPasses) },
                milliseconds: try estimate { outcomes[$0][method].milliseconds },
                unfinished: outcomes.count { !$0[method].isComplete })
        }
    }

    /// One method against each of the others.
    func comparisons(of method: ExplanationMethod) throws -> [MethodReport.Comparison] {
        guard let first = methods.firstIndex(of: method) else { return [] }
        return try methods.indices.filter { $0 != first }.flatMap { second in
            try [("size", \MethodOutcome.size), ("replacementRank", \MethodOutcome.replacementRank)].map {
                measure, value in
                MethodReport.Comparison(
                    method: method, other: methods[second], measure: measure,
                    difference: try estimate(
                        outcomes.map { row in
                            guard let one = row[first][keyPath: value],
                                let other = row[second][keyPath: value]
                            else { return nil }
                            return Double(one - other)
                        }))
            }
        }
    }

    /// The mean of the values that there are; samples without any say nothing.
    private func estimate(_ values: [Double?]) throws -> MethodReport.Estimate {
        func mean(_ drawn: some Sequence<Int>) -> Double? {
            var (sum, count) = (0.0, 0)
            for user in drawn {
                guard let value = values[user] else { continue }
                sum += value
                count += 1
            }
            return count == 0 ? nil : sum / Double(count)
        }
        var means: [Double] = []
        try resampling.forEach { drawn in
            if let value = mean(drawn) { means.append(value) }
        }
        return MethodReport.Estimate(
            value: mean(values.indices), interval: Resampling.interval(means),
            users: values.count { $0 != nil })
    }
}
