import Foundation
import Whence

/// What a finished run says about itself.
struct AnnotationSummaryText {
    var summary: AnnotationSummary
    /// What labels are called: labels, or items.
    var noun: String
    var outputs: [String]
    /// Of this part of the run.
    var seconds: Double
    var rowsOfThisPart: Int

    /// How many labels are told apart.
    private static let labelsShown = 5

    /// One fact a line.
    var lines: [String] {
        var table = TextTable()
        var rows = "\(summary.rows.grouped) in \(AnnotationProgress.duration(seconds))"
        if seconds > 0, rowsOfThisPart > 0 {
            rows += String(format: " (%.1f rows/s)", Double(rowsOfThisPart) / seconds)
        }
        table.add("rows", rows)
        if !summary.labels.isEmpty { table.add(noun, labels) }
        if let share = summary.flippedShare {
            table.add(
                "changed",
                "\(Self.percent(share)) of \(summary.searched.grouped)"
                    + (summary.medianSize.map { "; the smallest set has \($0) in the median" } ?? ""))
        }
        if summary.cutShort > 0 {
            table.add("cut short", "\(summary.cutShort.counted("search", plural: "searches")), by a budget")
        }
        if summary.failureCount > 0 {
            let kinds = summary.failures.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            table.add(
                "bad rows",
                "\(summary.failureCount.grouped): "
                    + kinds.map { "\($0.value.grouped) \($0.key)" }.joined(separator: ", "))
            for (kind, _) in kinds {
                if let first = summary.firstFailures[kind] {
                    table.add("", "\(first.place): \(first.reason)")
                }
            }
        }
        for (position, slow) in summary.slowest.enumerated() {
            table.add(
                position == 0 ? "slowest" : "",
                "\(slow.place)\(String(format: " (%.0f ms)", slow.milliseconds))")
        }
        for (position, output) in outputs.enumerated() { table.add(position == 0 ? "written" : "", output) }
        return table.lines
    }

    private var labels: String {
        let sorted = summary.labels.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let total = summary.labels.values.reduce(0, +)
        let shown = sorted.prefix(Self.labelsShown).map {
            "\($0.value.grouped) \($0.key) (\(Self.percent(Double($0.value) / Double(total))))"
        }
        let rest = sorted.count - shown.count
        return shown.joined(separator: ", ") + (rest > 0 ? " and \(rest.grouped) more" : "")
    }

    private static func percent(_ share: Double) -> String { String(format: "%.1f %%", share * 100) }
}
