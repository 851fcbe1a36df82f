import Foundation
import Whence

/// The measurements of a training run as a file, one JSON object a line, each there as soon as it is made.
final class MetricsFile {
    private let path: String
    private let handle: FileHandle

    /// Begins a file.
    ///
    /// - Parameter step: where a run goes on; what the file says up to there is kept. nil begins anew.
    /// - Throws: `OutputError`.
    init(_ path: String, goingOnFrom step: Int?) throws {
        self.path = path
        var kept = ""
        if let step, let text = try? String(contentsOfFile: path, encoding: .utf8) {
            for line in text.split(separator: "\n") {
                guard let metrics = try? JSONDecoder().decode(TrainingMetrics.self, from: Data(line.utf8)),
                    metrics.step < step
                else { continue }
                kept += line + "\n"
            }
        }
        try Output.write(kept, to: path, force: true)
        guard let handle = FileHandle(forWritingAtPath: path) else {
            throw OutputError(path: path, reason: "it cannot be opened again")
        }
        self.handle = handle
        do { try handle.seekToEnd() } catch {
            throw OutputError(path: path, reason: error.localizedDescription)
        }
    }

    /// Adds a line.
    func append(_ metrics: TrainingMetrics) throws {
        let line = try jsonText(of: metrics, layout: .oneLine)
        do { try handle.write(contentsOf: Data(line.utf8)) } catch {
            throw OutputError(path: path, reason: error.localizedDescription)
        }
    }
}
