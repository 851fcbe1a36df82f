internal import Foundation
internal import WhenceLoader
internal import WhenceRendering

/// Which input a run reads, so that it is resumed on the same and on no other.
///
/// It has to be known before the first row, and an input may be larger than what can be read in passing. Up to 64 MiB
/// everything is hashed, of a larger input the first and the last MiB of each file. Where it changed between them, the
/// rows that were done tell: ``AnnotationOutput/Position/pass(_:)`` holds each against what is read now.
public struct InputIdentity: Sendable, Hashable, Codable {
    /// The path as it was given.
    public var path: String
    /// How many files there are: 1, or those of a folder.
    public var fileCount: Int
    /// The bytes of all files, packed as they are.
    public var byteCount: Int
    /// SHA-256, as lower-case hexadecimal: of the file's bytes, or of its first and last MiB; of a folder, of the
    /// names and sizes of its files and of the same of each.
    public var sha256: String

    /// Up to this, everything is hashed: a tenth of a second.
    private static let wholeLimit = 1 << 26
    private static let sampleSize = 1 << 20

    /// Makes an identity of what is known; every field is as documented above.
    init(path: String, fileCount: Int, byteCount: Int, sha256: String) {
        self.path = path
        self.fileCount = fileCount
        self.byteCount = byteCount
        self.sha256 = sha256
    }

    /// Looks at an input.
    ///
    /// - Parameter path: a file, or a folder of text files.
    /// - Returns: `nil` for the standard input (`-`), pipes and devices, which can be read only once.
    /// - Throws: `AnnotationError.missing`, `.unreadable`.
    public init?(path: String) throws(AnnotationError) {
        guard path != "-" else { return nil }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw .missing(path: path)
        }
        let names = isFolder.boolValue ? try FolderTexts.names(in: path) : [""]
        var files: [File] = []
        for name in names {
            let file = try File(FolderListing.join(path, name), name: name)
            guard file.isRegular else { return nil }
            files.append(file)
        }
        self.path = path
        fileCount = files.count
        byteCount = files.reduce(0) { $0 + $1.size }
        let isWhole = byteCount <= Self.wholeLimit
        do throws(LoaderError) {
            let digest = try RunningDigest(path: path)
            for file in files {
                if isFolder.boolValue {
                    try digest.update(Data("\(file.name)\u{0}\(file.size)\u{0}".utf8))
                }
                try file.update(digest, sampling: isWhole ? nil : Self.sampleSize)
            }
            sha256 = try digest.finish()
        } catch {
            throw .unreadable(path: path, reason: "\(error)")
        }
    }

    /// What differs from another identity, a clause each; nothing if the inputs are the same.
    ///
    /// The paths may differ: a file that was moved is the same input.
    public func differences(from other: InputIdentity) -> [String] {
        var differences: [String] = []
        if fileCount != other.fileCount {
            differences.append(
                "the input had \(NumberWording.count(other.fileCount, "file")) and has \(fileCount) now")
        }
        if byteCount != other.byteCount {
            differences.append(
                "the input had \(NumberWording.count(other.byteCount, "byte")) and has \(byteCount) now")
        }
        if differences.isEmpty, sha256 != other.sha256 {
            differences.append("the input has the same length, but another content")
        }
        return differences
    }

    /// A file as the system describes it.
    private struct File {
        let path: String
        let name: String
        let size: Int
        let isRegular: Bool

        init(_ path: String, name: String) throws(AnnotationError) {
            self.path = path
            self.name = name
            var status = stat()
            guard stat(path, &status) == 0 else {
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
            size = Int(status.st_size)
            isRegular = status.st_mode & S_IFMT == S_IFREG
        }

        /// Takes in the file, or as many bytes of its start and of its end as a sample has.
        func update(_ digest: RunningDigest, sampling sample: Int?) throws(LoaderError) {
            do {
                let handle = try FileHandle(forReadingFrom: URL(filePath: path))
                defer { try? handle.close() }
                if let sample, size > 2 * sample {
                    try update(digest, from: handle, count: sample)
                    try handle.seek(toOffset: UInt64(size - sample))
                    try update(digest, from: handle, count: sample)
                } else {
                    try update(digest, from: handle, count: size)
                }
            } catch let error as LoaderError {
                throw error
            } catch {
                throw .unreadable(path: path, reason: error.localizedDescription)
            }
        }

        private func update(_ digest: RunningDigest, from handle: FileHandle, count: Int) throws {
            var left = count
            while left > 0, let block = try handle.read(upToCount: min(left, 1 << 20)), !block.isEmpty {
                try digest.update(block)
                left -= block.count
            }
        }
    }
}
