/// The parts of a SentencePiece model file that Whence reads itself.
///
/// The normalisation table is read because exact spans need to know which characters of the text a normalised
/// character came from, the vocabulary for `SentencePieceUnigram`, and all of it for the checks that the library
/// leaves out (it follows the table's offsets wherever they point).
///
/// - Note: `sentencepiece_model.proto` of https://github.com/google/sentencepiece (Kudo & Richardson 2018).
struct SentencePieceFile: Sendable {
    /// What a piece is for, by its number in the file, of which 32 bits count.
    enum PieceType: UInt64, Sendable {
        case normal = 1
        case unknown = 2
        case control = 3
        case userDefined = 4
        case unused = 5
        case byte = 6
    }

    /// How the model cuts a word, by its number in the file.
    enum Algorithm: UInt64, Sendable {
        case unigram = 1
        case bpe = 2
        case word = 3
        case character = 4
    }

    /// A row of the vocabulary.
    struct Piece: Sendable {
        /// A part of the file's bytes.
        var spelling: ArraySlice<UInt8> = []
        var type = PieceType.normal
        /// The logarithm of its probability in a unigram model.
        var score: Float = 0
    }

    /// The vocabulary in id order.
    private(set) var pieces: [Piece] = []
    /// Unigram unless the file says otherwise.
    private(set) var algorithm = Algorithm.unigram
    /// The blank of a word stands behind it instead of before it.
    private(set) var treatsBlankAsSuffix = false
    /// What the vocabulary cannot spell becomes pieces for its bytes.
    private(set) var fallsBackToBytes = false
    /// Blanks at the ends are dropped and runs of them become one.
    private(set) var removesExtraBlanks = true
    /// A blank is put before the first word.
    private(set) var addsDummyPrefix = true
    /// Blanks are spelt `▁`.
    private(set) var escapesBlanks = true
    /// The compiled normalisation rules; empty when there are none.
    private(set) var characterMap: [UInt8] = []

    /// Trainers make pieces of 512 characters at most.
    private static let longestPiece = 2_048

    /// Reads the bytes of a model file.
    ///
    /// - Throws: a sentence that says what is wrong with them.
    /// - Complexity: O(bytes).
    init(_ bytes: [UInt8]) throws(Defect) {
        do {
            var message = ProtocolBuffer(bytes[...])
            while let (field, value) = try message.next() {
                guard case .bytes(let content) = value else { continue }
                switch field {
                case 1: pieces.append(try Self.piece(content))
                case 2: try readTrainer(content)
                case 3: try readNormalizer(content)
                default: break
                }
            }
        } catch {
            throw Defect("bytes that are no SentencePiece model")
        }
        guard !pieces.isEmpty else { throw Defect("a model without pieces") }
        if let long = pieces.firstIndex(where: { $0.spelling.count > Self.longestPiece }) {
            // The library goes as deep into its stack as a piece is long.
            throw Defect("\(pieces[long].spelling.count) bytes in piece \(long)")
        }
        guard deepestUserDefinedNesting() <= 64 else {
            // The library keeps 64 matches on its stack and reads as many as it found.
            throw Defect("more than 64 user-defined pieces that begin with one another")
        }
    }

    /// What is wrong with a file.
    struct Defect: Error {
        var found: String
        init(_ found: String) { self.found = found }
    }

    private static func piece(_ bytes: ArraySlice<UInt8>) throws(ProtocolBuffer.Malformed) -> Piece {
        var piece = Piece()
        var message = ProtocolBuffer(bytes)
        while let (field, value) = try message.next() {
            switch (field, value) {
            case (1, .bytes(let spelling)): piece.spelling = spelling
            case (2, .fixed32(let bits)): piece.score = Float(bitPattern: bits)
            case (3, .number(let type)): piece.type = PieceType(rawValue: type & 0xFFFF_FFFF) ?? piece.type
            default: break
            }
        }
        return piece
    }

    private mutating func readTrainer(_ bytes: ArraySlice<UInt8>) throws(ProtocolBuffer.Malformed) {
        var message = ProtocolBuffer(bytes)
        while let (field, value) = try message.next() {
            guard case .number(let number) = value else { continue }
            switch field {
            case 3: algorithm = Algorithm(rawValue: number & 0xFFFF_FFFF) ?? algorithm
            case 24: treatsBlankAsSuffix = number != 0
            case 35: fallsBackToBytes = number != 0
            default: break
            }
        }
    }

    private mutating func readNormalizer(_ bytes: ArraySlice<UInt8>) throws(ProtocolBuffer.Malformed) {
        var message = ProtocolBuffer(bytes)
        while let (field, value) = try message.next() {
            switch (field, value) {
            case (2, .bytes(let table)): characterMap = Array(table)
            case (3, .number(let number)): addsDummyPrefix = number != 0
            case (4, .number(let number)): removesExtraBlanks = number != 0
            case (5, .number(let number)): escapesBlanks = number != 0
            default: break
            }
        }
    }

    /// The most user-defined pieces that are beginnings of one another.
    ///
    /// In sorted order the beginnings of a piece lie before it, so one stack of open beginnings is enough.
    private func deepestUserDefinedNesting() -> Int {
        let sorted = pieces.filter { $0.type == .userDefined }.map(\.spelling)
            .sorted { $0.lexicographicallyPrecedes($1) }
        var open: [ArraySlice<UInt8>] = []
        var deepest = 0
        for spelling in sorted {
            while let last = open.last, !spelling.starts(with: last) { open.removeLast() }
            open.append(spelling)
            deepest = max(deepest, open.count)
        }
        return deepest
    }
}
