/// A dense, row-major array of `Float`, immutable once made.
///
/// Copies share one allocation; the elements are aligned to 64 bytes, as vector loads like them.
public struct Tensor: Sendable {
    /// The extent of each axis, outermost first; empty for a scalar.
    public let shape: [Int]
    private let storage: TensorStorage

    /// The number of elements: the product of `shape`.
    public var count: Int { storage.count }

    /// Makes a tensor and lets `fill` write its elements, which start at zero.
    ///
    /// For sizes that a file or a user chooses take ``init(shape:orThrow:fill:)``.
    /// - Parameters:
    ///   - shape: the extent of each axis; none is negative.
    ///   - fill: writes the elements in row-major order; its pointer is not valid after it returns.
    /// - Precondition: the system has memory for them.
    public init<Failure: Error>(
        shape: [Int], fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        guard let storage = TensorStorage(count: shape.reduce(1, *)) else {
            preconditionFailure("no memory for a tensor of \(shape)")
        }
        self.shape = shape
        self.storage = storage
        try fill(storage.elements)
    }

    /// Makes a tensor as ``init(shape:fill:)`` does, of a size that the system may have no memory for.
    ///
    /// - Parameter refusal: what is thrown then, of the number of bytes.
    /// - Throws: the refusal; what `fill` throws.
    public init<Failure: Error>(
        shape: [Int], orThrow refusal: (_ bytes: Int) -> Failure,
        fill: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
    ) throws(Failure) {
        let count = shape.reduce(1, *)
        guard let storage = TensorStorage(count: count) else {
            throw refusal(count * MemoryLayout<Float>.stride)
        }
        self.shape = shape
        self.storage = storage
        try fill(storage.elements)
    }

    /// Makes a tensor of the given elements.
    ///
    /// - Precondition: `elements.count` is the product of `shape`.
    public init(shape: [Int], elements: [Float]) {
        precondition(elements.count == shape.reduce(1, *), "element count does not match the shape \(shape)")
        self.init(shape: shape) { buffer in
            _ = buffer.update(fromContentsOf: elements)
        }
    }

    /// Calls `body` with the elements in row-major order.
    public func withUnsafeBufferPointer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(UnsafeBufferPointer(storage.elements))
    }

    /// The elements in row-major order, copied.
    public var elements: [Float] { Array(storage.elements) }

    /// The element at one index an axis.
    ///
    /// - Precondition: as many indices as axes, each within its axis.
    public subscript(_ indices: Int...) -> Float {
        precondition(
            indices.count == shape.count, "\(indices.count) indices for a tensor of \(shape.count) axes")
        var offset = 0
        for (index, extent) in zip(indices, shape) {
            precondition(index >= 0 && index < extent, "index \(index) outside an axis of \(extent)")
            offset = offset * extent + index
        }
        return storage.elements[offset]
    }

    /// The same elements under another shape.
    ///
    /// - Precondition: both shapes hold equally many elements.
    public func reshaped(to shape: [Int]) -> Tensor {
        precondition(shape.reduce(1, *) == count, "cannot reshape \(self.shape) to \(shape)")
        return Tensor(shape: shape, storage: storage)
    }

    private init(shape: [Int], storage: TensorStorage) {
        self.shape = shape
        self.storage = storage
    }
}

/// The allocation behind a tensor.
///
/// `@unchecked Sendable` holds because the elements are written only inside `Tensor.init`, before the tensor
/// that owns them exists for anyone else, and never again.
private final class TensorStorage: @unchecked Sendable {
    private let memory: FloatMemory

    var count: Int { memory.count }
    var elements: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: memory.elements, count: memory.count)
    }

    /// `nil` if the system has no memory for so many elements.
    init?(count: Int) {
        guard let memory = try? FloatMemory(count: count) else { return nil }
        self.memory = memory
    }
}
