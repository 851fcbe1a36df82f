public import ArgumentParser
public import Whence

extension GraphFormat: ExpressibleByArgument {
    /// Names of formats for help and messages.
    static func names(_ formats: [GraphFormat]) -> String {
        formats.map(\.rawValue).joined(separator: ", ")
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
