internal import Foundation
internal import WhenceExplanation

/// The settings in force, named as the command line names them, and a digest to compare them by.
struct SettingsDocument: Codable {
    var algorithm: DiscoveryAlgorithmName
    var alpha: Double
    @ExplicitNull var samples: Int?
    var estimator: CovarianceEstimator
    var heads: String
    var nodes: NodeKind
    var skipPunctuation: Bool
    @ExplicitNull var replacement: Replacement?
    @ExplicitNull var maxConditioningSize: Int?
    var maxSetSize: Int
    var exhaustiveSetSize: Int
    var allSizes: Bool
    var maxForwardPasses: Int
    @ExplicitNull var maxTests: Int?
    @ExplicitNull var timeLimit: Double?
    var selectionBias: Bool
    /// Of recommendations only.
    var topItems: Int?
    /// ``fingerprint`` of the other fields; absent while that is computed.
    var hash: String?

    init(_ settings: ExplanationSettings) {
        algorithm = settings.algorithm
        alpha = settings.alpha
        samples = settings.samples
        estimator = settings.estimator
        heads = settings.heads.description
        nodes = settings.nodes
        skipPunctuation = settings.skipPunctuation
        replacement = settings.replacement
        maxConditioningSize = settings.maximumConditioningSize
        maxSetSize = settings.maximumSetSize
        exhaustiveSetSize = settings.exhaustiveSetSize
        allSizes = settings.allSizes
        maxForwardPasses = settings.maximumForwardPasses
        maxTests = settings.maximumTests
        timeLimit = settings.timeLimit
        selectionBias = settings.selectionBias
        topItems = settings.nodes == .items ? settings.topItems : nil
        hash = fingerprint
    }

    func value() throws -> ExplanationSettings {
        var settings = ExplanationSettings()
        settings.algorithm = algorithm
        settings.alpha = alpha
        settings.samples = samples
        settings.estimator = estimator
        settings.heads = try headChoice()
        settings.nodes = nodes
        settings.skipPunctuation = skipPunctuation
        settings.replacement = replacement
        settings.maximumConditioningSize = maxConditioningSize
        settings.maximumSetSize = maxSetSize
        settings.exhaustiveSetSize = exhaustiveSetSize
        settings.allSizes = allSizes
        settings.maximumForwardPasses = maxForwardPasses
        settings.maximumTests = maxTests
        settings.timeLimit = timeLimit
        settings.selectionBias = selectionBias
        if let topItems { settings.topItems = topItems }
        return settings
    }

    /// FNV-1a (64 bit, 16 hexadecimal digits) of the one-line JSON of every field but `hash`.
    ///
    /// Two documents with equal digests were made with equal settings; it guards against mistakes, not
    /// against an adversary. Empty for settings that JSON cannot hold, which encoding then reports.
    /// - Note: Fowler, Noll, Vo; offset basis and prime as in RFC 9923.
    var fingerprint: String {
        var bare = self
        bare.hash = nil
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let bytes = try? encoder.encode(bare) else { return "" }
        var digest: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes {
            digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        let digits = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private func headChoice() throws -> HeadChoice {
        switch heads {
        case "each": return .each
        case "pooled": return .pooled
        default:
            let numbers = heads.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            guard numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
                throw RenderingError.malformed(
                    path: "settings.heads", problem: "expected each, pooled, or numbers with commas")
            }
            return .only(numbers.compactMap(\.self))
        }
    }
}
