extension OutlineReader {
    /// The line, once every member has been read.
    func line() throws(JSONCursor.Fault) -> AnnotatedLine {
        if let failure { return .failure(index: index, kind: failure) }
        guard let task = task.flatMap({ ExplanationOutline.Task(rawValue: $0) }) else {
            throw JSONCursor.Fault(path: "task", problem: "expected \"sentiment\" or \"recommendation\"")
        }
        guard let label else { throw JSONCursor.Fault(path: "prediction", problem: "it is missing") }
        let isText = task == .sentiment
        // A row with a prediction alone lists no words.
        guard let all = (isText ? words : items) ?? (explanations == nil ? [] : nil) else {
            let field = isText ? "words" : "history"
            throw JSONCursor.Fault(path: "input", problem: "\"\(field)\" is missing")
        }
        guard !isText || text != nil else {
            throw JSONCursor.Fault(path: "input", problem: "\"text\" is missing")
        }
        guard firstSeen <= all.count else {
            throw JSONCursor.Fault(path: "input.firstSeen", problem: "there are only \(all.count) items")
        }
        // What the model did not see can explain nothing, and is not there.
        let seen = all.indices.filter { isText ? !all[$0].tokens.isEmpty : $0 >= firstSeen }
        var placeOf: [Int?] = Array(repeating: nil, count: all.count)
        for (place, index) in seen.enumerated() { placeOf[index] = place }
        var partOfToken: [Int: Int] = [:]
        for (place, index) in seen.enumerated() {
            for token in isText ? all[index].tokens : [place] { partOfToken[token] = place }
        }
        return .row(
            ExplanationOutline(
                index: index, line: lineNumber, task: task, modelDigest: modelDigest,
                settingsDigest: settingsDigest, text: text,
                parts: seen.map { ExplanationOutline.Part(part: all[$0].part, span: all[$0].span) },
                label: label, labelIndex: isText ? labelIndex : nil, labels: labels,
                probability: isText ? probability : nil,
                explanations: try found(placeOf), wasCutShort: wasCutShort,
                graphs: try links(partOfToken), gold: gold, ownFields: ownFields))
    }

    private func found(_ placeOf: [Int?]) throws(JSONCursor.Fault) -> [ExplanationOutline.Found]? {
        guard let explanations else { return nil }
        var all: [ExplanationOutline.Found] = []
        for (number, found) in explanations.enumerated() {
            var parts: Set<Int> = []
            for place in found.places {
                guard place < placeOf.count, let part = placeOf[place] else {
                    throw JSONCursor.Fault(
                        path: "explanations[\(number)]",
                        problem: "it names number \(place), which the model did not see")
                }
                parts.insert(part)
            }
            guard let size = found.size, size > 0, !parts.isEmpty else {
                throw JSONCursor.Fault(path: "explanations[\(number)]", problem: "it names nothing")
            }
            all.append(
                ExplanationOutline.Found(parts: parts.sorted(), size: size, outcome: found.outcome))
        }
        return all
    }

    private func links(_ partOfToken: [Int: Int]) throws(JSONCursor.Fault) -> [ExplanationOutline.Links] {
        var all: [ExplanationOutline.Links] = []
        for (number, graph) in graphs.enumerated() {
            guard let target = graph.target, target < graph.nodeTokens.count else {
                throw JSONCursor.Fault(path: "graphs[\(number)].target", problem: "there is no such node")
            }
            var isConfounded: [Int: Bool] = [:]
            for edge in graph.edges where edge.a == target || edge.b == target {
                let other = edge.a == target ? edge.b : edge.a
                guard other < graph.nodeTokens.count else {
                    throw JSONCursor.Fault(
                        path: "graphs[\(number)].edges", problem: "there is no node \(other)")
                }
                for part in graph.nodeTokens[other].compactMap({ partOfToken[$0] }) {
                    isConfounded[part] = (isConfounded[part] ?? true) && edge.isConfounded
                }
            }
            all.append(
                ExplanationOutline.Links(
                    head: graph.head,
                    links: isConfounded.keys.sorted().map { part in
                        ExplanationOutline.Link(part: part, isConfounded: isConfounded[part] ?? false)
                    }))
        }
        return all
    }
}
