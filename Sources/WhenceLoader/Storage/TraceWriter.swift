internal import CHDF5
internal import Foundation
public import WhenceTensor

/// Writes what the deepest layer saw, one group an input, as HDF5.
///
/// Everything goes to a temporary file beside the destination, which `finish()` renames into place; without it
/// nothing appears at the destination, and the temporary file goes with the writer.
public final class TraceWriter {
    /// Where the file will lie.
    public let path: String
    /// The number of inputs written so far, which is the name of the next group.
    public private(set) var count = 0

    private let temporary: TemporaryFile
    private var file: HDF5Output?

    /// Begins a file.
    ///
    /// - Parameter precision: how the model's dense layers were kept; attribute `precision` of the file.
    /// - Throws: `unwritable` if the folder does not take one.
    public init(_ path: String, precision: Precision = .float32) throws(LoaderError) {
        self.path = path
        temporary = try TemporaryFile(forHDF5: path)
        let file = try HDF5Output(creating: temporary.path, for: path)
        try file.write(precision.rawValue, attribute: "precision")
        self.file = file
    }

    /// Appends one input as the group `/<count>`.
    ///
    /// - Parameters:
    ///   - text: the input; attribute `text`.
    ///   - pieces: the vocabulary's spelling of each token; attribute `pieces`, `n` strings. A NUL in one is
    ///     written as the picture of it, `␀`, because HDF5's strings end there.
    ///   - tokenIDs: dataset `token_ids`, int32 `[n]`.
    ///   - offsets: UTF-8 byte offsets into the text; dataset `offsets`, int64 `[n, 2]`, -1 and -1 for a token
    ///     that stands for no text.
    ///   - logits: dataset `logits`, float32 `[labels]`.
    ///   - attention: dataset `attention`, float32 `[heads, n, n]`, of the deepest layer.
    ///   - values: dataset `values`, float32 `[n, hidden]`, the value vectors that enter that attention.
    ///   - context: dataset `context`, float32 `[n, hidden]`, its output before the output projection.
    ///   - hidden: dataset `hidden`, float32 `[n, hidden]`, the last hidden state.
    /// - Precondition: `finish()` was not called; as many pieces, ids and offsets.
    /// - Throws: `unwritable`.
    public func append(
        text: String, pieces: [String], tokenIDs: [Int], offsets: [Range<Int>?], logits: Tensor,
        attention: Tensor, values: Tensor, context: Tensor, hidden: Tensor
    ) throws(LoaderError) {
        guard let file else { preconditionFailure("a trace was appended to a finished file") }
        precondition(
            pieces.count == tokenIDs.count && offsets.count == tokenIDs.count,
            "\(tokenIDs.count) ids, \(pieces.count) pieces, \(offsets.count) offsets")
        let group = try file.group("\(count)")
        try file.write(text, attribute: "text", of: group)
        try file.write(pieces, attribute: "pieces", of: group)
        let bounds = offsets.flatMap { [Int64($0?.lowerBound ?? -1), Int64($0?.upperBound ?? -1)] }
        try tokenIDs.map { Int32(clamping: $0) }.withUnsafeBufferPointer { ids throws(LoaderError) in
            try file.write(
                ids, shape: [ids.count], type: \.native_int32, as: "token_ids", in: group)
        }
        try bounds.withUnsafeBufferPointer { bounds throws(LoaderError) in
            try file.write(
                bounds, shape: [offsets.count, 2], type: \.native_int64, as: "offsets", in: group)
        }
        let tensors = [
            ("logits", logits), ("attention", attention), ("values", values), ("context", context),
            ("hidden", hidden),
        ]
        for (name, tensor) in tensors {
            try tensor.withUnsafeBufferPointer { elements throws(LoaderError) in
                try file.write(
                    elements, shape: tensor.shape, type: \.native_float, as: name, in: group)
            }
        }
        count += 1
    }

    /// Completes the file and puts it in place of whatever was at the destination.
    ///
    /// - Precondition: it was not called before.
    /// - Throws: `unwritable`; the destination is then as it was.
    public func finish() throws(LoaderError) {
        guard let file else { preconditionFailure("a file was finished twice") }
        try file.flush()
        self.file = nil
        try temporary.commit(as: path)
    }
}
