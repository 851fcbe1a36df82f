import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceLoader

/// The frozen vocabularies, and what the reference libraries make of the frozen texts.
enum TokenizerFixtures {
    /// One setting of a folder's tokenizer.
    struct Case: Decodable {
        var settings: [String: TokenizerJSON]
        /// `texts.json` where the case has none of its own.
        var texts: [String]?
        var ids: [[Int]]
        var pieces: [[String]]?
    }

    /// What the sentencepiece library makes of some texts.
    struct Cuts: Decodable {
        var texts: [String]
        var ids: [[Int]]
        var pieces: [[String]]
    }

    static let root = Repository.fixture("tokenizers")

    static func texts() throws -> [String] {
        try decode([String].self, "texts.json")
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ file: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(contentsOf: root.appending(path: file)))
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: file)))
    }

    static func tokenizer(_ folder: String) throws -> any Tokenizer {
        let family: ModelFamily = folder == "albert" ? .albert : .bert
        return try makeTokenizer(
            folder: root.appending(path: folder).path, family: family, vocabularySize: nil)
    }

    static func smallModel(
        _ name: String, sums: SentencePieceUnigram.Sums = .single
    ) throws -> SentencePieceModel {
        try SentencePieceModel(bytes("small/\(name).model"), path: "small/\(name).model", sums: sums)
    }

    static func smallTokenizer(_ name: String) throws -> any Tokenizer {
        SentencePieceTokenizer(
            model: try smallModel(name), rules: .plain(TokenizerSettings()), settings: TokenizerSettings())
    }

    /// Calls `body` with a folder that holds these files, and removes it afterwards.
    static func withFolder<Result>(
        _ files: [String: [UInt8]], _ body: (String) throws -> Result
    ) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "whence-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
        return try body(folder.path)
    }
}

/// A tokenizer and how to get it, for tests that want all of them.
struct NamedTokenizer: Sendable, CustomTestStringConvertible {
    var name: String
    var make: @Sendable () throws -> any Tokenizer
    var testDescription: String { name }

    static let all: [NamedTokenizer] =
        ["albert", "bert", "bert-cased"].map { name in
            NamedTokenizer(name: name) { try TokenizerFixtures.tokenizer(name) }
        }
        + ["bpe", "bytes", "rules", "suffix"].map { name in
            NamedTokenizer(name: name) { try TokenizerFixtures.smallTokenizer(name) }
        }
}
