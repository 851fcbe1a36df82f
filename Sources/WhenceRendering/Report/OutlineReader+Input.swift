extension OutlineReader {
    mutating func readInput(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "text": text = try cursor.string()
            case "words":
                var read: [Word] = []
                try cursor.elements { _, cursor throws(JSONCursor.Fault) in
                    read.append(try Self.word(&cursor))
                }
                words = read
            case "history":
                var read: [Word] = []
                try cursor.elements { _, cursor throws(JSONCursor.Fault) in
                    var word = Word()
                    word.part = try Self.item(&cursor)
                    read.append(word)
                }
                items = read
            case "firstSeen": firstSeen = try cursor.count()
            default: break
            }
        }
    }

    static func word(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> Word {
        var word = Word()
        var (start, end) = (0, 0)
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "text": word.part.name = try cursor.string().lowercased()
            case "start": start = try cursor.count()
            case "end": end = try cursor.count()
            case "tokens": word.tokens = try counts(&cursor)
            default: break
            }
        }
        guard start <= end else {
            throw JSONCursor.Fault(path: "", problem: "it runs from byte \(start) to \(end)")
        }
        word.span = start..<end
        return word
    }

    /// An object with `item` and `title`.
    static func item(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> ReportedPart {
        var (item, title): (String?, String?)
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "item": item = try cursor.label()
            case "title": title = try cursor.string()
            default: break
            }
        }
        guard let item else { throw JSONCursor.Fault(path: "", problem: "\"item\" is missing") }
        return ReportedPart(name: title ?? item, item: item)
    }

    mutating func readPrediction(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) {
        var (item, title): (String?, String?)
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "label": label = ReportedPart(name: try cursor.string())
            case "index": labelIndex = try cursor.count()
            case "labels":
                try cursor.elements { _, cursor throws(JSONCursor.Fault) in
                    labels.append(try cursor.string())
                }
            case "probability": probability = try cursor.number()
            case "item": item = try cursor.label()
            case "title": title = try cursor.string()
            default: break
            }
        }
        if let item { label = ReportedPart(name: title ?? item, item: item) }
    }

    static func counts(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> [Int] {
        var numbers: [Int] = []
        try cursor.elements { _, cursor throws(JSONCursor.Fault) in numbers.append(try cursor.count()) }
        return numbers
    }
}
