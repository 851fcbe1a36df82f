internal import WhenceRendering

/// Reads interactions that stand one a line.
struct InteractionTable {
    /// The file's format; not JSON lines.
    var format: InteractionFormat
    /// The names of its columns.
    var fields: InteractionFields

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: the interactions; `-` is the standard input.
    ///   - names: the items as a file of titles has them.
    /// - Throws: `AnnotationError`, naming the line, for a missing column, a row of another width, an empty id, and
    ///   a rating or time that is no number; `.empty` without rows.
    func read(_ path: String, names: ItemNames?) throws(AnnotationError) -> InteractionColumns {
        var reader = try RecordReader(path: path, separator: format.separator)
        let layout = try layout(&reader)
        var columns = InteractionColumns(hasTimes: layout.time != nil, hasRatings: layout.rating != nil)
        names?.enter(&columns)
        while try reader.next() {
            guard reader.fieldCount == layout.width else {
                throw reader.error(expected: layout.expectation(found: reader.fieldCount))
            }
            let user = try reader.identifier(layout.user, "the user's id", in: &columns.userIDs)
            let item = try reader.identifier(layout.item, "the item's id", in: &columns.itemIDs)
            let rating = try layout.rating.map { column throws(AnnotationError) in
                try reader.number(column, "the rating")
            }
            let time = try layout.time.map { column throws(AnnotationError) in
                try reader.number(column, "the time")
            }
            columns.append(user: user, item: item, time: time ?? 0, rating: Float(rating ?? 0))
            if let title = layout.title, !columns.hasTitle(item) {
                columns.setTitle(try reader.text(title), of: item)
            }
            guard columns.count < Int(Int32.max) else {
                throw .line(
                    path: reader.name, line: reader.line,
                    reason: "more rows than \(Int32.max), the most that are read.")
            }
        }
        guard columns.count > 0 else { throw .empty(path: reader.name) }
        return columns
    }

    private func layout(_ reader: inout RecordReader) throws(AnnotationError) -> InteractionLayout {
        switch format {
        case .movieLens100K:
            InteractionLayout(user: 0, item: 1, rating: 2, time: 3, width: 4, parting: "tabs")
        case .movieLens1M: InteractionLayout(user: 0, item: 1, rating: 2, time: 3, width: 4, parting: "::")
        case .sasRec: InteractionLayout(user: 0, item: 1, width: 2, parting: "a space")
        case .csv, .recBole, .jsonLines:
            try InteractionLayout(header: TableHeader(&reader, isTyped: format == .recBole), fields: fields)
        }
    }
}

/// Which column of a table holds what.
struct InteractionLayout {
    var user: Int
    var item: Int
    var rating: Int?
    var time: Int?
    var title: Int?
    /// The number of columns.
    var width: Int
    /// What divides the columns, where there is no header.
    var parting: String?

    /// Says what a row has to be.
    func expectation(found: Int) -> String {
        guard let parting else {
            return "\(NumberWording.count(width, "field")), as the header has, in a row that has \(found)"
        }
        let names = time == nil ? "a user and an item" : "user, item, rating and time"
        return "\(names) with \(parting) between them"
    }
}

extension InteractionLayout {
    /// Finds the columns by their names.
    init(header: TableHeader, fields: InteractionFields) throws(AnnotationError) {
        user = try header.column(.user, fields, isNeeded: true) ?? 0
        item = try header.column(.item, fields, isNeeded: true) ?? 0
        rating = try header.column(.rating, fields)
        time = try header.column(.time, fields)
        title = try header.column(.title, fields)
        width = header.names.count
    }
}

/// The names of a table's columns.
struct TableHeader {
    /// The names in order, without RecBole's types.
    let names: [String]
    private let path: String
    private let line: Int

    /// Reads the first record.
    ///
    /// - Parameter isTyped: whether a name carries its type, as `user_id:token`.
    init(_ reader: inout RecordReader, isTyped: Bool) throws(AnnotationError) {
        guard try reader.next() else { throw .empty(path: reader.name) }
        path = reader.name
        line = reader.line
        names = try reader.texts().map { name in
            isTyped ? String(name.prefix { $0 != ":" }) : name
        }
    }

    /// The column of a role.
    ///
    /// - Throws: `AnnotationError.line`, with the columns that there are, if there is none although it is needed
    ///   or named.
    func column(
        _ role: InteractionFields.Role, _ fields: InteractionFields, isNeeded: Bool = false
    ) throws(AnnotationError) -> Int? {
        for name in fields.names(role) {
            if let column = names.firstIndex(of: name) { return column }
        }
        guard isNeeded || fields.demanded(role) != nil else { return nil }
        let wanted = fields.names(role).joined(separator: ", ")
        throw .line(
            path: path, line: line,
            reason: "expected a column for the \(role.rawValue) (\(wanted)) in the header, found: "
                + names.joined(separator: ", ") + ".")
    }
}
