public import Foundation

/// The program `whence` that was built together with these tests.
public enum BuiltProgram {
    /// What a run left behind.
    public struct Result: Sendable {
        /// The exit code; 128 plus the signal's number if a signal ended the program.
        public var status: Int32
        /// The standard output.
        public var output: String
        /// The standard error.
        public var error: String
    }

    /// The program's file, in the folder of the running test program.
    public static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "whence")

    /// Runs the program.
    ///
    /// - Parameters:
    ///   - arguments: its arguments.
    ///   - input: its standard input.
    ///   - environment: variables on top of those of the tests.
    public static func run(
        _ arguments: [String], input: Data = Data(), environment: [String: String] = [:]
    ) throws -> Result {
        let process = Process()
        process.executableURL = path
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let folder = try TemporaryFolder()
        let (inputFile, outputFile, errorFile) = (folder / "in", folder / "out", folder / "err")
        try input.write(to: inputFile)
        for file in [outputFile, errorFile] { try Data().write(to: file) }
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        return Result(
            status: process.terminationStatus + signal,
            output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
            error: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
    }
}

/// A new folder that goes away with its last reference.
public final class TemporaryFolder: Sendable {
    /// Where it lies.
    public let url: URL

    /// Makes an empty folder.
    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "whence-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// A path inside the folder.
    public static func / (folder: TemporaryFolder, name: String) -> URL { folder.url.appending(path: name) }
}
