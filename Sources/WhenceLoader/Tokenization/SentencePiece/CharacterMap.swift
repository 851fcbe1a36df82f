/// The normalisation rules of a SentencePiece model: strings of bytes and what replaces them.
///
/// The file holds them as a Darts-clone double array (32-bit units: label, leaf flag, offset of the children)
/// followed by the replacements, each ended by a NUL byte.
///
/// - Note: Aoe 1989, *An Efficient Digital Search Algorithm by Using a Double-Array Structure*.
struct CharacterMap: Sendable {
    private let units: [UInt32]
    private let replacements: [UInt8]
    /// The most bytes that a rule makes.
    private(set) var longestOutput = 0

    /// Bytes that a rule makes: Unicode's longest makes 33, and a text must not become many times as long.
    private static let longestReplacement = 256

    /// Reads the table and checks that no path through it leaves it, because the library does not look.
    ///
    /// - Parameter bytes: the table as the file has it; empty for a model without rules.
    /// - Throws: a sentence that says what is wrong with it.
    /// - Complexity: O(bytes).
    init(_ bytes: [UInt8]) throws(SentencePieceFile.Defect) {
        guard !bytes.isEmpty else {
            units = []
            replacements = []
            return
        }
        guard bytes.count > 4 else { throw .init("a normalisation table of \(counted(bytes.count, "byte"))") }
        func unit(_ at: Int) -> UInt32 {
            UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8 | UInt32(bytes[at + 2]) << 16
                | UInt32(bytes[at + 3]) << 24
        }
        let size = Int(unit(0))
        guard size >= 4, size % 4 == 0, 4 + size < bytes.count else {
            throw .init("a normalisation table that says it has \(size) bytes, of \(bytes.count - 4)")
        }
        units = (1...size / 4).map { unit($0 * 4) }
        replacements = Array(bytes[(4 + size)...])
        guard replacements.last == 0 else { throw .init("a normalisation table without an end") }
        try checkPaths()
    }

    /// The longest rule that matches at the beginning of `bytes`.
    ///
    /// - Returns: how many bytes it replaces, and by which bytes; `nil` when none matches.
    /// - Complexity: O(length of the longest rule).
    func longestMatch(_ bytes: ArraySlice<UInt8>) -> (length: Int, output: ArraySlice<UInt8>)? {
        match(bytes, isShortestEnough: false)
    }

    /// What the shortest rule that matches at the beginning of `bytes` gives; `nil` when none matches.
    ///
    /// - Complexity: O(length of the longest rule).
    func shortestMatch(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        match(bytes, isShortestEnough: true)?.output
    }

    private func match(
        _ bytes: ArraySlice<UInt8>, isShortestEnough: Bool
    ) -> (length: Int, output: ArraySlice<UInt8>)? {
        guard !units.isEmpty else { return nil }
        var match: (length: Int, value: Int)?
        var node = Self.offset(units[0])
        for (index, byte) in bytes.enumerated() {
            node ^= Int(byte)
            let unit = units[node]
            guard unit & 0x8000_00FF == UInt32(byte) else { break }
            node ^= Self.offset(unit)
            if unit & 0x100 != 0 {
                match = (index + 1, Int(units[node] & 0x7FFF_FFFF))
                if isShortestEnough { break }
            }
        }
        guard let match else { return nil }
        return (match.length, replacements[match.value...].prefix { $0 != 0 })
    }

    /// Where a unit's children lie, to be combined by exclusive or with the unit's own index.
    private static func offset(_ unit: UInt32) -> Int {
        Int(unit >> 10) << Int((unit & 0x200) >> 6)
    }

    /// Walks every path once and demands that children and replacements lie inside the table, that no path
    /// comes back to itself, and that no path passes more than 32 rules, which is all the library has room for.
    private mutating func checkPaths() throws(SentencePieceFile.Defect) {
        /// Most rules on a path from a unit downwards; `open` while its children are being walked.
        let unseen = -1, open = -2
        var rules = [Int](repeating: unseen, count: units.count)
        var path: [(node: Int, base: Int, label: Int, most: Int)] = []

        func enter(_ node: Int) throws(SentencePieceFile.Defect) {
            let base = node ^ Self.offset(units[node])
            guard base | 0xFF < units.count else { throw .init("a normalisation table that points outside") }
            if node != 0, units[node] & 0x100 != 0 {
                let start = Int(units[base] & 0x7FFF_FFFF)
                guard start < replacements.count else {
                    throw .init("a normalisation rule that points outside its table")
                }
                guard let end = replacements[start...].prefix(Self.longestReplacement + 1).firstIndex(of: 0)
                else {
                    throw .init("a normalisation rule that makes more than \(Self.longestReplacement) bytes")
                }
                longestOutput = max(longestOutput, end - start)
            }
            rules[node] = open
            path.append((node, base, 0, 0))
        }

        try enter(0)
        while var step = path.popLast() {
            var descended = false
            while step.label < 256 {
                let child = step.base ^ step.label
                step.label += 1
                guard units[child] & 0x8000_00FF == UInt32(step.label - 1) else { continue }
                if rules[child] == open { throw .init("a normalisation table that runs in circles") }
                if rules[child] == unseen {
                    step.label -= 1
                    path.append(step)
                    try enter(child)
                    descended = true
                    break
                }
                step.most = max(step.most, rules[child])
            }
            if descended { continue }
            let own = step.node != 0 && units[step.node] & 0x100 != 0 ? 1 : 0
            rules[step.node] = step.most + own
            guard rules[step.node] <= 32 else {
                throw .init("more than 32 normalisation rules that begin with one another")
            }
        }
    }
}
