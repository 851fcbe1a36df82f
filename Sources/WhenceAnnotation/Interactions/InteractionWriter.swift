internal import WhenceRendering

/// Writes a data set in one of its formats.
///
/// Interactions stand user by user, those of a user in order of time. Ids, titles, times and ratings are written
/// where the format has a place for them; nothing else of a data set is read.
public struct InteractionWriter: Sendable {
    /// What is written.
    public let dataset: InteractionDataset
    /// How it is written.
    public let format: InteractionFormat

    /// Makes a writer.
    public init(_ dataset: InteractionDataset, as format: InteractionFormat) {
        self.dataset = dataset
        self.format = format
    }

    /// Writes the interactions and, if the format has a file for them, the items beside them.
    ///
    /// Files appear under their names only when they are whole.
    ///
    /// - Parameters:
    ///   - path: the file of the interactions; `-` is the standard output, which takes no second file.
    ///   - replaces: whether existing files may be replaced.
    /// - Returns: the files that were written.
    /// - Throws: `AnnotationError.unwritable`; `.format` for an id that the format cannot hold.
    @discardableResult
    public func write(to path: String, replaces: Bool = false) throws(AnnotationError) -> [String] {
        let main = try FileOutput(path, replaces: replaces)
        let second = try titleFile(beside: path).map { path throws(AnnotationError) in
            try FileOutput(path, replaces: replaces)
        }
        let isUsed = dataset.isInteractedWith
        switch format {
        case .jsonLines: try writeHistories(to: main)
        case .sasRec: try writeNumbers(to: main, isUsed)
        case .movieLens100K, .movieLens1M, .csv, .recBole: try writeRows(to: main)
        }
        if let second {
            switch format {
            case .sasRec: try writeCatalogue(to: second, isUsed)
            case .jsonLines, .movieLens100K, .movieLens1M, .csv, .recBole: try writeTitles(to: second)
            }
            try main.flush()
            try second.commit()
        }
        try main.commit()
        return [path] + (second.map { [$0.path] } ?? [])
    }

    /// The file of titles, or of what the numbers mean, that is written beside another.
    func titleFile(beside path: String) -> String? {
        guard path != "-", dataset.hasTitles || format == .sasRec else { return nil }
        return format.titleFiles(for: path).first
    }

    /// What the data set has and the written files do not, and what the files have to have and the data set does
    /// not: a sentence each.
    ///
    /// - Parameter path: where it is written.
    public func losses(to path: String) -> [String] {
        var sentences: [String] = []
        let hasRows = format != .sasRec && format != .jsonLines
        if format == .sasRec, dataset.hasTimes { sentences.append("Times are not kept, their order is.") }
        if format == .sasRec, dataset.hasRatings { sentences.append("Ratings are not kept.") }
        if hasRows, path == "-", dataset.hasTitles {
            sentences.append("Titles are not kept: they have a file of their own, which -o FILE makes.")
        }
        if format == .movieLens100K || format == .movieLens1M {
            if !dataset.hasRatings { sentences.append("There are no ratings; each is written as 1.") }
            if !dataset.hasTimes {
                sentences.append("There are no times; the place in the history is written as one.")
            }
        }
        let idleUsers = dataset.users.indices.count { dataset.historyLength($0) == 0 }
        if format != .jsonLines, idleUsers > 0 {
            sentences.append(
                NumberWording.count(
                    idleUsers, "user without history is left out.",
                    plural: "users without history are left out."))
        }
        let idleItems = dataset.isInteractedWith.count { !$0 }
        if idleItems > 0, titleFile(beside: path) == nil || format == .sasRec {
            sentences.append(
                NumberWording.count(
                    idleItems, "item that nobody had to do with is left out.",
                    plural: "items that nobody had to do with are left out."))
        }
        let torn =
            hasRows && format != .csv
            ? dataset.items.count { item in item.title.map { fitted($0) != $0 } ?? false } : 0
        if torn > 0, path != "-" {
            sentences.append(
                NumberWording.count(torn, "title has", plural: "titles have")
                    + " characters that divide fields here; spaces stand for them.")
        }
        return sentences
    }
}
