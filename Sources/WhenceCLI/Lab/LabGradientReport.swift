import Foundation
import Whence

/// The gradient at zero beside its closed form; the JSON document `whence.gradient/1`.
struct LabGradientReport: Encodable, Sendable {
    var schema = "whence.gradient/1"
    var task: InContextTask
    var information: PathInformation
    var gradient: ZeroGradient

    /// The report as people read it.
    ///
    /// - Parameter listingPairs: whether every pair of positions has a line.
    func text(title: String, listingPairs: Bool) -> String {
        var lines = [
            "\(title): vocabulary \(task.vocabulary), length \(task.length); \(information.kernelCount.counted("kernel")), "
                + gradient.sequenceCount.counted("sequence"), "",
            Self.row(["path", "I", "±", "median", "g", "±", "median"]),
        ]
        for relation in information.relations {
            let (i, g) = (relation.information, relation.gradient)
            lines.append(
                Self.row(
                    [relation.path.words]
                        + [i.mean, i.standardError, i.median, g.mean, g.standardError, g.median].map {
                            String(format: "%.4f", $0)
                        }))
        }
        lines += [
            "", "I: chi-squared mutual information of two tokens so related; g: the gradient's closed form.",
            "Data-processing inequality: \(information.violations.grouped) of \(information.comparisons.counted("comparison")) broken; "
                + "bound on g: \(information.boundViolations.counted("kernel")) above it.", "",
        ]
        var table = TextTable()
        table.add(
            "correlation", String(format: "%.5f of closed form and sampled gradient", gradient.correlation))
        table.add("slope", String(format: "%.4f; 1 if the approximation were exact", gradient.slope))
        table.add(
            "largest at the parent", Self.percent(gradient.closedFormShare) + " of positions, closed form")
        table.add("", Self.percent(gradient.sampledShare) + " of positions, sampled")
        lines += table.lines
        if listingPairs {
            lines += ["", Self.row(["from → to", "g", "±", "predicted", "sampled"])]
            lines += gradient.pairs.map { pair in
                Self.row(
                    [
                        "\(pair.child) → \(pair.candidate)\(pair.isParent ? " *" : "")",
                        String(format: "%.4f", pair.closedForm), String(format: "%.4f", pair.standardError),
                        String(format: "%.2e", pair.predicted), String(format: "%.2e", pair.sampled),
                    ])
            }
            lines.append(
                "* the true parent; predicted and sampled: −∂L/∂A, closed form and over the sequences.")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func row(_ cells: [String]) -> String {
        cells.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: max(0, (column == 0 ? 16 : 10) - cell.count))
            return column == 0 ? cell + padding : padding + cell
        }.joined()
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", 100 * share) }
}

extension TreePath {
    /// The path in words.
    fileprivate var words: String {
        switch (up, down) {
        case (0, 0): "itself"
        case (0, 1): "parent"
        case (0, let down): "\(down) up"
        case (let up, let down): "\(down) up, \(up) down"
        }
    }
}
