extension InContextTask {
    /// Throws what is wrong with the settings.
    func check() throws(LaboratoryError) {
        guard (2...LaboratoryLimits.vocabulary).contains(vocabulary) else {
            throw .setting(
                name: "the vocabulary", value: "\(vocabulary)",
                expected: "2 to \(LaboratoryLimits.vocabulary) tokens")
        }
        guard (1...LaboratoryLimits.graphs).contains(graphs.count) else {
            throw .setting(
                name: "the number of graphs", value: "\(graphs.count)",
                expected: "1 to \(LaboratoryLimits.graphs)")
        }
        for graph in graphs where graph.length != length {
            throw .setting(
                name: "the length of a further graph", value: "\(graph.length)",
                expected: "that of the first, \(length)")
        }
        try checkSizes()
        try checkKernels()
        try checkRoots()
        try checkHidden()
    }

    private func checkSizes() throws(LaboratoryError) {
        var entries = 0
        for arity in arities {
            var rows = 1
            for _ in 0..<arity where rows <= LaboratoryLimits.kernelEntries { rows *= vocabulary }
            entries += rows * vocabulary
            guard entries <= LaboratoryLimits.kernelEntries else {
                throw .setting(
                    name: "the number of parents", value: "\(arity)",
                    expected:
                        "fewer, for a vocabulary of \(vocabulary): a kernel has a row for every combination "
                        + "of the parents' tokens")
            }
        }
    }

    private func checkKernels() throws(LaboratoryError) {
        switch kernels {
        case .dirichlet(let alpha):
            // Below, even sums of logarithms lose the digits that tell rows apart.
            guard alpha.isFinite, alpha >= 1e-3, alpha <= 1e6 else {
                throw .setting(
                    name: "the Dirichlet parameter alpha", value: "\(alpha)",
                    expected: "a positive number from 0.001 to 1,000,000; the paper takes 0.1")
            }
        case .fixed(let rows):
            guard rows.count == rowCount else {
                throw .setting(
                    name: "the number of rows of the fixed kernels", value: "\(rows.count)",
                    expected: "\(rowCount), one for every combination of the parents' tokens")
            }
            for (index, row) in rows.enumerated() {
                let isLaw = row.count == vocabulary && row.allSatisfy { $0.isFinite && $0 >= 0 }
                guard isLaw, abs(row.reduce(0, +) - 1) < 1e-6 else {
                    throw .setting(
                        name: "row \(index) of the fixed kernels", value: "\(row)",
                        expected: "\(vocabulary) probabilities that add up to 1")
                }
            }
        }
    }

    private func checkRoots() throws(LaboratoryError) {
        if roots == .stationary, !graphs.allSatisfy({ $0.roots.isEmpty || $0.arities.contains(1) }) {
            throw .setting(
                name: "the law of roots", value: "stationary",
                expected:
                    "uniform: no position of the graph has a single parent, so there is no chain that could "
                    + "be stationary")
        }
        if roots == .dirichlet, case .fixed = kernels {
            throw .setting(
                name: "the law of roots", value: "dirichlet",
                expected: "uniform or stationary for fixed kernels")
        }
    }

    private func checkHidden() throws(LaboratoryError) {
        for (index, position) in hidden.enumerated() {
            guard (0..<length - 1).contains(position), index == 0 || hidden[index - 1] != position else {
                throw .setting(
                    name: "the hidden position", value: "\(position)",
                    expected: "a position before the last, \(length - 1), once")
            }
        }
        guard length - hidden.count >= 2 else {
            throw .setting(
                name: "the number of visible positions", value: "\(length - hidden.count)",
                expected: "2 or more")
        }
    }
}
