internal import WhenceLoader
internal import WhenceTensor

/// `classifier(act(pooler(x)))`, or the classifier alone; and a function of its sums where there is one.
struct ClassificationHead: Sendable {
    private let pooler: PackedMatrix?
    private let activation: ProductEpilogue
    private let classifier: PackedMatrix
    private let outputFunction: OutputFunction?

    /// Reads a head of two dense layers.
    init(pooler: Checkpoint, classifier: Checkpoint, _ configuration: ModelConfiguration) throws {
        self.pooler = try PackedMatrix(pooler, configuration.hiddenSize, configuration.pooledSize)
        activation = ProductEpilogue(configuration.headActivation)
        self.classifier = try PackedMatrix(
            classifier, configuration.pooledSize, configuration.logitCount)
        outputFunction = configuration.outputFunction
    }

    /// A head of one layer.
    init(classifier: PackedMatrix) {
        pooler = nil
        activation = .none
        self.classifier = classifier
        outputFunction = nil
    }

    /// `[inputs, labels]` of the rows that are read, `[inputs, hidden]`.
    ///
    /// - Note: Devlin et al. 2019, §4.1 and appendix A.
    func logits(_ rows: MatrixView, in workspace: Workspace) throws -> MatrixView {
        var pooled = rows
        if let pooler {
            pooled = try workspace.headRows.matrix(rows.rowCount, pooler.columnCount)
            try workspace.compute.multiply(rows, by: pooler, epilogue: activation, into: pooled)
        }
        let logits = try workspace.logits.matrix(rows.rowCount, classifier.columnCount)
        try workspace.compute.multiply(pooled, by: classifier, into: logits)
        if let outputFunction {
            for index in logits.buffer.indices {
                logits.buffer[index] = Float(outputFunction(Double(logits.buffer[index])))
            }
        }
        return logits
    }
}
