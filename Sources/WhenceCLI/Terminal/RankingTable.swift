import Foundation
import Whence

/// A ranking report as people read it.
struct RankingTable {
    var title: String
    var report: RankingReport
    var seconds: Double

    /// The table and what there is to know about it.
    var text: String {
        let width = report.recommenders.map { name($0).count }.max() ?? 0
        func line(_ name: String, _ cells: [String]) -> String {
            name + String(repeating: " ", count: width - name.count)
                + cells.map { "  " + String(repeating: " ", count: max(0, 22 - $0.count)) + $0 }.joined()
        }
        var lines = [
            title, "",
            line("", ["HR@\(report.k)", "NDCG@\(report.k)", "MRR"]),
        ]
        for row in report.recommenders {
            lines.append(line(name(row), [row.hitRate, row.ndcg, row.mrr].map(Self.cell)))
        }
        lines.append("")
        for entry in report.ahead {
            let (low, high) = (entry.difference.interval[0], entry.difference.interval[1])
            let verdict = low > 0 ? "ahead" : high < 0 ? "behind" : "not told apart"
            lines.append(
                "\(label(entry.measure)): model − \(entry.baseline) = \(Self.signed(entry.difference.value)) "
                    + "[\(Self.signed(low)), \(Self.signed(high))], \(verdict)")
        }
        if !report.ahead.isEmpty { lines.append("") }
        lines += remarks
        return lines.joined(separator: "\n") + "\n"
    }

    private var remarks: [String] {
        let which = report.split == .test ? "last item" : "last item but one"
        var lines = [
            "\(report.users.counted("user")), \(report.items.counted("item")); the \(which) of each history is to be found among all "
                + "items not in it.",
            "Brackets: 95 % intervals of \(report.samples.counted("bootstrap sample")) of users, seed \(report.seed).",
        ]
        for (count, one, many) in [
            (
                report.shortHistories, "user has too few items to be asked about",
                "users have too few items to be asked about"
            ),
            (
                report.unknownTargets, "user is left out: the model does not know the item to be found",
                "users are left out: the model does not know the item to be found"
            ),
            (
                report.repeatedTargets, "item to be found is in the history already; it stays a candidate",
                "items to be found are in the history already; they stay candidates"
            ),
            (
                report.unknownInteractions, "interaction is passed over: the model does not know its item",
                "interactions are passed over: the model does not know their item"
            ),
            (
                report.cutHistories, "history is longer than the model sees; it was given its end",
                "histories are longer than the model sees; it was given their ends"
            ),
            (
                report.differentTitles, "title differs between the data set and the model",
                "titles differ between the data set and the model"
            ),
        ] where count > 0 { lines.append(count.counted(one, plural: many) + ".") }
        if report.differentTitles * 10 > report.items {
            lines.append("So many differ that its ids may not be those of this data set.")
        }
        let tied = report.recommenders.filter { $0.tiedTargets > 0 }
        if !tied.isEmpty {
            lines.append(
                "Items to be found that are tied with others: "
                    + tied.map { "\($0.name) \($0.tiedTargets)" }.joined(separator: ", ") + ".")
        }
        lines.append(String(format: "%.2f s", seconds))
        return lines
    }

    private func name(_ row: RankingReport.Row) -> String {
        guard let neighbours = row.neighbours, let shrinkage = row.shrinkage else { return row.name }
        return
            "\(row.name) (\(neighbours.counted("neighbour")), shrinkage \(String(format: "%g", shrinkage)))"
    }

    private func label(_ measure: String) -> String {
        switch measure {
        case "hitRate": "HR@\(report.k)"
        case "ndcg": "NDCG@\(report.k)"
        default: "MRR"
        }
    }

    private static func cell(_ estimate: RankingReport.Estimate) -> String {
        String(format: "%.4f [%.4f, %.4f]", estimate.value, estimate.interval[0], estimate.interval[1])
    }

    private static func signed(_ value: Double) -> String { String(format: "%+.4f", value) }
}
