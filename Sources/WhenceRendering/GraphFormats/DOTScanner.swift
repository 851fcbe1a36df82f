/// The words of Graphviz's DOT language, <https://graphviz.org/doc/info/lang.html>.
struct DOTScanner {
    enum Token: Hashable {
        /// A word, a number, or a text in quotation marks; backslashes other than `\"` are kept.
        case identifier(String)
        /// Text in angle brackets, which are left out.
        case html(String)
        /// One of `strict graph digraph subgraph node edge`, in any case, without quotation marks.
        case keyword(String)
        /// `->` or `--`.
        case edge(String)
        /// One of `{ } [ ] ; , = : +`.
        case sign(Character)
        case end
    }

    let path: String
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    init(_ text: String, path: String) {
        self.path = path
        bytes = Array(text.utf8)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    /// The next word and the line that it begins in.
    mutating func next() throws(RenderingError) -> (token: Token, line: Int) {
        try skipBlank()
        let start = line
        guard let byte = peek() else { return (.end, start) }
        switch byte {
        case UInt8(ascii: "\""): return (.identifier(try quoted()), start)
        case UInt8(ascii: "<"): return (.html(try html()), start)
        case UInt8(ascii: "-") where peek(1) == UInt8(ascii: ">") || peek(1) == UInt8(ascii: "-"):
            let isArrow = peek(1) == UInt8(ascii: ">")
            position += 2
            return (.edge(isArrow ? "->" : "--"), start)
        case _ where Self.isLetter(byte): return (word(), start)
        case _ where Self.isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-"):
            return (.identifier(try number()), start)
        default:
            let character = Character(Unicode.Scalar(byte))
            guard "{}[];,=:+".contains(character) else {
                throw error("\(String(character).quoted()) begins no word of DOT", line: start)
            }
            position += 1
            return (.sign(character), start)
        }
    }

    func error(_ problem: String, line: Int) -> RenderingError {
        GraphPlace(path, line: line).error(problem)
    }

    private func peek(_ offset: Int = 0) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func skipBlank() throws(RenderingError) {
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0B, 0x0C: position += 1
            // Lines of the C preprocessor.
            case UInt8(ascii: "#") where position == 0 || bytes[position - 1] == UInt8(ascii: "\n"):
                skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): try skipComment()
            default: return
            }
        }
    }

    private mutating func skipLine() {
        while let byte = peek(), byte != UInt8(ascii: "\n") { position += 1 }
    }

    private mutating func skipComment() throws(RenderingError) {
        let start = line
        position += 2
        while let byte = peek() {
            if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                position += 2
                return
            }
            if byte == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
        throw error("the comment /* has no end */", line: start)
    }

    private mutating func quoted() throws(RenderingError) -> String {
        let start = line
        var text: [UInt8] = []
        position += 1
        while let byte = peek() {
            position += 1
            switch (byte, peek()) {
            case (UInt8(ascii: "\""), _): return String(decoding: text, as: UTF8.self)
            case (UInt8(ascii: "\\"), UInt8(ascii: "\"")):
                text.append(UInt8(ascii: "\""))
                position += 1
            case (UInt8(ascii: "\\"), UInt8(ascii: "\\")):
                text += [UInt8(ascii: "\\"), UInt8(ascii: "\\")]
                position += 1
            case (UInt8(ascii: "\\"), UInt8(ascii: "\n")):
                line += 1
                position += 1
            default:
                if byte == UInt8(ascii: "\n") { line += 1 }
                text.append(byte)
            }
        }
        throw error("the text in quotation marks has no end", line: start)
    }

    private mutating func html() throws(RenderingError) -> String {
        let (start, first) = (line, position + 1)
        var depth = 0
        while let byte = peek() {
            position += 1
            switch byte {
            case UInt8(ascii: "<"): depth += 1
            case UInt8(ascii: ">"):
                depth -= 1
                if depth == 0 { return String(decoding: bytes[first..<position - 1], as: UTF8.self) }
            case UInt8(ascii: "\n"): line += 1
            default: break
            }
        }
        throw error("the text in angle brackets has no end", line: start)
    }

    private mutating func word() -> Token {
        let start = position
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { position += 1 }
        let word = String(decoding: bytes[start..<position], as: UTF8.self)
        let keyword = word.lowercased()
        let keywords = ["strict", "graph", "digraph", "subgraph", "node", "edge"]
        return keywords.contains(keyword) ? .keyword(keyword) : .identifier(word)
    }

    private mutating func number() throws(RenderingError) -> String {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        var digits = 0
        var points = 0
        while let byte = peek(), Self.isDigit(byte) || (byte == UInt8(ascii: ".") && points == 0) {
            if Self.isDigit(byte) { digits += 1 } else { points += 1 }
            position += 1
        }
        let isCutShort = peek().map { Self.isLetter($0) || $0 == UInt8(ascii: ".") } ?? false
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        guard digits > 0, !isCutShort else {
            throw error(
                "\(text.quoted()) begins no number; expected quotation marks around other names", line: line)
        }
        return text
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"), 0x80...0xFF: true
        default: false
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
