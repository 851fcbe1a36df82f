internal import WhenceExplanation

extension TextPage {
    /// Adds one paragraph of what an explanation was made with, and what it cost.
    mutating func addSmallPrint(_ explanation: some ExplainedByGraphs) {
        let (model, settings, status) = (explanation.model, explanation.settings, explanation.status)
        let tests = explanation.graphs.flatMap(\.independenceTests).reduce(0, +)
        let parts = [
            "\(model.family.escapedForDisplay) \(model.name.quoted())"
                + (model.precision == "fp32" ? "" : " in \(model.precision.escapedForDisplay)"),
            settings.algorithm.rawValue,
            "alpha \(settings.alpha)",
            settings.samples.map { NumberWording.count($0, "sample") } ?? "samples as the hidden size",
            settings.replacement.map { "\(settings.nodes.rawValue) \($0.manner)" },
            NumberWording.count(status.forwardPasses, "forward pass", plural: "forward passes"),
            NumberWording.count(tests, "independence test"),
            status.elapsedMilliseconds.map(NumberWording.duration),
        ]
        addBlankLine()
        addParagraph([StyledRun(parts.compactMap(\.self).joined(separator: " · "), .small)])
    }

    /// Says that a list was cut.
    mutating func addOverflow(_ count: Int) {
        guard count > 0 else { return }
        addParagraph(
            [StyledRun("… and \(NumberWording.count(count)) more; --full shows all", .small)], indent: 2)
    }
}

extension Replacement {
    /// How nodes are left out: `replaced by the mask token`.
    fileprivate var manner: String {
        switch self {
        case .mask: "replaced by the mask token"
        case .pad: "replaced by padding"
        case .delete: "deleted"
        case .unknown: "replaced by the unknown token"
        }
    }
}
