internal import Foundation
public import WhenceExplanation
internal import WhenceRendering

/// Everything that determines the bytes of an output: a run goes on only where another with the same identity stopped.
public struct RunIdentity: Sendable, Hashable, Codable {
    /// The version of Whence.
    public var version: String
    /// What the rows are annotated with.
    public var task: AnnotationTask
    /// The model.
    public var model: ModelIdentity
    /// The settings in force, as JSON, with their digest.
    public var settings: String
    /// How much is written.
    public var detail: AnnotationDetail
    /// The data set; `nil` for what can be read only once. Whether that is the same again shows in the rows that were
    /// done: see ``AnnotationOutput/Position/pass(_:)``.
    public var input: InputIdentity?
    /// All else that the output depends on, such as the field that is asked about and how texts are cut: names that
    /// follow “the” in a sentence, and values.
    public var options: [String: String]
    /// Which part of the data set is annotated, as `3/16`; `nil` for all of it.
    public var shard: String?
    /// The names of the files that are written; filled in by ``AnnotationOutput``.
    public internal(set) var outputs: [String] = []

    /// Makes an identity; every parameter is as the property of its name.
    ///
    /// - Throws: `AnnotationError.format` for settings that JSON cannot hold.
    public init(
        version: String, task: AnnotationTask, model: ModelIdentity, settings: ExplanationSettings,
        detail: AnnotationDetail, input: InputIdentity?, options: [String: String] = [:], shard: String? = nil
    ) throws(AnnotationError) {
        (self.version, self.task, self.model) = (version, task, model)
        (self.detail, self.input, self.options, self.shard) = (detail, input, options, shard)
        var json = JSONBytes()
        do { try json.settings(settings) } catch { throw .format(path: "the settings", reason: "\(error).") }
        self.settings = String(decoding: json.bytes, as: UTF8.self)
    }

    /// What differs from the run that was begun: one clause a difference, which says what it was and what it is now.
    ///
    /// - Parameter besidesInput: whether the inputs may differ.
    public func differences(from then: RunIdentity, besidesInput: Bool = false) -> [String] {
        var list: [String] = []
        func compare(_ name: String, _ then: String?, _ now: String?) {
            guard then != now else { return }
            list.append("the \(name) was \(then ?? "not given") and is \(now ?? "not given") now")
        }
        compare("version of Whence", then.version, version)
        compare("task", then.task.rawValue, task.rawValue)
        compare("model's weights (SHA-256)", then.model.sha256, model.sha256)
        compare("model's name", then.model.name, model.name)
        compare("model's precision", then.model.precision, model.precision)
        compare("model's family", then.model.family, model.family)
        compare("detail", then.detail.rawValue, detail.rawValue)
        compare("shard", then.shard, shard)
        if !besidesInput { list += inputDifferences(from: then) }
        compare("list of outputs", then.outputs.joined(separator: ", "), outputs.joined(separator: ", "))
        compareAll("setting ", Self.fields(then.settings), Self.fields(settings), compare)
        compareAll("", then.options, options, compare)
        // The same input may lie in another place by now.
        var (old, new) = (then, self)
        (old.input, new.input) = (nil, nil)
        if list.isEmpty, old != new { list.append("the settings are written in another way") }
        return list
    }

    private func inputDifferences(from then: RunIdentity) -> [String] {
        switch (then.input, input) {
        case (nil, nil): []
        case (let old?, let new?): new.differences(from: old)
        case (nil, _?): ["the input was a stream and is a file now"]
        case (_?, nil): ["the input was a file and is a stream now"]
        }
    }

    private func compareAll(
        _ prefix: String, _ then: [String: String], _ now: [String: String],
        _ compare: (String, String?, String?) -> Void
    ) {
        for name in Set(then.keys).union(now.keys).sorted() { compare(prefix + name, then[name], now[name]) }
    }

    /// The settings by name; their digest says nothing to a person.
    private static func fields(_ json: String) -> [String: String] {
        guard let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any] else {
            return [:]
        }
        return object.filter { $0.key != "hash" }.mapValues { $0 is NSNull ? "automatic" : "\($0)" }
    }
}
