internal import WhenceExplanation
internal import WhenceRendering

/// Finds the parts that only hidden common causes join to the prediction, and the parts that explain together.
struct LinkFinder {
    var tally: DatasetTally
    var settings: ReportSettings

    /// Parts that `<->` alone joins to the prediction; `nil` for a file without graphs.
    ///
    /// A part is adjacent in a row if some head's graph joins it to the prediction, and confounded there if every edge
    /// between the two, in all heads, is `<->`. The more heads join the two, the less likely that is, so the expected
    /// share of a part is the mean over its rows of the share of all parts that as many heads join. The p-value is the
    /// binomial probability of as many confounded rows or more at that share, which is more than that of rows with
    /// unequal shares. Listed are parts that nothing else ever joins, and parts with a q-value of at most the level.
    func confounded() -> DatasetReport.Confounded? {
        guard tally.rowsWithGraphs > 0 else { return nil }
        let candidates = tally.parts.sorted.compactMap { part, counts in
            counts.links.flatMap { $0.adjacent >= settings.minimumRows ? (part, counts, $0) : nil }
        }
        let expected = candidates.map { expectedShare($0.2) }
        let pValues = zip(candidates, expected).map { candidate, share in
            // Where nothing, or everything, is confounded, no part stands out.
            guard share > 0, share < 1 else { return 1.0 }
            return CountDistribution(rows: candidate.2.adjacent, mean: share, dispersion: 0)
                .upperTail(candidate.2.confounded)
        }
        let qValues = FalseDiscoveryRate.qValues(pValues)
        let found = candidates.indices.filter {
            let links = candidates[$0].2
            return links.confounded == links.adjacent || qValues[$0] <= settings.level
        }.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        let all = tally.adjacentByHeads.entries.reduce(0) { $0 + Int($1.count) }
        let confounded = tally.confoundedByHeads.entries.reduce(0) { $0 + Int($1.count) }
        return DatasetReport.Confounded(
            rows: tally.rowsWithGraphs, graphs: tally.graphs,
            share: all > 0 ? Double(confounded) / Double(all) : 0, minimumRows: settings.minimumRows,
            level: settings.level, tested: candidates.count,
            parts: found.prefix(settings.listLimit).map { index in
                let (part, counts, links) = candidates[index]
                return DatasetReport.ConfoundedPart(
                    part: part, adjacent: links.adjacent, confounded: links.confounded,
                    expectedShare: expected[index], pValue: pValues[index], qValue: qValues[index],
                    explains: counts.explains, heads: heads(links))
            },
            findings: found.count)
    }

    /// Parts that belong to one smallest explanation more often than independent parts would.
    ///
    /// Over the rows whose smallest explanations have two parts or more: a pair is expected in the product of the
    /// shares of its parts; the p-value is the binomial probability of as many rows or more. Tested are all pairs of
    /// parts that explain in enough of these rows, those that never explain together too, as a pair that was chosen for
    /// how often it does would be no fair test.
    func frequentPairs() -> DatasetReport.Pairs {
        let rows = tally.rowsWithSets
        func explains(_ part: ReportedPart) -> Int { tally.parts[part]?.explainsInSets ?? 0 }
        let partsTested = tally.parts.sorted.count { $0.value.explainsInSets >= settings.minimumRows }
        let tested = partsTested * (partsTested - 1) / 2
        let candidates = tally.pairs.sorted.filter {
            min(explains($0.key.first), explains($0.key.second)) >= settings.minimumRows
        }
        let expected = candidates.map { pair, _ in
            Double(explains(pair.first)) * Double(explains(pair.second)) / Double(max(1, rows))
        }
        let pValues = zip(candidates, expected).map { candidate, expected in
            let share = expected / Double(max(1, rows))
            guard share > 0, share < 1 else { return 1.0 }
            return CountDistribution(rows: rows, mean: share, dispersion: 0).upperTail(candidate.value)
        }
        let qValues = FalseDiscoveryRate.qValues(pValues, of: tested)
        let order = candidates.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        return DatasetReport.Pairs(
            rows: rows, minimumRows: settings.minimumRows, level: settings.level, tested: tested,
            pairs: order.prefix(settings.listLimit).map { index in
                let (pair, count) = candidates[index]
                return DatasetReport.Pair(
                    first: pair.first, second: pair.second, rows: count, expectedRows: expected[index],
                    pValue: pValues[index], qValue: qValues[index],
                    isFinding: qValues[index] <= settings.level)
            },
            findings: qValues.count { $0 <= settings.level }, forgottenRows: tally.pairs.forgottenRows)
    }

    private func expectedShare(_ links: LinkTally) -> Double {
        let expected = links.headCounts.entries.reduce(0.0) { sum, entry in
            let all = tally.adjacentByHeads[Int(entry.key)]
            let confounded = tally.confoundedByHeads[Int(entry.key)]
            return sum + Double(entry.count) * Double(confounded) / Double(max(1, all))
        }
        return expected / Double(max(1, links.adjacent))
    }

    /// The heads in which a part is adjacent somewhere, in their order.
    private func heads(_ links: LinkTally) -> [DatasetReport.ConfoundedPart.HeadCount] {
        links.adjacentHeads.entries.compactMap { entry in
            tally.heads[Int(entry.key)].map {
                DatasetReport.ConfoundedPart.HeadCount(
                    head: $0, adjacent: Int(entry.count), confounded: links.confoundedHeads[Int(entry.key)])
            }
        }.sorted { $0.head < $1.head }
    }
}
