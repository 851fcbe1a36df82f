internal import Foundation
internal import WhenceTensor

extension SafetensorsFile {
    /// All elements of a tensor as float32.
    ///
    /// float32 goes from the file into the tensor's memory without a copy between; other types are converted
    /// block by block.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor {
        guard let offset = header.offsets[tensor.name] else {
            preconditionFailure("\(tensor.name) is not among the file's tensors")
        }
        guard tensor.elementType.isFloatingPoint else {
            throw .invalid(
                path: path, place: quoted(tensor.name), expected: "floating-point weights",
                found: tensor.elementType.rawValue, hint: "Save the weights as float32, float16 or bfloat16.")
        }
        return try Tensor(shape: tensor.shape) { elements throws(LoaderError) in
            switch tensor.elementType {
            case .float16, .bfloat16:
                try convert(tensor, at: offset, into: elements) { (patterns: [UInt16], target) in
                    HalfPrecision.widen(patterns, isBrain: tensor.elementType == .bfloat16, into: target)
                }
            case .float64:
                try convert(tensor, at: offset, into: elements) { (values: [Double], target) in
                    for (index, value) in values.enumerated() { target[index] = Float(value) }
                }
            default:
                try Self.read(
                    descriptor, at: offset, into: UnsafeMutableRawBufferPointer(elements), path: path,
                    place: quoted(tensor.name))
            }
        }
    }

    /// Reads elements of another type in blocks and converts each.
    private func convert<Element>(
        _ tensor: StoredTensor, at offset: Int, into elements: UnsafeMutableBufferPointer<Float>,
        _ widen: ([Element], UnsafeMutableBufferPointer<Float>) -> Void
    ) throws(LoaderError) {
        let blockSize = 1 << 18
        let elementSize = MemoryLayout<Element>.size
        for start in stride(from: 0, to: elements.count, by: blockSize) {
            let count = min(blockSize, elements.count - start)
            let block = try [Element](unsafeUninitializedCapacity: count) {
                buffer, filled throws(LoaderError) in
                try Self.read(
                    descriptor, at: offset + start * elementSize,
                    into: UnsafeMutableRawBufferPointer(
                        start: buffer.baseAddress, count: count * elementSize),
                    path: path, place: quoted(tensor.name))
                filled = count
            }
            widen(block, UnsafeMutableBufferPointer(rebasing: elements[start..<start + count]))
        }
    }
}
