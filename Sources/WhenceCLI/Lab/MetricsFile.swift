import Foundation
import Whence

/// The measurements of a training run as a file, one JSON object a line, each there as soon as it is made.
final class MetricsFile {
    /// What the file said already, up to where the run goes on.
    let kept: [TrainingMetrics]

    private let path: String
    private let handle: FileHandle

    /// Begins a file.
    ///
    /// - Parameters:
    ///   - step: where a run goes on; what the file says up to there is kept. nil begins anew.
    ///   - force: whether to go on in a file that holds something else too, which is then dropped.
    /// - Throws: `OutputError`.
    init(_ path: String, goingOnFrom step: Int?, force: Bool) throws {
        self.path = path
        if let step, FileManager.default.fileExists(atPath: path) {
            kept = try Self.measurements(path, force: force).filter { $0.step < step }
        } else {
            kept = []
        }
        let text = try kept.map { try jsonText(of: $0, layout: .oneLine) }.joined()
        try Output.write(text, to: path, force: true)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw OutputError(path: path, reason: "it cannot be opened again")
        }
        self.handle = handle
        do { try handle.seekToEnd() } catch {
            throw OutputError(path: path, reason: error.localizedDescription)
        }
    }

    /// What a file holds.
    private static func measurements(_ path: String, force: Bool) throws -> [TrainingMetrics] {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
            if force { return [] }
            throw OutputError(
                path: path, reason: "it exists, and cannot be read as text; --force replaces it")
        }
        var measurements: [TrainingMetrics] = []
        for (number, line) in text.split(separator: "\n").enumerated() {
            if let metrics = try? JSONDecoder().decode(TrainingMetrics.self, from: Data(line.utf8)) {
                measurements.append(metrics)
            } else if !force {
                throw OutputError(
                    path: path,
                    reason:
                        "line \(number + 1) of it is no measurement of a training run; --force drops such lines"
                )
            }
        }
        return measurements
    }

    /// Adds a line.
    func append(_ metrics: TrainingMetrics) throws {
        let line = try jsonText(of: metrics, layout: .oneLine)
        do { try handle.write(contentsOf: Data(line.utf8)) } catch {
            throw OutputError(path: path, reason: error.localizedDescription)
        }
    }
}
