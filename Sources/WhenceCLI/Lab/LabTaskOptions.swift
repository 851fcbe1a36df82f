public import ArgumentParser
import Foundation
public import Whence

/// Which sequences an experiment is about.
struct LabTaskOptions: ParsableArguments {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case chain, pairs, tree
        case randomTree = "random-tree"
        case twoParents = "two-parents"
    }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The latent graph: chain, each position's parent is the one before it (default); pairs, a word and its "
                + "answer; tree, the parent of i is ⌊(i − 1)/2⌋; random-tree; two-parents, ⌊(i − 1)/2⌋ and i − 1.",
            valueName: "graph"))
    var task: Kind?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The latent graph as JSON: a list of each position's parent (null for none), a list of lists of parents "
                + "with that of the predicted position last, or {\"nodes\": n, \"edges\": [[parent, child], …]}.",
            valueName: "file.json"))
    var graph: String?

    @Option(
        name: .long, help: ArgumentHelp("Different tokens (default: 10; two-parents: 5).", valueName: "n"))
    var vocabulary: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Positions that the model reads (default: 20; two-parents: 32).", valueName: "n"))
    var length: Int?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "Dirichlet parameter of the transition kernels' rows (default: 0.1).", valueName: "x"))
    var alpha: Double?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "How likely a position of random-tree has no parent (default: 0.5).", valueName: "p")
    )
    var rootProbability: Double?

    @Option(name: .long, help: "Law of tokens without parents: stationary, uniform or dirichlet.")
    var roots: RootLaw?

    /// Names of the options that were given.
    var given: [String] {
        [
            ("--task", task != nil), ("--graph", graph != nil), ("--vocabulary", vocabulary != nil),
            ("--length", length != nil), ("--alpha", alpha != nil),
            ("--root-probability", rootProbability != nil), ("--roots", roots != nil),
        ].filter(\.1).map(\.0)
    }

    func validate() throws {
        if graph != nil, task != nil || length != nil {
            throw ValidationError("--graph says what the graph is; leave --task and --length out.")
        }
        if rootProbability != nil, task != .randomTree {
            throw ValidationError("--root-probability goes with --task random-tree.")
        }
        if let length, !(2...1024).contains(length) {
            throw ValidationError("--length has to be 2 to 1024.")
        }
    }

    /// What the graph is, as a title.
    var name: String { graph.map { URL(filePath: $0).lastPathComponent } ?? (task ?? .chain).rawValue }

    /// The task.
    ///
    /// - Parameter seed: what a random tree follows from.
    /// - Throws: `LaboratoryError`; `LoaderError.missing` without the graph's file.
    func task(seed: UInt64) throws -> InContextTask {
        try InContextTask(
            vocabulary: vocabulary ?? (task == .twoParents ? 5 : 10), graph: latentGraph(seed: seed),
            kernels: .dirichlet(alpha: alpha ?? 0.1), roots: roots)
    }

    private func latentGraph(seed: UInt64) throws -> LatentGraph {
        if let graph {
            guard FileManager.default.fileExists(atPath: graph) else {
                throw LoaderError.missing(path: graph, what: "the graph file", hint: "Check the path.")
            }
            return try LatentGraph(file: URL(filePath: graph))
        }
        let length = length ?? (task == .twoParents ? 32 : 20)
        switch task ?? .chain {
        case .chain: return try .chain(length: length)
        case .pairs: return try .pairs(length: length)
        case .tree: return try .tree((0..<length - 1).map { $0 == 0 ? nil : ($0 - 1) / 2 })
        case .twoParents: return try .twoParents(length: length)
        case .randomTree:
            var generator = SplitMix64(seed: seed)
            return try .randomTree(
                length: length, rootProbability: rootProbability ?? 0.5, using: &generator)
        }
    }
}

extension RootLaw: ExpressibleByArgument {}
