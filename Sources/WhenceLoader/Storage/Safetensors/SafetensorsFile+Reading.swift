internal import WhenceTensor

extension SafetensorsFile {
    /// Where the elements of a tensor lie; never `nil`.
    func elements(of tensor: StoredTensor) throws(LoaderError) -> StoredElements? {
        guard let offset = header.offsets[tensor] else { throw .changed(tensor) }
        guard tensor.elementType.isFloatingPoint else {
            throw .invalid(
                path: path, place: quoted(tensor.name), expected: "floating-point weights",
                found: tensor.elementType.rawValue, hint: "Save the weights as float32, float16 or bfloat16.")
        }
        return StoredElements(file: file, tensor: tensor, offset: offset)
    }

    /// All elements of a tensor as float32.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor {
        guard let elements = try elements(of: tensor) else {
            return Tensor(shape: tensor.shape, elements: [])
        }
        return try elements.read()
    }
}
