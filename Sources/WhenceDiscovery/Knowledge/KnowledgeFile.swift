/// Background knowledge as Tetrad writes it.
///
/// ```
/// /knowledge
/// addtemporal
/// 0 age sex
/// 1* smoking diet
/// 2- X*
///
/// forbiddirect
/// smoking diet
///
/// requiredirect
/// age smoking
/// ```
/// The first line may be left out. Sections come in any order, each as often as wanted:
/// - `addtemporal`: lines of a tier's number, from 0, and its variables. `*` after the number forbids edges within the
///   tier, `-` all direct edges from it but those to the next tier; both may stand.
/// - `forbiddirect` and `requiredirect`: lines of a cause and an effect.
/// - `forbiddengroup` and `requiredgroup`: pairs of lines, causes and then effects, for all edges between them.
///
/// Names are separated by white space; one that holds some stands in double quotes, or with `.` in its place, as
/// Tetrad reads it. `*` in a name stands for any characters: such a name means every variable that it fits. Empty
/// lines, and those that begin with `//`, are passed over.
/// - Note: cmu-phil/tetrad, `SimpleDataLoader.loadKnowledge`, `DataWriter.saveKnowledge` and `Knowledge`. Unlike
///   Tetrad, which leaves them out in silence, this refuses unknown variables; it also reads the `-` that Tetrad
///   writes and does not read.
public struct KnowledgeFile: Sendable, Hashable {
    /// Variables as a line names them.
    struct Names: Sendable, Hashable {
        var line: Int
        var words: [String]
    }

    struct Tier: Sendable, Hashable {
        var number: Int
        var forbidsEdgesWithin: Bool
        var causesOnlyNextTier: Bool
        var names: Names
    }

    /// All edges from some variables to others.
    struct Edges: Sendable, Hashable {
        var isRequired: Bool
        var causes: Names
        var effects: Names
    }

    let tiers: [Tier]
    let edges: [Edges]

    /// Reads the text of a file.
    ///
    /// - Throws: `DiscoveryError.knowledgeFile` with the line that is not understood.
    public init(_ text: String) throws {
        var reader = KnowledgeFileReader()
        // "\r\n" is one character, and a newline.
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() { try reader.read(line, number: index + 1) }
        try reader.end()
        tiers = reader.tiers
        edges = reader.edges
    }

    /// The knowledge, about the variables of a test.
    ///
    /// - Parameter variables: The name of every node.
    /// - Throws: `DiscoveryError.knowledgeFile` with the line that names an unknown variable, or one of two with the
    ///   same name; `.contradictoryKnowledge` where the statements cannot hold together.
    public func knowledge(about variables: [String]) throws -> BackgroundKnowledge {
        let resolver = VariableResolver(variables)
        let (forbidden, required) = (try directedEdges(false, resolver), try directedEdges(true, resolver))
        return try BackgroundKnowledge(
            nodeCount: variables.count, tiers: try consecutiveTiers(resolver), forbidden: forbidden,
            required: required, names: variables)
    }

    private func directedEdges(
        _ isRequired: Bool, _ resolver: VariableResolver
    ) throws -> [BackgroundKnowledge.DirectedEdge] {
        try edges.filter { $0.isRequired == isRequired }.flatMap { entry in
            let effects = try resolver.nodes(entry.effects)
            return try resolver.nodes(entry.causes).flatMap { cause in
                // A wildcard fits both sides; no variable is meant to cause itself by that.
                effects.filter {
                    $0 != cause || entry.causes.words == entry.effects.words && effects.count == 1
                }
                .map { BackgroundKnowledge.DirectedEdge(cause, $0) }
            }
        }
    }

    /// Tiers by number; a number that is missing leaves an empty tier, however many are.
    private func consecutiveTiers(_ resolver: VariableResolver) throws -> [BackgroundKnowledge.Tier] {
        var result: [BackgroundKnowledge.Tier] = []
        var last: Int?
        for tier in tiers.enumerated().sorted(by: { ($0.1.number, $0.0) < ($1.1.number, $1.0) }).map(
            \.element)
        {
            let nodes = try resolver.nodes(tier.names)
            if last != tier.number {
                if let last, tier.number - last > 1 { result.append(BackgroundKnowledge.Tier([])) }
                result.append(BackgroundKnowledge.Tier([]))
                last = tier.number
            }
            result[result.count - 1].nodes += nodes
            if tier.forbidsEdgesWithin { result[result.count - 1].forbidsEdgesWithin = true }
            if tier.causesOnlyNextTier { result[result.count - 1].causesOnlyNextTier = true }
        }
        return result
    }
}
