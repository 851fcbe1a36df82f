import Testing
import WhenceDiscovery

/// An algorithm that finds *the* partial ancestral graph when an oracle answers; a further one is a line in `all`.
struct CompleteAlgorithm: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var make: @Sendable (DiscoveryOptions) -> any DiscoveryAlgorithm

    static let all = [
        CompleteAlgorithm(testDescription: "FCI") { FCI(options: $0) },
        CompleteAlgorithm(testDescription: "ICD") { ICD(options: $0) },
    ]
}
