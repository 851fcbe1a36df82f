internal import Foundation
internal import WhenceLoader
internal import WhenceTensor

/// What a checkpoint says about itself beside its numbers.
private struct CheckpointHeader: Codable {
    var version: Int
    var step: Int
    var settings: TrainingSettings

    static let version = 1
}

extension Trainer {
    /// Writes everything that going on needs: HDF5, `state/parameters`, the optimiser's memory, and the settings as JSON.
    ///
    /// - Throws: `LoaderError.unwritable`; what was at the path is then as it was.
    public func save(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let header = CheckpointHeader(version: CheckpointHeader.version, step: step, settings: settings)
        var tensors = [("parameters", Self.tensor(transformer.parameters))]
        if !state.first.isEmpty {
            tensors += [
                ("gradient_mean", Self.tensor(state.first)), ("gradient_square", Self.tensor(state.second)),
            ]
        }
        let description = String(decoding: try encoder.encode(header), as: UTF8.self)
        try NamedTensorFile(tensors: tensors, description: description).write(to: path)
        noteCheckpoint(path)
    }

    /// Goes on where a checkpoint was written: the steps that follow are the same, to the byte, as if the run had never
    /// been interrupted.
    ///
    /// - Throws: `LaboratoryError.checkpoint` for a file that is not one; `LoaderError` for one that cannot be read.
    public convenience init(resuming path: String, threadCount: Int? = nil) throws {
        let file = try NamedTensorFile(readingFrom: path)
        let header: CheckpointHeader
        do {
            header = try JSONDecoder().decode(CheckpointHeader.self, from: Data(file.description.utf8))
            try header.settings.check()
        } catch {
            throw LaboratoryError.checkpoint(path: path, problem: "its settings cannot be read (\(error))")
        }
        let settings = header.settings
        guard header.version == CheckpointHeader.version, (0...settings.stepCount).contains(header.step)
        else {
            throw LaboratoryError.checkpoint(
                path: path, problem: "version \(header.version), step \(header.step)")
        }
        func numbers(_ name: String, _ count: Int) throws -> [Float] {
            guard count > 0 else { return [] }
            guard let numbers = file[name]?.elements, numbers.count == count else {
                throw LaboratoryError.checkpoint(
                    path: path,
                    problem:
                        "\(name) has \(file[name]?.count ?? 0) elements where its settings ask for \(count)")
            }
            guard numbers.allSatisfy(\.isFinite) else {
                throw LaboratoryError.checkpoint(
                    path: path, problem: "\(name) holds what is no finite number")
            }
            return numbers
        }
        let count = settings.shape.parameterCount
        let transformer = try DisentangledTransformer(
            settings.shape, parameters: numbers("parameters", count))
        var state = OptimizerState(settings.optimizer, parameterCount: count)
        state.first = try numbers("gradient_mean", state.first.count)
        state.second = try numbers("gradient_square", state.second.count)
        try self.init(
            settings, transformer: transformer, state: state, step: header.step, checkpoint: path,
            threadCount: threadCount)
    }

    private static func tensor(_ numbers: [Float]) -> Tensor {
        Tensor(shape: [numbers.count], elements: numbers)
    }
}
