import Foundation
import WhenceLaboratory

/// Training steps of the laboratory, fresh sequences included, beside the paper's own code.
enum LaboratoryBenchmark {
    /// `laboratory [--seconds N] [--threads N] [--json]`.
    static func run(_ arguments: [String]) throws {
        let options = try Options(arguments, names: ["--seconds", "--threads"], flags: ["--json"])
        let seconds = try options.count("--seconds") ?? 2
        let threads = try options.count("--threads")
        for (name, settings) in try cases() {
            let row = try measure(settings, seconds: Double(seconds), threads: threads)
            if options.has("--json") {
                print(
                    #"{"case": "\#(name)", "seconds": \#(row.wall), "processor_seconds": \#(row.processor)}"#)
            } else {
                let speed = 1 / row.wall
                print(
                    "\(name): \(speed.text(digits: 1)) steps/s, \((row.processor * 1e3).text(digits: 2)) ms of processor time a step"
                )
            }
        }
    }

    /// The settings of the paper's experiments with a batch of 1,024; `laboratory.py` has the same.
    private static func cases() throws -> [(name: String, settings: TrainingSettings)] {
        let tree: [Int?] = [nil, 0, nil, 1, nil, 2, 2, nil, 5, nil, 3, nil, 8, nil, 1, 12, nil, 6, nil]
        let chain = try InContextTask(vocabulary: 10, graph: .chain(length: 20))
        let random = try InContextTask(vocabulary: 3, graph: .tree(tree))
        let parents = try InContextTask(vocabulary: 5, graph: .twoParents(length: 32))
        return [
            ("chain", try TrainingSettings(task: chain, steps: 1 << 30)),
            ("tree", try TrainingSettings(task: random, steps: 1 << 30)),
            (
                "two parents",
                try TrainingSettings(
                    task: parents, shape: DisentangledShape(for: parents, heads: [2, 1]), steps: 1 << 30,
                    learningRate: 0.01, optimizer: .adamW(), weightDecay: 1e-4, start: .noise(scale: 1e-4))
            ),
        ]
    }

    /// The fastest of many short runs, a step each.
    private static func measure(
        _ settings: TrainingSettings, seconds: Double, threads: Int?
    ) throws -> (wall: Double, processor: Double) {
        let trainer = try Trainer(settings, threadCount: threads)
        for _ in 0..<10 { try trainer.advance() }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var best = (wall: Double.infinity, processor: Double.infinity)
        while clock.now < end {
            let (wall, processor) = (clock.now, processorSeconds())
            for _ in 0..<20 { try trainer.advance() }
            best.processor = min(best.processor, (processorSeconds() - processor) / 20)
            best.wall = min(best.wall, (clock.now - wall) / .seconds(1) / 20)
        }
        return best
    }

    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
