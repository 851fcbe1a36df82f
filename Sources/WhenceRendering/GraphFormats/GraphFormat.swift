/// The formats of a graph that are read and written.
public enum GraphFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// `whence.graph/1`.
    case json
    /// The text that Tetrad saves and causal-learn reads.
    case tetrad
    /// Graphviz.
    case dot
    /// GraphML, for NetworkX, igraph, yEd, Gephi.
    case graphml
    /// NetworkX's node-link JSON.
    case nodeLink = "node-link"
    /// pcalg's matrix of type `amat.pag`, as CSV.
    case pcalg
    /// pcalg's matrix of type `amat.cpdag`, as CSV.
    case pcalgCPDAG = "pcalg-cpdag"
    /// causal-learn's `GeneralGraph.graph`, as CSV.
    case causalLearn = "causal-learn"
    /// A DAG with latent and selection variables, as `discover --oracle` takes it.
    case dag
    /// An arc diagram; written only.
    case svg

    /// Whether a graph can be read from it.
    public var isReadable: Bool { self != .svg }
}

extension NamedGraph {
    /// Reads a graph.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - format: what the file holds; `GraphFormat.guess` tells where it can be told.
    ///   - path: the file's name, for errors.
    /// - Throws: `RenderingError.graphFile`, with the place of what is wrong.
    public init(reading text: String, as format: GraphFormat, from path: String) throws(RenderingError) {
        switch format {
        case .json: self = try GraphJSON.read(text, from: path)
        case .tetrad: self = try TetradReader.read(text, from: path)
        case .dot: self = try DOTReader.read(text, from: path)
        case .graphml: self = try GraphMLReader.read(text, from: path)
        case .nodeLink: self = try NodeLinkJSON.read(text, from: path)
        case .pcalg: self = try MarkMatrix.pcalg.read(text, from: path)
        case .pcalgCPDAG: self = try PatternMatrix.read(text, from: path)
        case .causalLearn: self = try MarkMatrix.causalLearn.read(text, from: path)
        case .dag: self = try DAGJSON.read(text, from: path)
        case .svg: throw .graphFile(path: path, place: nil, problem: "a picture holds no graph to read")
        }
    }

    /// Writes the graph; what is written reads back as the same graph, but for what the format cannot hold of
    /// the edges' trust.
    ///
    /// - Throws: `RenderingError.unwritable` where the format cannot hold the names, the roles, or an edge.
    public func text(as format: GraphFormat) throws(RenderingError) -> String {
        switch format {
        case .json: try GraphJSON.write(self)
        case .tetrad: TetradWriter.write(self)
        case .dot: try dot()
        case .graphml: try graphML()
        case .nodeLink: try NodeLinkJSON.write(self)
        case .pcalg: try MarkMatrix.pcalg.write(self)
        case .pcalgCPDAG: try PatternMatrix.write(self)
        case .causalLearn: try MarkMatrix.causalLearn.write(self)
        case .dag: try DAGJSON.write(self)
        case .svg: svg()
        }
    }
}
