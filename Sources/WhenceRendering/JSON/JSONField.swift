/// A field of a JSON object whose value is JSON already, so that it is written as it was read.
public struct JSONField: Sendable, Hashable {
    /// The field's name, not yet escaped.
    public var name: String
    /// Its value: one complete JSON value, without line breaks.
    public var json: String

    /// Makes a field.
    public init(name: String, json: String) {
        self.name = name
        self.json = json
    }
}
