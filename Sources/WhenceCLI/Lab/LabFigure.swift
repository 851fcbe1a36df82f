import Whence

/// A figure that was made, with the numbers that can be held against published ones.
struct LabFigure: Sendable {
    /// One number beside those that it can be held against.
    struct Measurement: Encodable, Sendable {
        var name: String
        var measured: Double
        /// What the paper's code states; nil where it states nothing.
        var published: Double?
        /// What else to hold it against.
        var reference: Reference?
    }

    /// A number that nobody has published.
    struct Reference: Encodable, Sendable {
        enum Origin: String, Encodable {
            case paperCode = "measured with the paper's code"
            case computed
        }

        var value: Double
        var origin: Origin

        var text: String { "\(LabFigure.text(value)) (\(origin.rawValue))" }

        static func computed(_ value: Double) -> Reference { .init(value: value, origin: .computed) }
        static func paperCode(_ value: Double) -> Reference { .init(value: value, origin: .paperCode) }

        /// The Bayes predictor's loss on the chain of Figure 2.
        static let chainBayes = computed(1.760)
    }

    var number: Int
    /// What is seen, in sentences.
    var account: String
    var drawing: LaboratoryFigure
    var measurements: [Measurement]
    var settings: [LaboratoryPage.Setting]
}

extension HeatMap {
    /// The latent graph as the matrix that attention should become: row `i` has a cell for each parent of `i`.
    static func graph(_ graph: LatentGraph, title: String, cell: Double) -> HeatMap {
        let rows = graph.parents.dropLast().map { parents in
            (0..<graph.length).map { parents.contains($0) ? 1.0 : 0 }
        }
        return HeatMap(
            title: title, rows: rows, range: 0...1, rowParts: ["position"], columnParts: ["its parent"],
            cell: cell)
    }

    /// Attention weights.
    static func attention(_ matrix: ParameterMatrix, title: String, cell: Double) -> HeatMap {
        HeatMap(
            title: title, rows: matrix.doubles, range: 0...1, rowParts: ["position"],
            columnParts: ["what it looks at"], cell: cell)
    }
}

extension ParameterMatrix {
    /// The rows.
    var doubles: [[Double]] { (0..<rowCount).map { row($0).map(Double.init) } }

    /// What colours span: from the number that 15 % lie below to the greatest, as in the paper's code, because a few
    /// strongly negative elements would take all contrast from the rest.
    var shownRange: ClosedRange<Double> {
        let sorted = elements.sorted()
        guard let greatest = sorted.last else { return 0...0 }
        return Double(sorted[(sorted.count - 1) * 15 / 100])...Double(greatest)
    }
}

extension DisentangledShape {
    /// Where the parts of the residual stream end that enters a layer, and what they are: tokens and positions of a
    /// single block, or else blocks, each with a fine line between its tokens and its positions.
    private func parts(enteringLayer layer: Int) -> (breaks: [Int], fine: [Int], names: [String]) {
        let count = blockCount(enteringLayer: layer)
        guard count > 1 else { return ([vocabulary], [], ["token", "position"]) }
        return (
            (1..<count).map { $0 * blockWidth }, (0..<count).map { $0 * blockWidth + vocabulary },
            (0..<count).map(name(ofBlock:))
        )
    }

    /// The matrix of a head with lines between its parts.
    func heatMap(_ transformer: DisentangledTransformer, layer: Int, head: Int, cell: Double) -> HeatMap {
        let (breaks, fine, names) = parts(enteringLayer: layer)
        let matrix = transformer.attentionMatrix(layer: layer, head: head)
        return HeatMap(
            title: "A of layer \(layer + 1), head \(head + 1)", rows: matrix.doubles,
            range: matrix.shownRange, rowBreaks: breaks, columnBreaks: breaks, fineRowBreaks: fine,
            fineColumnBreaks: fine, rowParts: names, columnParts: names, cell: cell)
    }

    /// The output matrix, lying: a row for each token put out.
    func outputHeatMap(_ transformer: DisentangledTransformer, cell: Double) -> HeatMap {
        let (breaks, fine, names) = parts(enteringLayer: heads.count)
        let matrix = transformer.outputMatrix
        let rows = (0..<vocabulary).map { token in
            (0..<matrix.rowCount).map { Double(matrix[$0, token]) }
        }
        return HeatMap(
            title: "Output matrix W, a row for each token put out", rows: rows, range: matrix.shownRange,
            columnBreaks: breaks, fineColumnBreaks: fine, columnParts: names, cell: cell)
    }
}

extension LinePlot {
    /// The loss of a run with lines to hold it against.
    static func losses(
        _ measurements: [TrainingMetrics], references: [(name: String, loss: Double)]
    ) -> LinePlot {
        let steps = measurements.map { Double($0.step) }
        let first = steps.first ?? 0, last = steps.last ?? 0
        let curve = LinePlot.Line(
            name: "trained model", points: measurements.map { .init(x: Double($0.step), y: $0.loss) })
        return LinePlot(
            title: "Loss on sequences never trained on", xLabel: "step", yLabel: "cross-entropy, nats",
            lines: [curve]
                + references.map { name, loss in
                    LinePlot.Line(
                        name: String(name), points: [.init(x: first, y: loss), .init(x: last, y: loss)],
                        isReference: true)
                })
    }
}
