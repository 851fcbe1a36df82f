import Foundation
import Whence

extension LabFigure {
    /// The file's name without its folder.
    func fileName(_ kind: String) -> String { "figure-\(number).\(kind)" }

    /// The figure as a page that explains itself.
    var page: LaboratoryPage {
        LaboratoryPage(
            heading: "Figure \(number)", fileName: fileName("html"), source: Self.source(number),
            account: account, figure: drawing,
            rows: measurements.map { entry in
                .init(
                    name: entry.name, measured: Self.text(entry.measured),
                    published: entry.published.map(Self.text), reference: entry.reference?.text)
            }, settings: settings)
    }

    /// A number as figures state it: whole numbers as such, others with four decimals.
    static func text(_ value: Double) -> String {
        value == value.rounded() && value.magnitude >= 2 ? "\(Int(value))" : String(format: "%.4f", value)
    }

    /// Where the figure belongs in Nichani, Damian and Lee 2024.
    private static func source(_ number: Int) -> String {
        let place =
            switch number {
            case 2: "random sequences whose causal graph is a tree"
            case 5: "causal graphs with several parents"
            case 6: "appendix: all matrices behind Figure 2"
            case 7: "appendix: all matrices behind Figure 5"
            case 8: "appendix: a transformer with value matrices and MLPs"
            default: "appendix: many random trees"
            }
        return
            "Nichani, Damian and Lee 2024, How Transformers Learn Causal Structure with Gradient Descent; \(place)"
    }

    /// What an index of figures begins with.
    static let introduction = """
        Figures of the laboratory after Nichani, Damian and Lee 2024. Every number under “measured” comes from \
        transformers that were trained for these pages; “published” is what the paper's code states, “reference” what it came to when it was run again, or what \
        was computed. Losses are \
        cross-entropies in nats; the Bayes predictor knows the latent graph, but not a sequence's kernel.
        """
}
