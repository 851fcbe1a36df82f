import Whence

/// A file of background knowledge.
enum KnowledgeArgument {
    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: `-` is the standard input.
    ///   - names: The name of every node.
    /// - Throws: `AnnotationError` with the line that is not understood or names an unknown variable,
    ///   `DiscoverInputError` where statements contradict each other.
    static func read(_ path: String, about names: [String]) throws -> BackgroundKnowledge {
        let text = try TextFile.read(path)
        let name = path == "-" ? "standard input" : path
        do {
            return try KnowledgeFile(text).knowledge(about: names)
        } catch DiscoveryError.knowledgeFile(let line, let problem) {
            throw AnnotationError.line(path: name, line: line, reason: problem + ".")
        } catch let error as DiscoveryError {
            throw DiscoverInputError(path: name, reason: "\(error)")
        }
    }
}
