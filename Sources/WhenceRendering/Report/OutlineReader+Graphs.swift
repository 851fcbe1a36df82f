internal import WhenceExplanation

extension OutlineReader {
    static func explanations(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> [Found]? {
        if cursor.isNull() { return nil }
        var all: [Found] = []
        try cursor.elements { _, cursor throws(JSONCursor.Fault) in
            var found = Found()
            try cursor.members { name, cursor throws(JSONCursor.Fault) in
                switch name {
                case "words", "items": found.places = try counts(&cursor)
                case "size": found.size = try cursor.count()
                case "outcome":
                    var (label, item, title): (String?, String?, String?)
                    try cursor.members { name, cursor throws(JSONCursor.Fault) in
                        switch name {
                        case "label": label = try cursor.string()
                        case "item": item = try cursor.label()
                        case "title": title = try cursor.string()
                        default: break
                        }
                    }
                    found.outcome = ReportedPart(name: label ?? title ?? item ?? "", item: item)
                default: break
                }
            }
            all.append(found)
        }
        return all
    }

    static func graphs(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> [Graph] {
        var all: [Graph] = []
        if cursor.isNull() { return all }
        try cursor.elements { _, cursor throws(JSONCursor.Fault) in
            var graph = Graph()
            try cursor.members { name, cursor throws(JSONCursor.Fault) in
                switch name {
                case "head": graph.head = try head(&cursor)
                case "target": graph.target = try cursor.count()
                case "nodes":
                    try cursor.elements { _, cursor throws(JSONCursor.Fault) in
                        var tokens: [Int] = []
                        try cursor.members { name, cursor throws(JSONCursor.Fault) in
                            if name == "tokens" { tokens = try counts(&cursor) }
                        }
                        graph.nodeTokens.append(tokens)
                    }
                case "edges":
                    try cursor.elements { _, cursor throws(JSONCursor.Fault) in
                        graph.edges.append(try edge(&cursor))
                    }
                default: break
                }
            }
            all.append(graph)
        }
        return all
    }

    static func head(_ cursor: inout JSONCursor) throws(JSONCursor.Fault) -> HeadLabel {
        switch try cursor.label() {
        case "pooled": return .pooled
        case let label:
            guard let number = label.flatMap({ Int($0) }), number >= 0 else {
                throw JSONCursor.Fault(path: "", problem: "expected a head's number or \"pooled\"")
            }
            return .head(number)
        }
    }

    static func edge(
        _ cursor: inout JSONCursor
    ) throws(JSONCursor.Fault) -> (a: Int, b: Int, isConfounded: Bool) {
        var (a, b): (Int?, Int?)
        var arrows = 0
        try cursor.members { name, cursor throws(JSONCursor.Fault) in
            switch name {
            case "a": a = try cursor.count()
            case "b": b = try cursor.count()
            case "markAtA", "markAtB": arrows += try cursor.string() == "arrow" ? 1 : 0
            default: break
            }
        }
        guard let a, let b else {
            throw JSONCursor.Fault(path: "", problem: "\"a\" or \"b\" is missing")
        }
        return (a, b, arrows == 2)
    }
}
