internal import WhenceTensor

extension SafetensorsFile {
    /// All elements of a tensor as float32.
    func read(_ tensor: StoredTensor) throws(LoaderError) -> Tensor {
        guard let offset = header.offsets[tensor] else { throw .changed(tensor) }
        guard tensor.elementType.isFloatingPoint else {
            throw .invalid(
                path: path, place: quoted(tensor.name), expected: "floating-point weights",
                found: tensor.elementType.rawValue, hint: "Save the weights as float32, float16 or bfloat16.")
        }
        return try file.readElements(of: tensor, at: offset)
    }
}
