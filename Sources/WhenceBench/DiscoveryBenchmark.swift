import Foundation
import WhenceDiscovery

/// Causal discovery on covariances such as attention gives, and independence tests alone; on one core.
enum DiscoveryBenchmark {
    private typealias Maker = @Sendable (_ tokens: Int, DiscoveryOptions) -> any DiscoveryAlgorithm

    private static let algorithms: [(name: String, make: Maker)] = [
        ("icd", { ICD(options: $1) }), ("ordered-icd", { OrderedICD(order: Array(0..<$0), options: $1) }),
        ("pc", { PC(options: $1) }), ("rfci", { RFCI(options: $1) }), ("fci", { FCI(options: $1) }),
    ]

    /// `discovery [--runs N] [--time-limit SECONDS] [--algorithm NAME] [--json] [--write-cases DIR]`.
    static func run(_ arguments: [String]) throws {
        let options = try Options(
            arguments, names: ["--runs", "--time-limit", "--algorithm", "--write-cases"], flags: ["--json"])
        if let folder = options.string("--write-cases") {
            try write(DiscoveryCase.all, to: URL(filePath: folder, directoryHint: .isDirectory))
            return
        }
        let runs = try options.count("--runs") ?? 5
        let limit = Duration.seconds(try options.count("--time-limit") ?? 3)
        let name = options.string("--algorithm")
        let chosen = algorithms.filter { name == nil || name == $0.name }
        guard !chosen.isEmpty else {
            let names = algorithms.map(\.name).joined(separator: ", ")
            throw UsageError(problem: "There is no algorithm \(name ?? ""). There are: \(names).")
        }
        let isJSON = options.has("--json")
        if !isJSON { print(DiscoveryRow.heading) }
        for input in DiscoveryCase.all {
            let test = try input.test()
            for algorithm in chosen {
                var choices = DiscoveryOptions()
                choices.limits = DiscoveryLimits(time: limit, conditioningSize: input.conditioningSize)
                let row = try DiscoveryRow(
                    algorithm.name, input, algorithm.make(input.tokens, choices), test, runs: runs)
                print(isJSON ? try row.json() : row.text)
            }
        }
        guard !isJSON, name == nil else { return }
        try measureTestsAlone(runs: runs)
    }

    /// Equal correlations: every pair stays dependent given everything, so this is what tests alone cost.
    private static func measureTestsAlone(runs: Int) throws {
        var equal = [Double](repeating: 0.9, count: 22 * 22)
        for diagonal in 0..<22 { equal[diagonal * 23] = 1 }
        var options = DiscoveryOptions()
        options.maximumConditioningSize = 5
        let test = try FisherZTest(correlation: equal, nodeCount: 22, samples: 1_000_000)
        let tests = try FCI(options: options).run(test).testCounts.reduce(0, +)
        let timing = try Timing(runs: runs) { _ = try FCI(options: options).run(test) }
        let speed = Double(tests) / timing.best / 1e3
        print("\(speed.text(digits: 1)) million independence tests a second, of sizes up to 5.")
    }

    /// Writes every attention matrix, and what to do with it, for peers to read.
    private static func write(_ cases: [DiscoveryCase], to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var list = "file,tokens,samples,alpha,conditioningSize\n"
        for input in cases {
            try input.write(to: folder)
            let size = input.conditioningSize.map { "\($0)" } ?? ""
            list += "\(input.fileName),\(input.tokens),\(input.samples),0.01,\(size)\n"
        }
        try Data(list.utf8).write(to: folder.appending(path: "cases.csv"))
    }
}
