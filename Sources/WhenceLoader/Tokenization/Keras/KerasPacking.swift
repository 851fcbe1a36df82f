/// How a preset's preprocessor cuts texts that are too long: `preprocessor.json`.
///
/// - Note: `MultiSegmentPacker` of keras-hub 0.19.3, over TensorFlow Text's trimmers.
struct KerasPacking: Sendable {
    /// The most tokens of an input, template included; `nil` when no preprocessor was saved.
    let bound: Int?
    /// Who loses tokens when two texts do not fit.
    let truncation: PairTruncation

    /// Reads the preprocessor of a preset; presets of a bare backbone have none.
    ///
    /// - Throws: `LoaderError` when the file is damaged or names another way of cutting.
    init(preset path: String) throws(LoaderError) {
        let file = path + "/preprocessor.json"
        guard let object = try TokenizerJSON.object(at: file),
            let options = try FastComponent(object, path: file).optional("config")
        else {
            (bound, truncation) = (nil, .roundRobin)
            return
        }
        bound = try options.id("sequence_length")
        switch try options.text("truncate") {
        case nil, "round_robin": truncation = .roundRobin
        case "waterfall": truncation = .firstFirst
        case .some(let name):
            throw options.unsupported("the truncation \(quoted(name))", known: ["round_robin", "waterfall"])
        }
    }
}
