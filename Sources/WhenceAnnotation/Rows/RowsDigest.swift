internal import Foundation
internal import WhenceLoader
internal import WhenceRendering

/// What a run has read so far, in 32 bytes: each row is hashed together with what the rows before it came to.
///
/// So two inputs can be held against each other up to some row without either of them being kept, streams too.
struct RowsDigest: Sendable, Hashable {
    /// SHA-256, as lower-case hexadecimal; empty before the first row.
    private(set) var value: String

    /// - Parameter value: where to go on; empty to begin.
    init(goingOnFrom value: String = "") { self.value = value }

    /// Takes in all of a row that outputs depend on; the data set's own path is nothing of that kind.
    ///
    /// - Throws: `AnnotationError.unreadable` if libcrypto fails.
    mutating func add(_ row: InputRow) throws(AnnotationError) {
        var bytes = Data(value.utf8)
        // Lengths in front keep two lists of texts from having the same bytes.
        func add(_ text: String) {
            bytes.append(contentsOf: "\(text.utf8.count):".utf8)
            bytes.append(contentsOf: text.utf8)
        }
        add("\(row.index) \(row.place.line ?? 0) \(row.kept.count)")
        for field in row.kept {
            add(field.name)
            add(field.json)
        }
        switch row.content {
        case .success(.text(let text)):
            add("text")
            add(text)
        case .success(.history(let items, let user)):
            add("history of \(user == nil ? "nobody" : "somebody")")
            add(user ?? "")
            for item in items {
                switch item {
                case .id(let id):
                    add("id")
                    add(id)
                case .title(let title):
                    add("title")
                    add(title)
                }
            }
        case .failure(let problem):
            add(problem.kind.rawValue)
            add(problem.reason)
        }
        do throws(LoaderError) {
            let digest = try RunningDigest(path: row.place.file)
            try digest.update(bytes)
            value = try digest.finish()
        } catch {
            throw .unreadable(path: row.place.file, reason: "\(error)")
        }
    }
}
