public import ArgumentParser
import Foundation
public import Whence

/// Which sequences an experiment is about.
struct LabTaskOptions: ParsableArguments {
    enum Kind: String, ExpressibleByArgument, CaseIterable {
        case chain, pairs, tree, lags
        case randomTree = "random-tree"
        case randomGraph = "random-graph"
        case twoParents = "two-parents"
        case parentMaps = "parent-maps"

        /// Whether every sequence has a graph of its own.
        var isVarying: Bool { self == .lags || self == .parentMaps }

        /// Whether fewer tokens are the default, because kernels are larger or graphs many.
        var hasSmallVocabulary: Bool { isVarying || self == .twoParents || self == .randomGraph }
    }

    enum Kernels: String, ExpressibleByArgument, CaseIterable { case fresh, fixed }

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The latent graph: chain, each position's parent is the one before it (default); pairs, a word and its "
                + "answer; tree, the parent of i is ⌊(i − 1)/2⌋; random-tree; two-parents, ⌊(i − 1)/2⌋ and i − 1; random-graph, "
                + "--parents earlier positions. Drawn for "
                + "each sequence: lags, interleaved chains of some lag; parent-maps, example chains of random parents.",
            valueName: "graph"))
    var task: Kind?

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The latent graph as JSON: a list of each position's parent (null for none), a list of lists of parents "
                + "with that of the predicted position last, or {\"nodes\": n, \"edges\": [[parent, child], …]}, whose last "
                + "node is the predicted one and needs a parent.",
            valueName: "file.json"))
    var graph: String?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Different tokens (default: 10; two-parents, random-graph, lags and parent-maps: 5).",
            valueName: "n"))
    var vocabulary: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Positions that the model reads (default: 20; two-parents: 32).", valueName: "n"))
    var length: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "Dirichlet parameter of the transition kernels' rows (default: 0.1; for fixed kernels 0.5).",
            valueName: "x"))
    var alpha: Double?

    @Option(
        name: .customLong("kernel-law"),
        help: ArgumentHelp(
            "fresh, a kernel for every sequence, or fixed, one for all (default: fresh; lags and parent-maps: fixed)."
        ))
    var kernels: Kernels?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("What lags draws from (default: 1,2,3).", valueName: "n,n,…"))
    var lags: NumberList<Int>?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Positions of a chain of parent-maps (default: 4).", valueName: "n"))
    var chainLength: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Whole chains of parent-maps to learn from (default: 4).", valueName: "n"))
    var examples: Int?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp(
            "How likely a position of random-tree has no parent (default: 0.5).", valueName: "p")
    )
    var rootProbability: Double?

    @Option(
        name: .long, parsing: .unconditional,
        help: ArgumentHelp("Parents of a position of random-graph (default: 2).", valueName: "n"))
    var parents: Int?

    @Option(name: .long, help: "Law of tokens without parents: stationary, uniform or dirichlet.")
    var roots: RootLaw?

    /// Names of the options that were given.
    var given: [String] {
        [
            ("--task", task != nil), ("--graph", graph != nil), ("--vocabulary", vocabulary != nil),
            ("--length", length != nil), ("--alpha", alpha != nil),
            ("--root-probability", rootProbability != nil), ("--roots", roots != nil),
            ("--kernel-law", kernels != nil), ("--lags", lags != nil), ("--chain-length", chainLength != nil),
            ("--examples", examples != nil), ("--parents", parents != nil),
        ].filter(\.1).map(\.0)
    }

    func validate() throws {
        if graph != nil, task != nil || length != nil {
            throw ValidationError("--graph says what the graph is; leave --task and --length out.")
        }
        if rootProbability != nil, task != .randomTree {
            throw ValidationError("--root-probability goes with --task random-tree.")
        }
        if parents != nil, task != .randomGraph {
            throw ValidationError("--parents goes with --task random-graph.")
        }
        if lags != nil, task != .lags { throw ValidationError("--lags goes with --task lags.") }
        if task == .parentMaps {
            if length != nil {
                throw ValidationError("--task parent-maps takes --chain-length, not --length.")
            }
        } else if let option = given.first(where: { ["--chain-length", "--examples"].contains($0) }) {
            throw ValidationError("\(option) goes with --task parent-maps.")
        }
        if kernels == .fixed, task == .twoParents || task == .randomGraph || graph != nil {
            throw ValidationError("--kernel-law fixed goes with tasks of a single parent.")
        }
        if let length, !(2...1024).contains(length) {
            throw ValidationError("--length has to be 2 to 1024.")
        }
    }

    /// What the graph is, as a title.
    var name: String { graph.map { URL(filePath: $0).lastPathComponent } ?? (task ?? .chain).rawValue }

    /// The task.
    ///
    /// - Parameter seed: what a random graph follows from.
    /// - Throws: `LaboratoryError`; `LoaderError.missing` without the graph's file.
    func task(seed: UInt64) throws -> InContextTask {
        let kind = task ?? .chain
        let vocabulary = vocabulary ?? (kind.hasSmallVocabulary ? 5 : 10)
        let length = length ?? (kind == .twoParents ? 32 : 20)
        let kernels = try kernelLaw(vocabulary: vocabulary, seed: seed)
        func about(_ graph: LatentGraph) throws -> InContextTask {
            try InContextTask(vocabulary: vocabulary, graph: graph, kernels: kernels, roots: roots)
        }
        if let graph { return try about(Self.latentGraph(file: graph)) }
        switch kind {
        case .chain: return try about(.chain(length: length))
        case .pairs: return try about(.pairs(length: length))
        case .tree: return try about(.tree((0..<length - 1).map { $0 == 0 ? nil : ($0 - 1) / 2 }))
        case .twoParents: return try about(.twoParents(length: length))
        case .randomTree:
            var generator = SplitMix64(seed: seed)
            return try about(
                .randomTree(
                    length: length, rootProbability: rootProbability ?? 0.5, using: &generator))
        case .randomGraph:
            var generator = SplitMix64(seed: seed)
            return try about(
                .randomGraph(length: length, parentCount: parents ?? 2, using: &generator))
        case .lags:
            return try .laggedChains(
                vocabulary: vocabulary, length: length, lags: lags?.numbers ?? [1, 2, 3], kernels: kernels,
                roots: roots)
        case .parentMaps:
            return try .parentMaps(
                vocabulary: vocabulary, chainLength: chainLength ?? 4, exampleCount: examples ?? 4,
                kernels: kernels, roots: roots)
        }
    }

    private func kernelLaw(vocabulary: Int, seed: UInt64) throws -> KernelLaw {
        guard kernels == .fixed || kernels == nil && task?.isVarying == true else {
            return .dirichlet(alpha: alpha ?? 0.1)
        }
        return try .drawn(
            vocabulary: vocabulary, alpha: alpha ?? 0.5, seed: seed, in: LaboratoryWorkspace(threadCount: 1))
    }

    private static func latentGraph(file path: String) throws -> LatentGraph {
        guard FileManager.default.fileExists(atPath: path) else {
            throw LoaderError.missing(path: path, what: "the graph file", hint: "Check the path.")
        }
        return try LatentGraph(file: URL(filePath: path))
    }
}

extension RootLaw: ExpressibleByArgument {}
