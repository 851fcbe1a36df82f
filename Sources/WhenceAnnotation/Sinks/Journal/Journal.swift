internal import Foundation

/// The file beside an output that says how much of it is done.
///
/// Its first line is the run's ``RunIdentity``; every further line is a checkpoint. A line is a checksum of eight
/// hexadecimal digits, a space, and one JSON object, so that one that a crash has torn is known as such and passed
/// over. A checkpoint is written only when what it speaks of is on the disk: the last whole one is true.
///
/// Whoever writes an output holds a lock on its journal.
final class Journal<Tally: Codable & Sendable> {
    /// Where a run stood.
    struct Checkpoint: Codable, Sendable {
        /// Rows that the run has written.
        var rows: Int
        /// Bytes of the records; `nil` where no file of records is written.
        var bytes: Int?
        /// What the rows of the input came to, as ``RowsDigest`` has it.
        var digest: String
        /// Whether these were all rows, so that only names have to be put in order.
        var isWhole: Bool
        /// Whether the input could not be read behind these rows, and has to be repaired.
        var inputIsBroken: Bool
        /// What the caller counted.
        var tally: Tally

        /// Whether a run can have stood there: no number is negative, nor so large that counting on would overflow.
        fileprivate var isPossible: Bool {
            [rows, bytes].compactMap(\.self).allSatisfy { (0...1 << 53).contains($0) }
        }
    }

    /// The first line.
    private struct Header: Codable {
        var journal: Int
        var identity: RunIdentity
        /// Whether the run may replace an output that exists.
        var replaces: Bool
    }

    /// The version of the format, looked at before the rest.
    private struct Format: Codable {
        var journal: Int
    }

    private static var format: Int { 1 }
    /// A journal of weeks is written anew when it is larger than this.
    private static var sizeLimit: Int { 1 << 20 }
    /// What the name ends in while that is done.
    private static var newName: String { ".new" }

    let path: String
    private var file: DiskFile
    private var header: [UInt8] = []
    private var byteCount = 0
    /// The last whole checkpoint; `nil` before the first.
    private(set) var last: Checkpoint?
    /// Whether the run may replace an output that exists.
    private(set) var replaces = false

    /// Opens and locks the journal at a path; one is made where there is none.
    ///
    /// - Throws: `AnnotationError.unwritable`, also where another run holds it.
    init(_ path: String) throws(AnnotationError) {
        self.path = path
        file = try DiskFile(path, creates: true)
        guard file.lock() else { throw Self.isHeld(path) }
    }

    /// Whether nothing was ever written whole, so that there is nothing to go on with.
    func isBlank() throws(AnnotationError) -> Bool {
        let size = try file.byteCount()
        return try !file.bytes(from: 0, count: min(size, Self.sizeLimit)).contains(UInt8(ascii: "\n"))
    }

    /// Refuses to go on with what a journal without a whole line cannot speak of.
    func demand(_ holds: Bool) throws(AnnotationError) {
        guard holds else { throw foreign("it is empty, though something was written") }
    }

    /// Begins anew.
    func begin(_ identity: RunIdentity, replaces: Bool) throws(AnnotationError) {
        self.replaces = replaces
        last = nil
        try DiskFile.remove(path + Self.newName)
        header = try Self.line(
            Header(journal: Self.format, identity: identity, replaces: replaces), path: path)
        try file.cut(to: 0)
        try file.append(header)
        try file.synchronize()
        try DiskFile.synchronizeFolder(of: path)
        byteCount = header.count
    }

    /// Reads what an earlier run left, and cuts off what a crash has torn.
    ///
    /// - Throws: `AnnotationError.format` for what is no journal, or one of another version of Whence;
    ///   `AnnotationError.anotherRun` for that of a run with another identity, but for an input that had to be
    ///   repaired.
    func resume(_ identity: RunIdentity) throws(AnnotationError) {
        let bytes = try file.bytes(from: 0, count: try file.byteCount())
        var end = 0
        var begun: RunIdentity?
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            let content = Self.content(line)
            if begun == nil {
                guard let content else { throw foreign("it is damaged, or no journal of Whence") }
                begun = try readHeader(content)
                header = Array(line) + [UInt8(ascii: "\n")]
                end = line.endIndex + 1
            } else if let content {
                // A line that is whole but not understood is no torn one: to pass it over would lose rows.
                guard let checkpoint = try? JSONDecoder().decode(Checkpoint.self, from: content),
                    checkpoint.isPossible
                else {
                    throw foreign("it was written by another version of Whence")
                }
                last = checkpoint
                end = line.endIndex + 1
            }
        }
        guard let begun else { throw foreign("it is damaged, or no journal of Whence") }
        let isRepaired = last?.inputIsBroken == true && begun.input != identity.input
        let differences = identity.differences(from: begun, besidesInput: isRepaired)
        guard differences.isEmpty else { throw .anotherRun(path: path, differences: differences) }
        try file.cut(to: end)
        byteCount = end
        if isRepaired, let last {
            // From the next checkpoint on it is this input that has to be the same.
            header = try Self.line(
                Header(journal: Self.format, identity: identity, replaces: replaces), path: path)
            try replace(header + Self.line(last, path: path))
        }
    }

    /// Adds a checkpoint; what it speaks of has to be on the disk.
    func add(_ checkpoint: Checkpoint) throws(AnnotationError) {
        let line = try Self.line(checkpoint, path: path)
        if byteCount + line.count > Self.sizeLimit {
            try replace(header + line)
        } else {
            try file.append(line)
            try file.synchronize()
            byteCount += line.count
        }
        last = checkpoint
    }

    /// Removes the journal, after which the output is what it is.
    func remove() throws(AnnotationError) {
        try DiskFile.remove(path + Self.newName)
        try DiskFile.remove(path)
        try DiskFile.synchronizeFolder(of: path)
    }

    /// Puts another file in the journal's place, which is locked before it is there.
    private func replace(_ bytes: [UInt8]) throws(AnnotationError) {
        let name = path + Self.newName
        let new = try DiskFile(name, creates: true)
        guard new.lock() else { throw Self.isHeld(path) }
        try new.cut(to: 0)
        try new.append(bytes)
        try new.synchronize()
        try DiskFile.move(name, to: path)
        try DiskFile.synchronizeFolder(of: path)
        (file, byteCount) = (new, bytes.count)
    }

    /// - Returns: the identity of the run that was begun.
    private func readHeader(_ content: Data) throws(AnnotationError) -> RunIdentity {
        let decoder = JSONDecoder()
        guard let format = try? decoder.decode(Format.self, from: content) else {
            throw foreign("it is damaged, or no journal of Whence")
        }
        guard format.journal == Self.format, let header = try? decoder.decode(Header.self, from: content)
        else {
            throw foreign("it was written by another version of Whence")
        }
        replaces = header.replaces
        return header.identity
    }

    private static func isHeld(_ path: String) -> AnnotationError {
        .unwritable(path: path, reason: "another run is writing the same output; wait for it, or stop it")
    }

    private func foreign(_ problem: String) -> AnnotationError {
        .format(path: path, reason: "\(problem); nothing can be resumed from it. Start anew with --force.")
    }

    // MARK: Lines

    private static func line(_ value: some Encodable, path: String) throws(AnnotationError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let json: Data
        do { json = try encoder.encode(value) } catch { throw .format(path: path, reason: "\(error).") }
        var checksum = Checksum()
        checksum.add(json)
        return Array("\(Checksum.text(checksum.value)) ".utf8) + json + [UInt8(ascii: "\n")]
    }

    /// The JSON of a line; `nil` if the line is not whole.
    private static func content(_ line: ArraySlice<UInt8>) -> Data? {
        guard line.count > 9, line[line.startIndex + 8] == UInt8(ascii: " ") else { return nil }
        let json = line.dropFirst(9)
        var checksum = Checksum()
        checksum.add(json)
        guard line.prefix(8).elementsEqual(Checksum.text(checksum.value).utf8) else { return nil }
        return Data(json)
    }
}
