internal import Foundation

extension InteractionDataset {
    /// Reads a data set.
    ///
    /// - Parameters:
    ///   - path: a file of interactions, or the folder of one: of MovieLens as it is unpacked, or with one RecBole
    ///     `.inter` file. `-` reads the standard input.
    ///   - format: how it is written; guessed from the content, then from the name, if not given.
    ///   - fields: names of its columns, if they are not those in common use.
    ///   - titles: the file with the items' titles; if not given, the one that the format has beside the
    ///     interactions, if there is one.
    /// - Throws: `AnnotationError`, naming the file and the line.
    /// - Complexity: O(rows · log longest history) time; 20 bytes a row while reading, 28 at the most, 16 after.
    public init(
        path: String, format: InteractionFormat? = nil, fields: InteractionFields = .init(),
        titles: String? = nil
    ) throws(AnnotationError) {
        let place = try InteractionPlace(path, format: format)
        let format: InteractionFormat
        if let known = place.format {
            format = known
        } else {
            guard place.path != "-" else {
                throw .format(
                    path: TextFile.name("-"),
                    reason: "name its format; the standard input can be read only once.")
            }
            format = try InteractionFormat(guessedFrom: place.path)
        }
        let names = try (titles ?? format.titlesBeside(place.path)).map { path throws(AnnotationError) in
            try ItemNames(path: path, fields: fields)
        }
        let columns =
            switch format {
            case .jsonLines: try HistoryLines(fields: fields).read(place.path, names: names)
            default: try InteractionTable(format: format, fields: fields).read(place.path, names: names)
            }
        self.init(path: TextFile.name(place.path), format: format, columns: columns)
        if let numbering = names?.numbering, format == .sasRec { try rename(numbering, names?.items ?? []) }
    }

    /// Puts ids in the place of the numbers that a SASRec text has.
    private mutating func rename(
        _ numbering: ItemNames.Numbering, _ named: [Item]
    ) throws(AnnotationError) {
        guard users.count == numbering.users.count, items.count == named.count else {
            let stranger =
                users.count > numbering.users.count
                ? "the user \(users[numbering.users.count])"
                : "the item \(items[min(named.count, items.count - 1)].id)"
            throw .format(
                path: path,
                reason: "\(stranger) is not numbered in the .items.json file beside it; "
                    + "the two are not of the same data set.")
        }
        self = InteractionDataset(
            path: path, format: format, users: numbering.users, items: named, starts: starts,
            sequence: sequence, times: times, ratings: ratings)
    }
}

/// The file of interactions that a path stands for.
struct InteractionPlace {
    /// The file.
    var path: String
    /// Its format, as far as it is known.
    var format: InteractionFormat?

    /// Looks at a path.
    ///
    /// - Throws: `AnnotationError.missing`; `.format` for a folder in which there is no data set, or several.
    init(_ path: String, format: InteractionFormat?) throws(AnnotationError) {
        self.path = path
        self.format = format
        var isFolder: ObjCBool = false
        guard path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return }
        let names: [String]
        do { names = try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
        let found = names.compactMap { name in
            Self.format(ofFile: name).flatMap { format == nil || format == $0 ? (name, $0) : nil }
        }
        guard let first = found.first, found.count == 1 else {
            let what =
                found.isEmpty
                ? "there is no u.data, ratings.dat, ratings.csv and no .inter or .jsonl file in this folder"
                : "there are several data sets in this folder: "
                    + found.map(\.0).joined(separator: ", ")
            throw .format(path: path, reason: "\(what). Name the file.")
        }
        self.path = path.hasSuffix("/") ? path + first.0 : "\(path)/\(first.0)"
        self.format = first.1
    }

    private static func format(ofFile name: String) -> InteractionFormat? {
        switch name {
        case "u.data": .movieLens100K
        case "ratings.dat": .movieLens1M
        case "ratings.csv": .csv
        case _ where name.hasSuffix(".inter"): .recBole
        case _ where name.hasSuffix(".jsonl"): .jsonLines
        default: nil
        }
    }
}

extension InteractionFormat {
    /// The file with the items' titles that belongs to a file of interactions, if there is one.
    func titlesBeside(_ path: String) -> String? {
        guard path != "-" else { return nil }
        return titleFiles(for: path).first { FileManager.default.fileExists(atPath: $0) }
    }

    /// The files that hold the titles of the items of a file, the first where they are written.
    func titleFiles(for path: String) -> [String] {
        let url = URL(filePath: path)
        let folder = url.deletingLastPathComponent()
        let stem = url.deletingPathExtension()
        let files: [URL] =
            switch self {
            case .movieLens100K: [folder.appending(path: "u.item")]
            case .movieLens1M: [folder.appending(path: "movies.dat")]
            case .csv where url.lastPathComponent == "ratings.csv": [folder.appending(path: "movies.csv")]
            case .csv: [stem.appendingPathExtension("items.csv")]
            case .recBole: [stem.appendingPathExtension("item")]
            case .sasRec: [stem.appendingPathExtension("items.json")]
            case .jsonLines: []
            }
        return files.map { $0.path(percentEncoded: false) }
    }
}
