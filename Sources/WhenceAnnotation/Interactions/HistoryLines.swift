internal import Foundation
internal import WhenceRendering

/// Reads histories that stand one a line, each a JSON object:
///
/// ```json
/// { "user": "196", "history": ["242", "393"], "titles": ["Kolya (1996)", "Mrs. Doubtfire (1993)"] }
/// ```
///
/// An id is a text or a whole number. Lists of `titles`, `times` and `ratings` beside the history may be missing;
/// times and ratings are kept if every line has them.
struct HistoryLines {
    /// The names of the members.
    var fields: InteractionFields

    /// Reads a file; `-` is the standard input.
    ///
    /// - Throws: `AnnotationError`, naming the line.
    func read(_ path: String, names: ItemNames?) throws(AnnotationError) -> InteractionColumns {
        var reader = try RecordReader(path: path, separator: .nothing)
        let decoder = JSONDecoder()
        var columns = InteractionColumns(hasTimes: true, hasRatings: true)
        names?.enter(&columns)
        var (everyTime, everyRating) = (true, true)
        while try reader.next() {
            let row = try line(reader, decoder)
            everyTime = everyTime && row.times != nil
            everyRating = everyRating && row.ratings != nil
            let user = columns.userIDs.number(of: row.user.text)
            for (index, id) in row.history.enumerated() {
                let item = columns.itemIDs.number(of: id.text)
                columns.append(
                    user: user, item: item, time: row.times?[index] ?? 0,
                    rating: Float(row.ratings?[index] ?? 0))
                if let title = row.titles?[index] { columns.setTitle(title, of: item) }
            }
        }
        guard columns.userIDs.count > 0 else { throw .empty(path: reader.name) }
        columns.drop(times: !everyTime, ratings: !everyRating)
        return columns
    }

    private func line(_ reader: RecordReader, _ decoder: JSONDecoder) throws(AnnotationError) -> HistoryLine {
        let data = try reader.withBytes(0) { bytes throws(AnnotationError) in
            guard String(validating: bytes, as: UTF8.self) != nil else { throw reader.notUTF8(bytes) }
            return Data(buffer: bytes)
        }
        do { return try decoder.decode(HistoryLine.self, from: data, configuration: fields) } catch {
            throw .line(path: reader.name, line: reader.line, reason: JSONFault.sentence(error))
        }
    }
}

/// One line of a file of histories.
struct HistoryLine: Encodable, DecodableWithConfiguration {
    var user: JSONIdentifier
    var history: [JSONIdentifier]
    var titles: [String?]?
    var times: [Double]?
    var ratings: [Double]?

    init(
        user: JSONIdentifier, history: [JSONIdentifier], titles: [String?]?, times: [Double]?,
        ratings: [Double]?
    ) {
        self.user = user
        self.history = history
        self.titles = titles
        self.times = times
        self.ratings = ratings
    }

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(_ name: String) { stringValue = name }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    /// Reads a line.
    ///
    /// - Parameter fields: the names of its members.
    init(from decoder: any Decoder, configuration fields: InteractionFields) throws {
        let members = try decoder.container(keyedBy: Key.self)
        user = try members.decode(JSONIdentifier.self, forKey: Key(fields.user ?? "user"))
        history = try members.decode([JSONIdentifier].self, forKey: Key(fields.history ?? "history"))
        titles = try members.decodeIfPresent([String?].self, forKey: Key(fields.title ?? "titles"))
        times = try members.decodeIfPresent([Double].self, forKey: Key(fields.time ?? "times"))
        ratings = try members.decodeIfPresent([Double].self, forKey: Key(fields.rating ?? "ratings"))
        let lengths = [
            (titles?.count, fields.title ?? "titles"), (times?.count, fields.time ?? "times"),
            (ratings?.count, fields.rating ?? "ratings"),
        ]
        for case (let length?, let name) in lengths where length != history.count {
            throw JSONFault(
                expected:
                    "\(NumberWording.count(history.count, "entry", plural: "entries")), one an item of the history",
                found: "\(length)",
                place: name)
        }
    }
}
