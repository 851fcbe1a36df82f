internal import Foundation
internal import WhenceLoader
internal import WhenceTensor

/// Which transformer a training run is about.
public enum LaboratoryModel: String, Sendable, Hashable, Codable, CaseIterable {
    /// The disentangled transformer of the theory.
    case disentangled
    /// A transformer with value matrices and networks.
    case standard

    /// What a checkpoint goes on with.
    ///
    /// - Throws: `LaboratoryError.checkpoint` for a file that is none; `LoaderError` for one that cannot be read.
    public init(ofCheckpoint path: String) throws {
        let file = try NamedTensorFile(readingFrom: path)
        do {
            let header = try JSONDecoder().decode(CheckpointKind.self, from: Data(file.description.utf8))
            self = header.model ?? .disentangled
        } catch {
            throw LaboratoryError.checkpoint(path: path, problem: "its settings cannot be read (\(error))")
        }
    }
}

/// The part of a checkpoint's header that is the same for every kind of run; files from before there were two kinds
/// name none.
private struct CheckpointKind: Codable {
    var version: Int
    var model: LaboratoryModel?

    static let version = 1
}

/// A training run as a file: HDF5, the parameters and the optimiser's memory as tensors, everything else as JSON.
///
/// The same run at the same step makes the same bytes.
struct CheckpointFile<Settings: ExperimentSettings> {
    var settings: Settings
    var step: Int
    var parameters: [Float]
    var optimizer: OptimizerState
    /// Losses since the last regular measurement.
    var recentLoss: RunningMean

    private struct Header: Codable {
        var version: Int
        var model: LaboratoryModel?
        var step: Int
        var settings: Settings
        /// Files from before it was kept have none.
        var recentLoss: RunningMean?
    }

    func write(_ model: LaboratoryModel, to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let header = Header(
            version: CheckpointKind.version, model: model, step: step, settings: settings,
            recentLoss: recentLoss)
        var tensors = [("parameters", Self.tensor(parameters))]
        if !optimizer.first.isEmpty {
            tensors += [
                ("gradient_mean", Self.tensor(optimizer.first)),
                ("gradient_square", Self.tensor(optimizer.second)),
            ]
        }
        let description = String(decoding: try encoder.encode(header), as: UTF8.self)
        try NamedTensorFile(tensors: tensors, description: description).write(to: path)
    }

    /// Reads a run.
    ///
    /// - Parameter check: throws what is wrong with settings; returns the number of parameters and the optimiser.
    /// - Throws: `LaboratoryError.checkpoint` for a file that is not one; `LoaderError` for one that cannot be read.
    init(
        _ model: LaboratoryModel, readingFrom path: String,
        check: (Settings) throws -> (parameterCount: Int, optimizer: Optimizer)
    ) throws {
        func failure(_ problem: String) -> LaboratoryError { .checkpoint(path: path, problem: problem) }
        let file = try NamedTensorFile(readingFrom: path)
        let text = Data(file.description.utf8)
        let kind = try LaboratoryModel(ofCheckpoint: path)
        guard kind == model else { throw failure("it keeps a \(kind.rawValue) transformer") }
        let header: Header
        let (count, method): (Int, Optimizer)
        do {
            header = try JSONDecoder().decode(Header.self, from: text)
            (count, method) = try check(header.settings)
        } catch {
            throw failure("its settings cannot be read (\(error))")
        }
        guard header.version == CheckpointKind.version, (0...header.settings.stepCount).contains(header.step)
        else { throw failure("version \(header.version), step \(header.step)") }
        func numbers(_ name: String, _ count: Int) throws -> [Float] {
            guard count > 0 else { return [] }
            guard let numbers = file[name]?.elements, numbers.count == count else {
                throw failure(
                    "\(name) has \(file[name]?.count ?? 0) elements where its settings ask for \(count)")
            }
            guard numbers.allSatisfy(\.isFinite) else {
                throw failure("\(name) holds what is no finite number")
            }
            return numbers
        }
        (settings, step) = (header.settings, header.step)
        recentLoss = header.recentLoss ?? RunningMean()
        parameters = try numbers("parameters", count)
        optimizer = OptimizerState(method, parameterCount: count)
        optimizer.first = try numbers("gradient_mean", optimizer.first.count)
        optimizer.second = try numbers("gradient_square", optimizer.second.count)
    }

    /// A run as it stands.
    init(_ settings: Settings, _ state: RunState, parameters: [Float]) {
        (self.settings, self.parameters) = (settings, parameters)
        (step, optimizer, recentLoss) = (state.step, state.optimizer, state.recentLoss)
    }

    /// Where the run stands that was read from a path.
    func state(from path: String) -> RunState {
        RunState(step: step, optimizer: optimizer, recentLoss: recentLoss, checkpoint: path)
    }

    private static func tensor(_ numbers: [Float]) -> Tensor {
        Tensor(shape: [numbers.count], elements: numbers)
    }
}
