import Foundation
import Whence

/// A calibration as people read it.
struct CalibrationTable {
    var report: CalibrationReport

    private static let measures: [(CalibrationMeasure, String)] = [
        (.precision, "precision"), (.recall, "recall"), (.f1, "F1"), (.marks, "marks"), (.distance, "SHD"),
    ]

    /// The transformers, then a table for every family and layer.
    var text: String {
        var lines = models + [""]
        var group: [CalibrationRow] = []
        for row in report.rows {
            if let last = group.last, (last.family, last.layer) != (row.family, row.layer) {
                lines += table(group) + [""]
                group = []
            }
            group.append(row)
        }
        lines += table(group) + [""] + remarks
        return lines.joined(separator: "\n") + "\n"
    }

    private var models: [String] {
        var lines = ["Transformers: loss above Bayes (nats), weight on true parents, nodes, true edges"]
        for family in report.settings.families {
            let models = report.models.filter { $0.family == family }
            let recovery = models.compactMap(\.recovery)
            lines.append(
                Self.padded(family.rawValue, 20)
                    + [
                        Self.mean(models.map { $0.loss - $0.bayesLoss }), Self.mean(recovery),
                        Self.mean(models.map { Double($0.nodes) }),
                        Self.mean(models.map { Double($0.trueEdges) }),
                    ].map { Self.right($0, 8) }.joined())
        }
        return lines
    }

    private func table(_ rows: [CalibrationRow]) -> [String] {
        guard let first = rows.first else { return [] }
        let counts = Set(rows.flatMap { $0.found.compactMap(\.samples) }).sorted()
        let samples = ", \(counts.map(String.init).joined(separator: " or ")) samples"
        var lines = [
            "\(first.family.rawValue), layer \(first.layer)\(samples)",
            Self.padded("", 34) + Self.measures.map { Self.right($0.1, 19) }.joined()
                + Self.right("untrained F1", 14) + Self.right("random F1", 11),
        ]
        for row in rows {
            lines.append(
                Self.padded("  \(row.displayName)", 34)
                    + Self.measures.map { Self.right(Self.cell(row.estimate($0.0)), 19) }.joined()
                    + Self.right(Self.short(row.untrainedEstimate(.f1)), 14)
                    + Self.right(Self.short(row.randomEstimate(.f1)), 11))
        }
        return lines
    }

    private var remarks: [String] {
        let settings = report.settings
        var lines = [
            "\(settings.seeds.counted("transformer")) a family, \(settings.sequences.counted("sequence")) each; alpha "
                + "\(settings.alpha). Brackets: 95 % intervals of \(settings.resamples.counted("bootstrap sample")) of seeds.",
            "attention: A·Aᵀ, the interpreter as it is. residual: of (I + A)/2. structural: of (I − G)⁻¹, G = A "
                + "without its diagonal.",
            "threshold: weight of at least 1/2. relative-threshold: of at least 2/(i + 1). largest-weight: one "
                + "parent a position.",
            "untrained: the same before training, when attention is uniform.",
            "random: graphs with as many edges and the same marks elsewhere. \"-\": nothing found, or nothing "
                + "there to find.",
        ]
        let interpreted = report.rows.filter(\.method.isInterpreter).flatMap(\.found)
        let stopped = interpreted.reduce(0) { $0 + $1.stopped }
        if stopped > 0 {
            lines.append(
                "\(stopped.grouped) of \(interpreted.reduce(0) { $0 + $1.graphs }.counted("search", plural: "searches")) ended early, by the limit of "
                    + "\(settings.testLimit.counted("test")) or by the number of samples.")
        }
        return lines
    }

    private static func cell(_ estimate: CalibrationEstimate?) -> String {
        guard let estimate else { return "-" }
        return "\(number(estimate.value)) [\(estimate.interval.map(number).joined(separator: ", "))]"
    }

    private static func short(_ estimate: CalibrationEstimate?) -> String {
        estimate.map { number($0.value) } ?? "-"
    }

    private static func mean(_ values: [Double]) -> String {
        values.isEmpty ? "-" : number(values.reduce(0, +) / Double(values.count))
    }

    private static func number(_ value: Double) -> String {
        String(format: value >= 10 ? "%.1f" : "%.2f", value)
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(1, width - text.count)) + text
    }
}

extension CalibrationRow {
    /// `head 1 fci, structural`, or without a head where the layer has one only.
    var displayName: String {
        let place = head.map { "head \($0) " } ?? "pooled "
        return place + method.rawValue + (reading.map { ", \($0.rawValue)" } ?? "")
    }
}
