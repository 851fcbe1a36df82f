/// Which model an explanation is about.
public struct ModelIdentity: Sendable, Hashable, Codable {
    /// Architecture, as `config.json` names it.
    public var family: String
    /// Name of the model's folder.
    public var name: String
    /// Number of weights.
    public var parameters: Int
    /// SHA-256 of the weights, hexadecimal.
    public var sha256: String
    /// How the weights were kept while the model ran: `fp32` or `int8`.
    public var precision: String

    /// Makes an identity.
    public init(family: String, name: String, parameters: Int, sha256: String, precision: String = "fp32") {
        self.precision = precision
        self.family = family
        self.name = name
        self.parameters = parameters
        self.sha256 = sha256
    }
}
