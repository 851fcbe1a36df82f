/// Reads the fields of one structure of an HDF5 file, little-endian, and never beyond its end.
struct HDF5Cursor {
    /// How wide the file's numbers are.
    let format: HDF5Format
    /// The structure, in an error's words.
    let what: StaticString
    /// Where in the file the first byte lies.
    let start: Int
    private var rest: ArraySlice<UInt8>
    private let first: Int

    init(_ bytes: ArraySlice<UInt8>, at start: Int, of what: StaticString, format: HDF5Format) {
        (self.format, self.what, self.start) = (format, what, start)
        (rest, first) = (bytes, bytes.startIndex)
    }

    /// Where in the file the next byte lies.
    var position: Int { start + rest.startIndex - first }
    /// How many bytes are left.
    var count: Int { rest.count }
    /// The bytes that are left.
    var remaining: ArraySlice<UInt8> { rest }

    /// An error about the place that was reached.
    func damaged(expected: String, found: String) -> LoaderError {
        format.damaged("\(what) at byte \(position)", expected: expected, found: found)
    }

    /// The next bytes as a structure of their own.
    mutating func part(_ length: Int, of what: StaticString? = nil) throws(LoaderError) -> HDF5Cursor {
        let start = position
        return HDF5Cursor(try bytes(length), at: start, of: what ?? self.what, format: format)
    }

    mutating func skip(_ length: Int) throws(LoaderError) { _ = try bytes(length) }

    /// The next bytes.
    mutating func bytes(_ length: Int) throws(LoaderError) -> ArraySlice<UInt8> {
        guard length >= 0, length <= rest.count else {
            throw damaged(expected: "\(counted(length, "byte")) more", found: "\(rest.count)")
        }
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        return bytes
    }

    /// A whole number of `width` bytes, at most 8.
    mutating func unsigned(_ width: Int) throws(LoaderError) -> UInt64 {
        guard width <= rest.count else {
            throw damaged(expected: "\(counted(width, "byte")) more", found: "\(rest.count)")
        }
        var value: UInt64 = 0
        for index in 0..<width { value |= UInt64(rest[rest.startIndex + index]) << (8 * UInt64(index)) }
        rest = rest.dropFirst(width)
        return value
    }

    mutating func byte() throws(LoaderError) -> Int {
        guard let byte = rest.popFirst() else { throw damaged(expected: "a byte more", found: "0") }
        return Int(byte)
    }

    /// A whole number of `width` bytes that this machine can count to.
    mutating func number(_ width: Int) throws(LoaderError) -> Int {
        let value = try unsigned(width)
        guard let number = Int(exactly: value) else {
            throw damaged(expected: "a number below 2^63", found: "\(value)")
        }
        return number
    }

    /// A length or count of the file's width.
    mutating func length() throws(LoaderError) -> Int { try number(format.lengthSize) }

    /// A place in the file, from its very first byte; `nil` for the address of nothing, all bits of which are set.
    ///
    /// - Throws: `invalid` for a place beyond the file's end.
    mutating func address() throws(LoaderError) -> Int? {
        let value = try unsigned(format.offsetSize)
        guard value != UInt64.max >> (64 - 8 * UInt64(format.offsetSize)) else { return nil }
        guard value < UInt64(format.byteCount - format.base) else {
            throw damaged(
                expected: "an address within the file's \(format.byteCount) bytes", found: "\(value)")
        }
        return format.base + Int(value)
    }

    /// A place in the file, which has to be one.
    mutating func place() throws(LoaderError) -> Int {
        guard let place = try address() else { throw damaged(expected: "an address", found: "none") }
        return place
    }

    /// The letters that a structure begins with.
    mutating func signature(_ letters: String) throws(LoaderError) {
        let found = try bytes(letters.utf8.count)
        guard found.elementsEqual(letters.utf8) else {
            throw damaged(expected: letters, found: quoted(String(decoding: found, as: UTF8.self)))
        }
    }

    /// A version or kind that has to be one of a few.
    @discardableResult
    mutating func version(_ known: ClosedRange<Int>) throws(LoaderError) -> Int {
        let version = try byte()
        guard known.contains(version) else {
            throw damaged(
                expected: "version \(known.lowerBound)"
                    + (known.count > 1 ? " to \(known.upperBound)" : ""), found: "\(version)")
        }
        return version
    }

    /// Takes the checksum off the end and compares it with the bytes before it.
    ///
    /// - Precondition: nothing was read yet.
    mutating func verifyChecksum() throws(LoaderError) {
        guard rest.count >= 4 else {
            throw damaged(expected: "a checksum", found: counted(rest.count, "byte"))
        }
        let computed = JenkinsHash.lookup3(rest.dropLast(4))
        let stored = rest.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        guard computed == stored else {
            throw format.damaged(
                "\(what) at byte \(start), checksum at byte \(start + rest.count - 4)",
                expected: "\(computed)",
                found: "\(stored)")
        }
        rest = rest.dropLast(4)
    }
}

/// What the superblock says about all other structures.
final class HDF5Format: Sendable {
    /// The file that errors name.
    let path: String
    /// Its length in bytes.
    let byteCount: Int
    /// Where the superblock lies, from which addresses count.
    let base: Int
    /// Bytes of an address.
    let offsetSize: Int
    /// Bytes of a length.
    let lengthSize: Int

    init(_ file: OpenFile, base: Int, offsetSize: Int, lengthSize: Int) {
        (path, byteCount) = (file.path, file.byteCount)
        (self.base, self.offsetSize, self.lengthSize) = (base, offsetSize, lengthSize)
    }

    func damaged(_ place: String, expected: String, found: String) -> LoaderError {
        .invalid(
            path: path, place: place, expected: expected, found: found,
            hint: "The file is damaged, or no model's weights; fetch or save it again.")
    }
}
