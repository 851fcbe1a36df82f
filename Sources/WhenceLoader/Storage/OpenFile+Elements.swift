internal import WhenceTensor

extension OpenFile {
    /// The elements of a tensor that lie one behind the other, as float32.
    ///
    /// Little-endian float32 goes from the file into the tensor's memory without a copy between; other types are
    /// converted block by block.
    /// - Precondition: `tensor` is of a floating-point type.
    /// - Throws: `unreadable`, or `invalid` if the file ends before.
    func readElements(
        of tensor: StoredTensor, at offset: Int, isBigEndian: Bool = false
    ) throws(LoaderError) -> Tensor {
        try Tensor(shape: tensor.shape) { elements throws(LoaderError) in
            let place = quoted(tensor.name)
            if tensor.elementType == .float32, !isBigEndian {
                return try read(at: offset, into: UnsafeMutableRawBufferPointer(elements), place: place)
            }
            let blockSize = 1 << 18
            let elementSize = tensor.byteCount / max(elements.count, 1)
            for start in stride(from: 0, to: elements.count, by: blockSize) {
                let count = min(blockSize, elements.count - start)
                let block = try bytes(
                    at: offset + start * elementSize, count: count * elementSize, place: place)
                FloatConversion.widen(
                    block, from: tensor.elementType, isBigEndian: isBigEndian,
                    into: UnsafeMutableBufferPointer(rebasing: elements[start..<start + count]))
            }
        }
    }
}
