internal import Foundation

extension InteractionWriter {
    /// Writes a JSON object a user.
    func writeHistories(to file: FileOutput) throws(AnnotationError) {
        let ids = dataset.items.map { Array(Self.json($0.id).utf8) }
        let titles = dataset.items.map { Array(($0.title.map(Self.json) ?? "null").utf8) }
        let hasTitles = dataset.hasTitles
        for user in dataset.users.indices {
            let rows = dataset.starts[user]..<dataset.starts[user + 1]
            var line: [UInt8] = []
            func list(_ name: String, _ entry: (Int) -> some Sequence<UInt8>) {
                line += "\(line.isEmpty ? "{" : ",")\"\(name)\":[".utf8
                for row in rows {
                    if row > rows.lowerBound { line.append(UInt8(ascii: ",")) }
                    line += entry(row)
                }
                line.append(UInt8(ascii: "]"))
            }
            list("history") { ids[Int(dataset.sequence[$0])] }
            if let ratings = dataset.ratings {
                list("ratings") { Self.shortest(Double("\(ratings[$0])") ?? 0).utf8 }
            }
            if let times = dataset.times { list("times") { Self.shortest(times[$0]).utf8 } }
            if hasTitles { list("titles") { titles[Int(dataset.sequence[$0])] } }
            line += ",\"user\":\(Self.json(dataset.users[user]))}\n".utf8
            try file.append(line)
        }
    }

    /// Writes a user and an item a line, both as numbers from 1 without gaps.
    func writeNumbers(to file: FileOutput, _ isUsed: [Bool]) throws(AnnotationError) {
        let numbers = Self.numbers(isUsed)
        var number = 0
        for user in dataset.users.indices where dataset.historyLength(user) > 0 {
            number += 1
            for item in dataset.history(user) { try file.append("\(number) \(numbers[item])\n") }
        }
    }

    /// Writes what the numbers of a SASRec text mean: an item catalogue whose tokens they are, with the users' ids.
    func writeCatalogue(to file: FileOutput, _ isUsed: [Bool]) throws(AnnotationError) {
        let numbers = Self.numbers(isUsed)
        let items = dataset.items.indices.filter { isUsed[$0] }.map { item in
            NumberedItems.Item(
                id: JSONIdentifier(dataset.items[item].id), title: dataset.items[item].title,
                token: numbers[item])
        }
        let users = dataset.users.indices.filter { dataset.historyLength($0) > 0 }
        let catalogue = NumberedItems(
            items: items, special: .init(pad: 0), users: users.map { JSONIdentifier(dataset.users[$0]) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do { try file.append(encoder.encode(catalogue)) } catch {
            throw error as? AnnotationError ?? .unwritable(path: file.path, reason: "\(error)")
        }
        try file.append("\n")
    }

    /// Numbers from 1 for the items that are used, in their order; 0 for the others.
    private static func numbers(_ isUsed: [Bool]) -> [Int] {
        var last = 0
        return isUsed.map { used in
            last += used ? 1 : 0
            return used ? last : 0
        }
    }

    /// A text as JSON writes it.
    private static func json(_ text: String) -> String {
        var json = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": json += "\\\(scalar)"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                json += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: json.unicodeScalars.append(scalar)
            }
        }
        return json + "\""
    }
}
