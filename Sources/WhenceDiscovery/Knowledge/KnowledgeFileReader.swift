/// Reads a knowledge file line by line.
struct KnowledgeFileReader {
    private(set) var tiers: [KnowledgeFile.Tier] = []
    private(set) var edges: [KnowledgeFile.Edges] = []
    private var section: Section?
    /// The first line of a pair, in a section of groups.
    private var causes: KnowledgeFile.Names?
    private var hasBegun = false

    private enum Section: String, CaseIterable {
        case tiers = "addtemporal"
        case forbidden = "forbiddirect"
        case required = "requiredirect"
        case forbiddenGroup = "forbiddengroup"
        case requiredGroup = "requiredgroup"
    }

    mutating func read(_ line: Substring, number: Int) throws {
        guard !line.hasPrefix("//") else { return }
        let words = try Self.words(of: line, number: number)
        guard let first = words.first else { return }
        defer { hasBegun = true }
        if !hasBegun, first == "/knowledge", words.count == 1 { return }
        if words.count == 1, let next = Section(rawValue: first.lowercased()) {
            try end()
            section = next
            return
        }
        switch section {
        case .tiers: tiers.append(try tier(words, number: number))
        case .forbidden, .required: edges.append(try edge(words, number: number))
        case .forbiddenGroup, .requiredGroup: readGroup(KnowledgeFile.Names(line: number, words: words))
        case nil:
            let sections = Section.allCases.map(\.rawValue).joined(separator: ", ")
            throw DiscoveryError.knowledgeFile(
                line: number, "\"\(first)\" is no section; there are \(sections)")
        }
    }

    /// Ends the section, and so the file.
    func end() throws {
        guard let causes else { return }
        throw DiscoveryError.knowledgeFile(
            line: causes.line, "the causes of a group have no line of effects after them")
    }

    private func tier(_ words: [String], number: Int) throws -> KnowledgeFile.Tier {
        var (digits, flags) = (Substring(words[0]), Set<Character>())
        while let flag = digits.last, "*-".contains(flag), flags.insert(flag).inserted { digits.removeLast() }
        guard let tier = Int(digits), tier >= 0 else {
            throw DiscoveryError.knowledgeFile(
                line: number, "\"\(words[0])\" is no number of a tier: 0, 1, 2, …, with * or - after it")
        }
        return KnowledgeFile.Tier(
            number: tier, forbidsEdgesWithin: flags.contains("*"), causesOnlyNextTier: flags.contains("-"),
            names: KnowledgeFile.Names(line: number, words: Array(words.dropFirst())))
    }

    private func edge(_ words: [String], number: Int) throws -> KnowledgeFile.Edges {
        guard words.count == 2 else {
            throw DiscoveryError.knowledgeFile(
                line: number, "an edge is a cause and an effect, but \(words.count) names stand here")
        }
        return KnowledgeFile.Edges(
            isRequired: section == .required, causes: KnowledgeFile.Names(line: number, words: [words[0]]),
            effects: KnowledgeFile.Names(line: number, words: [words[1]]))
    }

    private mutating func readGroup(_ names: KnowledgeFile.Names) {
        if let known = causes {
            edges.append(
                KnowledgeFile.Edges(isRequired: section == .requiredGroup, causes: known, effects: names))
            causes = nil
        } else {
            causes = names
        }
    }

    /// Splits a line at white space that is not between double quotes.
    private static func words(of line: Substring, number: Int) throws -> [String] {
        var words: [String] = []
        var rest = line.drop(while: \.isWhitespace)
        while let first = rest.first {
            if first == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: "\"") else {
                    throw DiscoveryError.knowledgeFile(line: number, "a double quote is not closed")
                }
                words.append(String(rest[..<end]))
                rest = rest[rest.index(after: end)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace }
                words.append(String(word))
                rest = rest[word.endIndex...]
            }
            rest = rest.drop(while: \.isWhitespace)
        }
        return words
    }
}
