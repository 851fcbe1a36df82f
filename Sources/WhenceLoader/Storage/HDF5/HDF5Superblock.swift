/// The start of an HDF5 file: how wide its numbers are, and where the root group lies.
///
/// - Note: HDF5 File Format Specification 3.0, §II.A *Format Signature and Superblock*.
struct HDF5Superblock {
    let format: HDF5Format
    /// Where the root group's object header lies.
    let root: Int

    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]
    /// The longest of the versions, with numbers of 8 bytes and the root's symbol table entry.
    private static let longest = 100

    /// Looks for the superblock at 0, 512, 1024 and so on, for a user's block may stand before it.
    ///
    /// - Throws: `invalid` for another format, a damaged superblock, or a file shorter than it says.
    init(of file: OpenFile) throws(LoaderError) {
        guard let location = try Self.location(in: file) else { throw Self.notHDF5(file) }
        let bytes = try file.bytes(
            at: location, count: min(Self.longest, file.byteCount - location), place: "superblock")
        // Widths come first, without which nothing else is known.
        let widest = HDF5Format(file, base: location, offsetSize: 8, lengthSize: 8)
        var fields = HDF5Cursor(bytes[...], at: location, of: "superblock", format: widest)
        try fields.skip(Self.signature.count)
        let version = try fields.version(0...3)
        let isOld = version < 2
        // Versions of parts that never had another, between which a reserved byte stands.
        if isOld { try fields.skip(4) }
        format = HDF5Format(
            file, base: location, offsetSize: try Self.width(&fields), lengthSize: try Self.width(&fields))
        // Reserved, the group trees' fan-out and flags; then, in version 1, that of chunk trees. Or flags.
        try fields.skip(isOld ? 9 + 4 * version : 1)
        fields = HDF5Cursor(fields.remaining, at: fields.position, of: "superblock", format: format)
        let base = try fields.number(format.offsetSize)
        try fields.skip(format.offsetSize)
        let end = try fields.unsigned(format.offsetSize)
        try Self.check(end: end, base: base, format)
        // The driver's block, and the offset of the root's name.
        if isOld { try fields.skip(2 * format.offsetSize) }
        root = try fields.place()
        if !isOld {
            var whole = HDF5Cursor(
                bytes.prefix(16 + 4 * format.offsetSize), at: location, of: "superblock", format: format)
            try whole.verifyChecksum()
        }
    }

    private static func width(_ fields: inout HDF5Cursor) throws(LoaderError) -> Int {
        let width = try fields.byte()
        guard [2, 4, 8].contains(width) else {
            throw fields.damaged(expected: "numbers of 2, 4 or 8 bytes", found: "\(width)")
        }
        return width
    }

    private static func location(in file: OpenFile) throws(LoaderError) -> Int? {
        var location = 0
        while location <= file.byteCount - longest / 2 {
            let found = try file.bytes(at: location, count: signature.count, place: "signature")
            if found == signature { return location }
            location = max(512, location * 2)
        }
        return nil
    }

    /// The end counts from where the superblock was when the file was written; it may have been moved since.
    private static func check(end: UInt64, base: Int, _ format: HDF5Format) throws(LoaderError) {
        let moved = end.subtractingReportingOverflow(UInt64(base))
        let (stated, overflow) = moved.partialValue.addingReportingOverflow(UInt64(format.base))
        guard !moved.overflow, !overflow, stated <= UInt64(format.byteCount) else {
            throw .invalid(
                path: format.path, place: "length of the file",
                expected: "\(moved.overflow || overflow ? end : stated) bytes, as its header says",
                found: counted(format.byteCount, "byte"), hint: "The file was cut short; fetch it again.")
        }
    }

    private static func notHDF5(_ file: OpenFile) -> LoaderError {
        let count = min(40, file.byteCount)
        let start = (try? file.bytes(at: 0, count: count, place: "signature")) ?? []
        if let known = LoaderError.otherFormat(of: file.path, start) { return known }
        let isPointer = start.starts(with: "version https://git-lfs".utf8)
        return .invalid(
            path: file.path, place: "start of the file", expected: "the HDF5 signature",
            found: isPointer ? "a Git LFS pointer" : file.byteCount == 0 ? "an empty file" : "other bytes",
            hint: isPointer
                ? "Run `git lfs pull` in the folder it was cloned to."
                : "The file is not HDF5, or its download was cut short; fetch it again.")
    }
}
