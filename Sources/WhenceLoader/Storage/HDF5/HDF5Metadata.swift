/// Reads the structures of an HDF5 file, and no more of them than an honest file has.
///
/// Damaged structures can share bytes or lead in circles. An honest file holds every byte of a structure once, so
/// what is read is counted, and reading ends with an error when it exceeds the file's length by far.
final class HDF5Metadata {
    let file: OpenFile
    let format: HDF5Format
    /// How many bytes may still be read.
    private var budget: Int
    /// The last bytes that were read; neighbours lie close together.
    private var window: ArraySlice<UInt8> = []
    private var windowStart = 0
    private static let windowLength = 4_096

    init(_ file: OpenFile, format: HDF5Format) {
        (self.file, self.format) = (file, format)
        // Four times the length, or what is left of the numbers; small files have long names for their length.
        let (product, overflow) = file.byteCount.multipliedReportingOverflow(by: 4)
        budget = overflow ? .max : max(product, 1 << 16)
    }

    /// A structure.
    ///
    /// - Parameters:
    ///   - address: from the very first byte of the file.
    ///   - count: its length in bytes.
    ///   - what: its name in an error's words.
    /// - Throws: `invalid` if it does not lie within the file, or so much was read before that structures must share
    ///   bytes; `unreadable`.
    func structure(at address: Int, count: Int, _ what: StaticString) throws(LoaderError) -> HDF5Cursor {
        guard address >= 0, count >= 0, address <= file.byteCount, count <= file.byteCount - address else {
            throw format.damaged(
                "\(what) at byte \(address)", expected: counted(count, "byte"),
                found: "\(max(0, file.byteCount - address)) to the end of the file")
        }
        try spend(count, at: address, what)
        if address < windowStart || address + count > windowStart + window.count {
            let length = min(max(count, Self.windowLength), file.byteCount - address)
            window = try file.bytes(at: address, count: length, place: "\(what)")[...]
            windowStart = address
        }
        let first = address - windowStart
        return HDF5Cursor(window[first..<first + count], at: address, of: what, format: format)
    }

    /// Counts bytes that were read.
    func spend(_ count: Int, at address: Int, _ what: StaticString) throws(LoaderError) {
        try spend(count, in: "\(what) at byte \(address)")
    }

    /// Counts bytes that were read, or that names made of them take.
    func spend(_ count: Int, in place: @autoclosure () -> String) throws(LoaderError) {
        guard count <= budget else {
            throw format.damaged(
                place(), expected: "structures that have their bytes to themselves",
                found: "ones that overlap or lead in circles")
        }
        budget -= count
    }
}
