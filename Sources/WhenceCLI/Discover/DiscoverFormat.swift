import ArgumentParser
import Whence

/// What a found graph is written as: text for a person, or a format of graphs that can hold circles.
enum DiscoverFormat: ExpressibleByArgument {
    case text
    case graph(GraphFormat)

    init?(argument: String) {
        if argument == "text" {
            self = .text
        } else if let format = GraphFormat(rawValue: argument), format != .dag {
            self = .graph(format)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] {
        ["text"] + GraphFormat.allCases.filter { $0 != .dag }.map(\.rawValue)
    }

    var defaultValueDescription: String {
        switch self {
        case .text: "text"
        case .graph(let format): format.rawValue
        }
    }

    /// Writes a graph.
    ///
    /// - Parameter hasTrust: whether text says of every edge how far it can be trusted.
    /// - Throws: `RenderingError` where the format cannot hold the names or the edges.
    func text(of graph: DiscoveredGraph, hasTrust: Bool) throws -> String {
        switch self {
        case .text: graph.text(hasTrust: hasTrust)
        case .graph(.json): try graph.json()
        case .graph(let format): try NamedGraph(graph).text(as: format)
        }
    }
}
