/// How far a causal-discovery run got, and so what its graph means.
///
/// Encoded as the word `complete` or `skeleton`, or as `anytime r` with the number.
public enum DiscoveryStatus: Sendable, Hashable {
    /// Every stage ran to its end, orientation included.
    case complete
    /// Ended by a bound after all conditioning sets below size `r`: sound, but edges may remain that a larger
    /// set would remove.
    ///
    /// Every edge was tested against every set below size `r` that the algorithm prescribes; some edges may also
    /// have been tested, and removed, with larger sets. Marks are those that follow from the sets below size `r`
    /// (Spirtes 2001, *An anytime algorithm for causal inference*). Where only the orientation was cut off,
    /// or the tests of the conservative collider rule (`DiscoveryResult.stoppedIn`), `r` is above every size there was
    /// to test.
    case anytime(r: Int)
    /// Ended by a bound before the skeleton was done: a superset of the adjacencies, every mark still a circle.
    case skeleton
}

extension DiscoveryStatus: LosslessStringConvertible, Codable {
    /// `complete`, `skeleton`, or `anytime r` with the number.
    public var description: String {
        switch self {
        case .complete: "complete"
        case .anytime(let r): "anytime \(r)"
        case .skeleton: "skeleton"
        }
    }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(_ description: String) {
        let words = description.split(separator: " ")
        switch (words.first, words.count) {
        case ("complete", 1): self = .complete
        case ("skeleton", 1): self = .skeleton
        case ("anytime", 2):
            guard let r = Int(words[1]), r >= 0 else { return nil }
            self = .anytime(r: r)
        default: return nil
        }
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let status = DiscoveryStatus(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "\"\(text)\" is no status of a discovery run")
        }
        self = status
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
