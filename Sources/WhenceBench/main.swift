import Foundation

/// The sections, by the first argument.
private let sections: [String: ([String]) async throws -> Void] = [
    "annotation": AnnotationBenchmark.run,
    "discovery": DiscoveryBenchmark.run,
    "inference": InferenceBenchmark.run,
    "laboratory": LaboratoryBenchmark.run,
]

#if DEBUG
    FileHandle.standardError.write(
        Data("WhenceBench measures optimised code only: swift run -c release WhenceBench\n".utf8))
    exit(64)
#else
    do {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard let name = arguments.first, let section = sections[name] else {
            throw UsageError(
                problem: "Name a section: \(sections.keys.sorted().joined(separator: ", ")).")
        }
        try await section(Array(arguments.dropFirst()))
    } catch {
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        exit(error is UsageError ? 64 : 1)
    }
#endif
