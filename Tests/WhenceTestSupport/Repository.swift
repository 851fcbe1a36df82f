public import Foundation

/// Where the checkout that these tests were built from lies.
public enum Repository {
    /// The folder with `Package.swift`.
    public static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// A file or folder below `Tests/Fixtures`.
    public static func fixture(_ path: String) -> URL {
        root.appending(path: "Tests/Fixtures").appending(path: path)
    }
}
