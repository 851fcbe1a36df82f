public import ArgumentParser
public import Whence

extension GraphFormat: ExpressibleByArgument {
    /// Names of formats for help and messages.
    static func names(_ formats: [GraphFormat]) -> String {
        formats.map(\.rawValue).joined(separator: ", ")
    }
}

/// A format to read: help lists those that can be, and the others are refused with the reason.
struct ReadableGraphFormat: ExpressibleByArgument {
    var format: GraphFormat

    init?(argument: String) {
        guard let format = GraphFormat(rawValue: argument) else { return nil }
        self.format = format
    }

    static var allValueStrings: [String] {
        GraphFormat.allCases.filter(\.isReadable).map(\.rawValue)
    }
}

extension GraphKind: ExpressibleByArgument {}

/// A file of a graph, in any format.
enum GraphFile {
    /// Refuses a format that is only written.
    static func validate(_ format: GraphFormat?) throws {
        guard let format, !format.isReadable else { return }
        throw ValidationError(
            "No graph can be read from \(format.rawValue). "
                + "Formats that are read: \(GraphFormat.names(GraphFormat.allCases.filter(\.isReadable))).")
    }

    /// Reads a graph.
    ///
    /// - Parameters:
    ///   - path: `-` is the standard input.
    ///   - format: recognised from the text when `nil`.
    /// - Throws: `AnnotationError` for a file that cannot be read, `RenderingError` for what is wrong in it.
    static func read(_ path: String, as format: GraphFormat?) throws -> NamedGraph {
        let text = try TextFile.read(path)
        let name = path == "-" ? "standard input" : path
        return try NamedGraph(
            reading: text, as: format ?? GraphFormat.guess(text, path: name), from: name)
    }
}
