/// The rules that turn circles into marks.
///
/// - Note: Zhang 2008, *On the completeness of orientation rules for causal discovery in the presence of latent
///   confounders and selection bias*, AIJ 172: R0 to R4 in §3, R5 to R10 in §4; Meek 1995, *Causal inference and causal
///   explanation with background knowledge*, UAI, §2.1.
public enum OrientationRule: String, Sendable, Hashable, Codable, CaseIterable {
    /// Unshielded colliders.
    case rule0 = "R0"
    /// Unshielded triples that are no collider.
    case rule1 = "R1"
    /// No directed or almost directed cycles.
    case rule2 = "R2"
    /// A non-collider between two nodes that collide elsewhere.
    case rule3 = "R3"
    /// Discriminating paths.
    case rule4 = "R4"
    /// Uncovered circle cycles.
    case rule5 = "R5"
    /// Ends beside an undirected edge.
    case rule6 = "R6"
    /// Tails carried on through unshielded triples.
    case rule7 = "R7"
    /// Ancestors through one node.
    case rule8 = "R8"
    /// Ancestors along one uncovered potentially directed path.
    case rule9 = "R9"
    /// Ancestors along one of two uncovered potentially directed paths.
    case rule10 = "R10"
    /// PC, Meek's first rule: an unshielded triple that is no collider.
    case meek1 = "Meek1"
    /// PC, Meek's second rule: no directed cycle.
    case meek2 = "Meek2"
    /// PC, Meek's third rule: a non-collider between two causes.
    case meek3 = "Meek3"
    /// PC, Meek's fourth rule, for edges that knowledge directed.
    case meek4 = "Meek4"
}

/// What put an arrowhead or a tail where it stands.
///
/// Encoded as `R0` to `R10`, `Meek1` to `Meek4`, `knowledge` or `order`.
public enum MarkOrigin: Sendable, Hashable {
    /// A rule of orientation. Where two claimed the mark, the one that set it as it stands first.
    case rule(OrientationRule)
    /// Background knowledge.
    case knowledge
    /// The causal order that ordered ICD was given.
    case order
}

extension MarkOrigin: LosslessStringConvertible, Codable {
    /// `R0` to `R10`, `Meek1` to `Meek4`, `knowledge` or `order`.
    public var description: String {
        switch self {
        case .rule(let rule): rule.rawValue
        case .knowledge: "knowledge"
        case .order: "order"
        }
    }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(_ description: String) {
        switch description {
        case "knowledge": self = .knowledge
        case "order": self = .order
        default:
            guard let rule = OrientationRule(rawValue: description) else { return nil }
            self = .rule(rule)
        }
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let origin = MarkOrigin(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no origin of a mark")
        }
        self = origin
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// What set the two marks of an edge; `nil` for a circle, and for the tails with which PC begins.
public struct EdgeOrigins: Sendable, Hashable, Codable {
    /// What set the mark at the smaller node.
    public var atA: MarkOrigin?
    /// What set the mark at the larger node.
    public var atB: MarkOrigin?

    /// Makes a pair of origins.
    public init(atA: MarkOrigin?, atB: MarkOrigin?) {
        self.atA = atA
        self.atB = atB
    }
}
