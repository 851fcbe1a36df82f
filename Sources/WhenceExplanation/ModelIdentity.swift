internal import WhenceLoader
internal import WhenceTensor

/// Which model an explanation is about.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// Architecture, as `config.json` names it.
    public var family: String
    /// Name of the model's folder.
    public var name: String
    /// Number of weights.
    public var parameters: Int
    /// SHA-256 of the weights, hexadecimal; `nil` where the model was told by its name alone.
    public var sha256: String?
    /// How the weights were kept while the model ran: `fp32` or `int8`.
    public var precision: String

    /// What a model is told by.
    public enum Evidence: Sendable {
        /// Its family, name and size: enough to show an explanation. Annotations that are kept want more.
        case name
        /// Those and the digest of its weights, for which every byte of them is read.
        case weights
    }

    /// Makes an identity.
    public init(family: String, name: String, parameters: Int, sha256: String?, precision: String = "fp32") {
        self.precision = precision
        self.family = family
        self.name = name
        self.parameters = parameters
        self.sha256 = sha256
    }

    /// The identity of a folder's model.
    init(_ folder: ModelFolder, sha256: String?, precision: Precision) {
        self.init(
            family: folder.configuration.family.rawValue, name: folder.name,
            parameters: folder.parameterCount, sha256: sha256, precision: precision.rawValue)
    }

    /// The digest of a folder's weights, as far as it is evidence.
    static func digest(_ folder: ModelFolder, _ evidence: Evidence) throws(LoaderError) -> String? {
        evidence == .weights ? try folder.sha256() : nil
    }
}
