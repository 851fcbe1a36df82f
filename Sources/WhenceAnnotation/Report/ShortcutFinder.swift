internal import Foundation
internal import WhenceRendering

/// Finds the parts that explain more often than their correlation with the label does.
///
/// For a word or item `w`, over the rows with a prediction: `n` rows hold it; in `k` of them it belongs to a smallest
/// explanation. Its *association* with the label is `√(2·KL(p(label | w) ‖ p(label)))`, the labels of its rows counted
/// with two more rows that are labelled like all: about the size of its log odds where they are small. The label is the
/// data set's own where its field is named, as a model that relies on a word makes its predictions correlate with it;
/// else the predicted one.
///
/// ``ExpectedRate`` says how often parts of this association and frequency explain, and how much parts that are alike
/// differ. The p-value is the beta-binomial probability of `k` or more; findings are those with a q-value
/// (``FalseDiscoveryRate``) of at most the level that explain at least so many times as often as is expected.
///
/// Findings must not make themselves expected, nor hide one another. So the part that is least like the others is left
/// out of the fit, then the next, and so on; of these fits the last counts by which every part left out is a finding.
/// - Note: Leaving out as Rosner 1983, *Percentage points for a generalized ESD many-outlier procedure*.
struct ShortcutFinder {
    var tally: DatasetTally
    var settings: ReportSettings

    /// Rows labelled like all that are counted with those of a part.
    private static let priorRows = 2.0
    /// The largest share of parts that the fit leaves out, as what most parts do is no exception; and the most.
    private static let (largestShareLeftOut, mostLeftOut) = (0.1, 64)
    /// After so many parts that are no findings, none is looked for further: two can hide one another, and the more
    /// are left out, the less is left to tell what is to be expected.
    private static let patience = 2

    private struct Candidate {
        var part: ReportedPart
        var counts: PartTally
        var observation: ExpectedRate.Observation
    }

    /// The section of the report.
    func shortcuts() -> DatasetReport.Shortcuts {
        let reference: DatasetReport.Shortcuts.Reference =
            settings.labelField != nil && !tally.gold.entries.isEmpty ? .gold : .prediction
        let candidates = candidates(reference)
        var section = DatasetReport.Shortcuts(
            minimumRows: settings.minimumRows, level: settings.level, smallestRatio: settings.smallestRatio,
            reference: reference,
            tested: candidates.count, fit: nil, parts: [], findings: 0,
            forgottenRows: tally.parts.forgottenRows)
        guard candidates.count >= ExpectedRate.fewestParts else { return section }

        let (rate, leftOut) = fit(candidates)
        let pValues = candidates.map { Self.pValue($0, rate) }
        let qValues = FalseDiscoveryRate.qValues(pValues)
        section.fit = DatasetReport.Shortcuts.Fit(
            intercept: rate.coefficients[0], association: rate.coefficients[1],
            frequency: rate.coefficients[2], dispersion: rate.dispersion,
            parts: candidates.count - leftOut)
        let order = candidates.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
        func isFinding(_ index: Int) -> Bool {
            qValues[index] <= settings.level && isFar(candidates[index], rate)
        }
        // What is certain but hardly more than expected must not push a finding out of the list.
        let findings = order.filter(isFinding)
        section.findings = findings.count
        section.parts = (findings + order.filter { !isFinding($0) }).prefix(settings.listLimit).map { index in
            entry(
                candidates[index], rate, pValue: pValues[index], qValue: qValues[index],
                isFinding: isFinding(index))
        }
        return section
    }

    /// The fit without the parts that are findings by it, and how many those are.
    private func fit(_ candidates: [Candidate]) -> (rate: ExpectedRate, leftOut: Int) {
        var rate = ExpectedRate(candidates.map(\.observation))
        var best = (rate: rate, leftOut: 0)
        var kept = Array(candidates.indices)
        var removed: [Int] = []
        let most = min(Self.mostLeftOut, Int(Double(candidates.count) * Self.largestShareLeftOut))
        while removed.count < most, removed.count < best.leftOut + Self.patience {
            let pValues = kept.map { Self.pValue(candidates[$0], rate) }
            guard let least = pValues.indices.min(by: { (pValues[$0], $0) < (pValues[$1], $1) }) else {
                break
            }
            removed.append(kept.remove(at: least))
            rate = ExpectedRate(kept.map { candidates[$0].observation }, startingFrom: rate)
            // All of them are findings if the largest p-value is (Benjamini and Hochberg).
            let largest = removed.map { Self.pValue(candidates[$0], rate) }.max() ?? 1
            let areFar = removed.allSatisfy { isFar(candidates[$0], rate) }
            if areFar, largest <= settings.level * Double(removed.count) / Double(candidates.count) {
                best = (rate, removed.count)
            }
        }
        return best
    }

    /// The parts that can be tested: in enough rows, some of them with explanations.
    private func candidates(_ reference: DatasetReport.Shortcuts.Reference) -> [Candidate] {
        let all = reference == .gold ? tally.gold : tally.predicted
        let (shares, rows) = Self.shares(all)
        return tally.parts.sorted.compactMap { part, counts in
            guard counts.rows >= settings.minimumRows, counts.blindRows > 0 else { return nil }
            let labels = reference == .gold ? counts.gold : counts.predicted
            return Candidate(
                part: part, counts: counts,
                observation: ExpectedRate.Observation(
                    rows: counts.rows, explains: counts.explains,
                    blind: counts.blindRows / Double(counts.rows),
                    association: rows > 0 ? Self.association(labels, shares) : 0))
        }
    }

    /// The share of each label, by number, and of how many rows.
    private static func shares(_ counts: SparseCounts) -> (shares: [Int32: Double], rows: Int) {
        let rows = counts.entries.reduce(0) { $0 + Int($1.count) }
        var shares: [Int32: Double] = [:]
        for entry in counts.entries { shares[entry.key] = Double(entry.count) / Double(rows) }
        return (shares, rows)
    }

    /// `√(2·KL)` of the labels of a part's rows from those of all rows.
    static func association(_ labels: SparseCounts, _ shares: [Int32: Double]) -> Double {
        let rows = labels.entries.reduce(0.0) { $0 + Double($1.count) }
        let prior = Self.priorRows / (rows + Self.priorRows)
        var divergence = 0.0
        var covered = 0.0
        for entry in labels.entries {
            guard let share = shares[entry.key] else { continue }
            covered += share
            let smoothed = (1 - prior) * Double(entry.count) / max(rows, 1) + prior * share
            divergence += smoothed * log(smoothed / share)
        }
        // Labels that none of its rows have are there by the two rows alone.
        divergence += max(0, 1 - covered) * prior * log(prior)
        return (2 * max(0, divergence)).squareRoot()
    }

    private static func distribution(_ candidate: Candidate, _ rate: ExpectedRate) -> CountDistribution {
        CountDistribution(
            rows: candidate.counts.rows, mean: rate(candidate.observation), dispersion: rate.dispersion)
    }

    /// Whether a part explains as many times as often as is expected as a finding has to.
    private func isFar(_ candidate: Candidate, _ rate: ExpectedRate) -> Bool {
        let observed = Double(candidate.counts.explains) / Double(candidate.counts.rows)
        return observed >= settings.smallestRatio * rate(candidate.observation)
    }

    private static func pValue(_ candidate: Candidate, _ rate: ExpectedRate) -> Double {
        distribution(candidate, rate).upperTail(candidate.counts.explains)
    }

    private func entry(
        _ candidate: Candidate, _ rate: ExpectedRate, pValue: Double, qValue: Double, isFinding: Bool
    ) -> DatasetReport.Shortcut {
        let counts = candidate.counts
        let distribution = Self.distribution(candidate, rate)
        let expected = Double(counts.rows) * distribution.mean
        let pull = counts.pulled.mostFrequent
        let goldRows = counts.gold.entries.reduce(0) { $0 + Int($1.count) }
        return DatasetReport.Shortcut(
            part: candidate.part, rows: counts.rows, explains: counts.explains,
            blindRate: candidate.observation.blind, expectedRate: distribution.mean,
            excess: (Double(counts.explains) - expected) / distribution.deviation, pValue: pValue,
            qValue: qValue, isFinding: isFinding,
            association: candidate.observation.association, pull: pull.flatMap { tally.labels[$0.key] },
            pullRows: pull?.count ?? 0, pullLogOdds: pull.map { logOdds(counts, of: $0.key) } ?? 0,
            accuracy: goldRows > 0 && tally.hasAccuracy ? Double(counts.correct) / Double(goldRows) : nil,
            examples: counts.examples)
    }

    /// The log odds of a predicted label in a part's rows less those in all rows, smoothed as the association is.
    private func logOdds(_ counts: PartTally, of label: Int) -> Double {
        let share = Double(tally.predicted[label]) / Double(max(1, tally.rows))
        guard share > 0, share < 1 else { return 0 }
        let inside = Double(counts.predicted[label]) + Self.priorRows * share
        let outside = Double(counts.rows - counts.predicted[label]) + Self.priorRows * (1 - share)
        return log(inside / outside) - log(share / (1 - share))
    }
}
