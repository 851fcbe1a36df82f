/// Finds the variables that a knowledge file names.
struct VariableResolver {
    private let variables: [String]
    private let nodesOfName: [String: [Int]]
    private let nodesOfDottedName: [String: [Int]]

    init(_ variables: [String]) {
        self.variables = variables
        nodesOfName = Dictionary(grouping: variables.indices) { variables[$0] }
        nodesOfDottedName = Dictionary(grouping: variables.indices) { Self.dotted(variables[$0]) }
    }

    /// The nodes that a line names, in its order; those of a wildcard ascending.
    ///
    /// - Throws: `DiscoveryError.knowledgeFile` for a name that fits no variable, or an exact one that fits several.
    func nodes(_ names: KnowledgeFile.Names) throws -> [Int] {
        try names.words.flatMap { word -> [Int] in
            if let nodes = nodesOfName[word] ?? nodesOfDottedName[Self.dotted(word)] {
                guard nodes.count == 1 else {
                    throw DiscoveryError.knowledgeFile(
                        line: names.line, "\(nodes.count) variables are called \"\(word)\"")
                }
                return nodes
            }
            let nodes = word.contains("*") ? variables.indices.filter { Self.fits(word, variables[$0]) } : []
            guard !nodes.isEmpty else {
                throw DiscoveryError.knowledgeFile(
                    line: names.line,
                    word.contains("*")
                        ? "\"\(word)\" fits none of the \(variables.count) variables"
                        : "\"\(word)\" is none of the \(variables.count) variables")
            }
            return nodes
        }
    }

    /// A name as Tetrad keeps it.
    private static func dotted(_ name: String) -> String { String(name.map { $0 == " " ? "." : $0 }) }

    /// Whether a name is the pattern with each `*` replaced by some characters, perhaps none.
    ///
    /// The parts between the stars are looked for from left to right, each at its first place.
    static func fits(_ pattern: String, _ name: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1, let first = parts.first, let last = parts.last else { return pattern == name }
        guard name.count >= first.count + last.count, name.hasPrefix(first), name.hasSuffix(last) else {
            return false
        }
        var rest = name.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let place = rest.firstRange(of: part) else { return false }
            rest = rest[place.upperBound...]
        }
        return true
    }
}
