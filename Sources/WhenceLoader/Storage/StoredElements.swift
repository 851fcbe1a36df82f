internal import WhenceTensor

/// The elements of a tensor that lie one behind the other in a file.
struct StoredElements: Sendable {
    let file: OpenFile
    /// Of a floating-point type.
    let tensor: StoredTensor
    /// Where the first element lies.
    let offset: Int
    var isBigEndian = false

    /// Reads some of the elements as float32.
    ///
    /// Little-endian float32 goes from the file into its place without a copy between; other types are converted
    /// block by block.
    /// - Throws: `unreadable`, or `invalid` if the file ends before.
    func read(
        _ range: Range<Int>, into target: UnsafeMutableBufferPointer<Float>
    ) throws(LoaderError) {
        let place = quoted(tensor.name)
        let elementSize = tensor.byteCount / max(tensor.count, 1)
        if tensor.elementType == .float32, !isBigEndian {
            return try file.read(
                at: offset + range.lowerBound * elementSize,
                into: UnsafeMutableRawBufferPointer(
                    start: target.baseAddress, count: range.count * elementSize), place: place)
        }
        let blockSize = 1 << 18
        for start in stride(from: 0, to: range.count, by: blockSize) {
            let count = min(blockSize, range.count - start)
            let block = try file.bytes(
                at: offset + (range.lowerBound + start) * elementSize, count: count * elementSize,
                place: place)
            FloatConversion.widen(
                block, from: tensor.elementType, isBigEndian: isBigEndian,
                into: UnsafeMutableBufferPointer(rebasing: target[start..<start + count]))
        }
    }

    /// All elements.
    ///
    /// - Throws: as `read(_:into:)`.
    func read() throws(LoaderError) -> Tensor {
        try Tensor(shape: tensor.shape, orThrow: LoaderError.memory) { elements throws(LoaderError) in
            try read(0..<elements.count, into: elements)
        }
    }
}
