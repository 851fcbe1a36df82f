import Foundation
import Whence

/// A comparison of explanation methods as people read it.
struct MethodTable {
    var title: String
    var report: MethodReport
    var seconds: Double

    /// The table, CLEAR's two claims, and what there is to know about them.
    var text: String {
        let headings = ["changed", "items", "rank before", "smallest", "passes", "ms"]
        var cells = [[""] + headings]
        for row in report.methods {
            cells.append(
                [
                    row.method.rawValue, Self.percent(row.flipped), Self.number(row.size, 2),
                    Self.number(row.replacementRank, 1), Self.percent(row.smallest),
                    Self.mean(row.forwardPasses), Self.mean(row.milliseconds),
                ])
        }
        var lines = [title, ""] + Self.aligned(cells)
        let common = report.methods.first?.sizeInCommon.users ?? 0
        if report.methods.count > 1, common > 0 {
            lines += [
                "",
                "The same over the \(common.counted("user")) for whom all methods but exhaustive found a set:",
            ]
            lines += Self.aligned(
                report.methods.map {
                    [
                        $0.method.rawValue, Self.number($0.sizeInCommon, 2) + " items",
                        Self.number($0.replacementRankInCommon, 1) + " rank before",
                    ]
                })
        }
        lines += [""] + comparisons + [""] + remarks
        return lines.joined(separator: "\n") + "\n"
    }

    /// CLEANN against every other method: fewer items, and a replacement that ranked higher?
    private var comparisons: [String] {
        report.comparisons.compactMap { comparison in
            let difference = comparison.difference
            guard let value = difference.value, difference.interval.count == 2 else { return nil }
            let (low, high) = (difference.interval[0], difference.interval[1])
            let isSize = comparison.measure == "size"
            let verdict =
                high < 0
                ? (isSize ? "smaller" : "ranked higher")
                : low > 0 ? (isSize ? "larger" : "ranked lower") : "not told apart"
            return "\(isSize ? "items" : "rank "): \(comparison.method) − \(comparison.other) = "
                + "\(Self.signed(value)) [\(Self.signed(low)), \(Self.signed(high))], \(verdict) "
                + "(\(difference.users.counted("user")))"
        }
    }

    private var remarks: [String] {
        var lines = [
            "\(report.users.counted("user")). changed: share of users whose recommendation changed; items: how many that took;",
            "rank before: where the item recommended then ranked before, over users with a change; smallest: share of",
            "users with a set as small as any, where the exhaustive method found one; passes, ms: means a user.",
            "Brackets: 95 % intervals of \(report.samples.counted("bootstrap sample")) of users, seed \(report.seed).",
        ]
        let unfinished = report.methods.filter { $0.unfinished > 0 }
        if !unfinished.isEmpty {
            lines.append(
                "Ended by a budget: "
                    + unfinished.map { "\($0.method) for \($0.unfinished.counted("user"))" }.joined(
                        separator: ", ")
                    + ".")
        }
        if report.cutHistories > 0 {
            lines.append(
                "\(report.cutHistories.counted("history is", plural: "histories are")) longer than the model sees; it was given "
                    + "\(report.cutHistories.agreeing("its end", "their ends")).")
        }
        lines.append(String(format: "%.1f s", seconds))
        return lines
    }

    private static func aligned(_ rows: [[String]]) -> [String] {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let padding = String(repeating: " ", count: widths[column] - cell.count)
                return column == 0 ? cell + padding : "  " + padding + cell
            }.joined()
        }
    }

    private static func percent(_ estimate: MethodReport.Estimate) -> String {
        with(estimate) { String(format: "%.0f", $0 * 100) } + (estimate.value == nil ? "" : " %")
    }

    private static func number(_ estimate: MethodReport.Estimate, _ digits: Int) -> String {
        with(estimate) { String(format: "%.\(digits)f", $0) }
    }

    private static func mean(_ estimate: MethodReport.Estimate) -> String {
        estimate.value.map { String(format: $0 < 10 ? "%.1f" : "%.0f", $0) } ?? "–"
    }

    private static func with(_ estimate: MethodReport.Estimate, _ text: (Double) -> String) -> String {
        guard let value = estimate.value, estimate.interval.count == 2 else { return "–" }
        return "\(text(value)) [\(text(estimate.interval[0])), \(text(estimate.interval[1]))]"
    }

    private static func signed(_ value: Double) -> String { String(format: "%+.2f", value) }
}
