extension InteractionWriter {
    /// Writes an interaction a line, and the header if the format has one.
    func writeRows(to file: FileOutput) throws(AnnotationError) {
        let divider = format == .csv ? "," : format == .movieLens1M ? "::" : "\t"
        let isFull = format == .movieLens100K || format == .movieLens1M
        let hasRatings = isFull || dataset.hasRatings
        let hasTimes = isFull || dataset.hasTimes
        let names =
            (format == .csv ? ["userId", "movieId"] : ["user_id:token", "item_id:token"])
            + (hasRatings ? [format == .csv ? "rating" : "rating:float"] : [])
            + (hasTimes ? [format == .csv ? "timestamp" : "timestamp:float"] : [])
        if !isFull { try file.append(names.joined(separator: divider) + "\n") }
        let items = try dataset.items.map { item throws(AnnotationError) in try Array(id(item.id).utf8) }
        for user in dataset.users.indices where dataset.historyLength(user) > 0 {
            let start = Array((try id(dataset.users[user]) + divider).utf8)
            let rows = dataset.starts[user]..<dataset.starts[user + 1]
            for row in rows {
                var line = start + items[Int(dataset.sequence[row])]
                if hasRatings { line += (divider + rating(row)).utf8 }
                if hasTimes { line += (divider + time(row, place: row - rows.lowerBound)).utf8 }
                line.append(UInt8(ascii: "\n"))
                try file.append(line)
            }
        }
    }

    /// Writes an item and its title a line, and the header if the format has one.
    func writeTitles(to file: FileOutput) throws(AnnotationError) {
        let unknownGenres = String(repeating: "|0", count: 19)
        var lines: [String] = []
        for item in dataset.items {
            let (id, title) = (try id(item.id), fitted(item.title ?? ""))
            let line =
                switch format {
                case .movieLens100K: "\(id)|\(title)|||\(unknownGenres)\n"
                case .movieLens1M: "\(id)::\(title)::(no genres listed)\n"
                case .csv: "\(id),\(title)\n"
                case .recBole, .sasRec, .jsonLines: "\(id)\t\(title)\n"
                }
            lines.append(line)
        }
        if format == .csv { try file.append("movieId,title\n") }
        if format == .recBole { try file.append("item_id:token\ttitle:token_seq\n") }
        let scalars = lines.lazy.flatMap(\.unicodeScalars)
        if format == .movieLens100K, scalars.allSatisfy({ $0.value < 0x100 }) {
            // ISO 8859-1, as the original has it.
            try file.append(scalars.map { UInt8(truncatingIfNeeded: $0.value) })
        } else {
            try file.append(lines.joined())
        }
    }

    /// An id as the format writes it.
    ///
    /// - Throws: `AnnotationError.format` for one that it cannot hold.
    private func id(_ id: String) throws(AnnotationError) -> String {
        if format == .csv { return quoted(id) }
        let dividers: [String] =
            switch format {
            case .movieLens100K: ["\t", "|", "\n", "\r"]
            case .movieLens1M: ["::", "\n", "\r"]
            case .csv, .recBole, .sasRec, .jsonLines: ["\t", "\n", "\r"]
            }
        guard !dividers.contains(where: { id.unicodeScalars.contains($0.unicodeScalars) }),
            !id.hasPrefix(" "), !id.hasSuffix(" ")
        else {
            throw .format(
                path: dataset.path,
                reason:
                    "the id \u{201C}\(id)\u{201D} has characters that divide fields in \(format.rawValue); "
                    + "csv and jsonl can hold it.")
        }
        return id
    }

    /// A title as the format writes it.
    func fitted(_ title: String) -> String {
        switch format {
        case .csv: quoted(title)
        case .movieLens100K: Self.replacing(["\t", "|", "\n", "\r"], in: title)
        case .movieLens1M, .recBole: Self.replacing(["\t", "\n", "\r"], in: title)
        case .sasRec, .jsonLines: title
        }
    }

    /// A field of a CSV file, in quotes where it needs them.
    /// - Note: RFC 4180, §2.
    private func quoted(_ field: String) -> String {
        let needsQuotes =
            field.unicodeScalars.contains { "\",\n\r".unicodeScalars.contains($0) }
            || field.hasPrefix(" ") || field.hasSuffix(" ")
        guard needsQuotes else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }

    private static func replacing(_ dividers: [Unicode.Scalar], in text: String) -> String {
        guard text.unicodeScalars.contains(where: dividers.contains) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { dividers.contains($0) ? " " : $0 }))
    }

    private func rating(_ row: Int) -> String {
        guard let ratings = dataset.ratings else { return "1" }
        return format == .csv ? "\(ratings[row])" : Self.shortest(Double("\(ratings[row])") ?? 0)
    }

    private func time(_ row: Int, place: Int) -> String {
        guard let times = dataset.times else { return "\(place + 1)" }
        return Self.shortest(times[row])
    }

    /// A number with the fewest digits that read back exactly, a whole one without a point.
    static func shortest(_ value: Double) -> String {
        if let whole = Int64(exactly: value) { return String(whole) }
        return "\(value)"
    }
}
