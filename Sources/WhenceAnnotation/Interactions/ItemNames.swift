internal import Foundation
internal import WhenceRendering

/// The items of a data set and their titles, as a file beside the interactions has them.
struct ItemNames {
    /// Ids and titles in order of the file.
    private(set) var items: [InteractionDataset.Item] = []
    /// What numbers in the interactions stand for, where they are not the ids themselves.
    private(set) var numbering: Numbering?

    /// The ids behind the whole numbers of a SASRec text.
    struct Numbering {
        /// The number of each item.
        var items: [Int]
        /// The users' ids, that of number 1 first.
        var users: [String]
    }

    /// Reads a file of titles, whichever of the formats it has: `u.item`, `movies.dat`, a CSV or RecBole table with
    /// a header, or `items.json`.
    ///
    /// - Throws: `AnnotationError`, naming the line, for a row without id or title.
    init(path: String, fields: InteractionFields) throws(AnnotationError) {
        var reader = try RecordReader(path: path, separator: .nothing)
        guard try reader.next() else { throw .empty(path: reader.name) }
        let first = try reader.withBytes(0) { String(decoding: $0, as: UTF8.self) }
        if first.hasPrefix("{") || first.hasPrefix("[") {
            try readJSON(path)
        } else if first.contains(":token") {
            try readTable(path, .literal(UInt8(ascii: "\t")), isTyped: true, fields)
        } else if let id = first.split(separator: "|", maxSplits: 1).first, id.count < first.count,
            !id.contains("::")
        {
            // Not by bars alone: the genres of movies.dat have them too.
            try readColumns(path, .literal(UInt8(ascii: "|")))
        } else if first.contains("::") {
            try readColumns(path, .doubleColon)
        } else {
            try readTable(path, .quoted(UInt8(ascii: ",")), isTyped: false, fields)
        }
    }

    /// Enters the items into empty columns.
    func enter(_ columns: inout InteractionColumns) {
        for (index, item) in items.enumerated() {
            let id = numbering.map { String($0.items[index]) } ?? item.id
            let number = columns.itemIDs.number(of: id)
            if let title = item.title { columns.setTitle(title, of: number) }
        }
        for user in numbering?.users.indices ?? 0..<0 { _ = columns.userIDs.number(of: String(user + 1)) }
    }

    /// MovieLens without a header: the id, the title, and what else there is.
    private mutating func readColumns(
        _ path: String, _ separator: RecordScanner.Separator
    ) throws(AnnotationError) {
        var reader = try RecordReader(path: path, separator: separator)
        while try reader.next() {
            guard reader.fieldCount > 1 else { throw reader.error(expected: "an item's id and its title") }
            // A title may itself have a double colon; the genres behind it never do.
            let last = separator == .doubleColon ? max(1, reader.fieldCount - 2) : 1
            let title = try reader.text(1...last, encoding: .utf8OrLatin1)
            items.append(.init(id: try id(reader, 0), title: title.isEmpty ? nil : title))
        }
    }

    private mutating func readTable(
        _ path: String, _ separator: RecordScanner.Separator, isTyped: Bool, _ fields: InteractionFields
    ) throws(AnnotationError) {
        var reader = try RecordReader(path: path, separator: separator)
        let header = try TableHeader(&reader, isTyped: isTyped)
        let idColumn = try header.column(.item, fields, isNeeded: true) ?? 0
        let titleColumn = try header.column(.title, fields, isNeeded: true) ?? 0
        while try reader.next() {
            guard reader.fieldCount == header.names.count else {
                throw reader.error(
                    expected: "\(NumberWording.count(header.names.count, "field")), as the header has")
            }
            let title = try reader.text(titleColumn)
            items.append(.init(id: try id(reader, idColumn), title: title.isEmpty ? nil : title))
        }
    }

    private func id(_ reader: RecordReader, _ column: Int) throws(AnnotationError) -> String {
        let id = try reader.text(column)
        guard !id.isEmpty else { throw reader.error(expected: "an item's id") }
        return id
    }

    /// An item catalogue, as a model folder has it.
    private mutating func readJSON(_ path: String) throws(AnnotationError) {
        let text = try TextFile.read(path)
        let catalogue: NumberedItems
        do { catalogue = try JSONDecoder().decode(NumberedItems.self, from: Data(text.utf8)) } catch {
            throw .format(path: path, reason: "it is no catalogue of items: \(JSONFault.sentence(error))")
        }
        items = catalogue.items.map { .init(id: $0.id.text, title: $0.title) }
        numbering = catalogue.users.map { users in
            Numbering(items: catalogue.items.map(\.token), users: users.map(\.text))
        }
    }
}

/// `NAME.items.json`: the catalogue of a model that is trained on a SASRec text, and the users' ids.
struct NumberedItems: Codable {
    struct Item: Codable {
        var id: JSONIdentifier
        var title: String?
        var token: Int
    }

    struct Special: Codable { var pad: Int }

    var schema = "whence.items/1"
    var items: [Item]
    var special: Special?
    /// The users' ids, that of number 1 first.
    var users: [JSONIdentifier]?
}
