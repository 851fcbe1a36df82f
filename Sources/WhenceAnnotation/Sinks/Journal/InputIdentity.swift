internal import CZlib
internal import Foundation

/// Which data set a run reads: enough to notice another, without reading all of it.
public struct InputIdentity: Sendable, Hashable, Codable {
    /// What the data set is called: a file's name without its folder, or `standard input`.
    public var name: String
    /// Its size in bytes; `nil` where that is not known.
    public var byteCount: Int?
    /// A checksum of samples of its bytes and of its size; `nil` for what can be read only once.
    public var checksum: String?

    private static let sampleCount = 64
    private static let sampleSize = 1 << 16

    /// Makes an identity; every field is as documented above.
    public init(name: String, byteCount: Int?, checksum: String?) {
        (self.name, self.byteCount, self.checksum) = (name, byteCount, checksum)
    }

    /// Looks at a file or a folder.
    ///
    /// Of a file, the size and 64 samples of 64 KiB, from its first to its last byte, are looked at: a file of up to
    /// 4 MiB is read whole. Of a folder, the names and sizes of its files.
    /// - Parameter path: `-` is the standard input, of which nothing is known.
    /// - Throws: `AnnotationError.missing`, `.unreadable`.
    public init(path: String) throws(AnnotationError) {
        guard path != "-" else {
            self.init(name: TextFile.name(path), byteCount: nil, checksum: nil)
            return
        }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path)
        }
        let name = URL(filePath: path).standardizedFileURL.lastPathComponent
        do {
            let (byteCount, checksum) =
                isFolder.boolValue ? try Self.ofFolder(path) : try Self.ofFile(path)
            self.init(name: name, byteCount: byteCount, checksum: checksum.map(Checksum.text))
        } catch {
            throw .unreadable(path: path, reason: error.localizedDescription)
        }
    }

    private static func ofFile(_ path: String) throws -> (byteCount: Int?, checksum: UInt32?) {
        let attributes = try FileManager.default.attributesOfItem(
            atPath: URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false))
        // Of a pipe nothing may be read that is wanted later.
        guard attributes[.type] as? FileAttributeType == .typeRegular,
            let size = (attributes[.size] as? NSNumber)?.intValue
        else { return (nil, nil) }
        let handle = try FileHandle(forReadingFrom: URL(filePath: path))
        var checksum = Checksum()
        checksum.add("\(size)".utf8)
        if size <= sampleCount * sampleSize {
            checksum.add(try handle.readToEnd() ?? Data())
        } else {
            for sample in 0..<sampleCount {
                let start = Double(size - sampleSize) * Double(sample) / Double(sampleCount - 1)
                try handle.seek(toOffset: UInt64(start))
                checksum.add(try handle.read(upToCount: sampleSize) ?? Data())
            }
        }
        return (size, checksum.value)
    }

    private static func ofFolder(_ path: String) throws -> (byteCount: Int?, checksum: UInt32?) {
        var checksum = Checksum()
        var total = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: path).sorted() {
            let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            let size = (attributes[.size] as? NSNumber)?.intValue ?? 0
            checksum.add("\(name)\n\(size)\n".utf8)
            total += size
        }
        return (total, checksum.value)
    }
}

extension InputIdentity: CustomStringConvertible {
    /// `reviews.jsonl (1234 bytes, checksum 0f3a…)`.
    public var description: String {
        let parts = [byteCount.map { "\($0) bytes" }, checksum.map { "checksum \($0)" }].compactMap(\.self)
        return parts.isEmpty ? name : "\(name) (\(parts.joined(separator: ", ")))"
    }
}

/// A CRC-32 over bytes that come piece by piece: against mistakes and torn writes, not against an adversary.
struct Checksum {
    private(set) var value: UInt32 = 0

    mutating func add(_ bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        value = UInt32(truncatingIfNeeded: crc32(uLong(value), bytes, uInt(truncatingIfNeeded: bytes.count)))
    }

    /// Eight hexadecimal digits.
    static func text(_ value: UInt32) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
