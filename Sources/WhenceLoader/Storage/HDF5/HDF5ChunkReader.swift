internal import WhenceTensor

/// Puts a dataset together from its chunks.
struct HDF5ChunkReader {
    private let tensor: StoredTensor
    private let dataset: HDF5Dataset
    private let plan: HDF5ChunkPlan
    private let file: HDF5File
    private let index: HDF5ChunkIndex

    /// Deflate shrinks nothing by more than 1,032 : 1 (RFC 1951: 258 bytes from two bits).
    private static let deflateLimit = 1_032

    /// - Throws: `invalid` for chunks that are not those of the dataset's shape and type.
    init(
        _ tensor: StoredTensor, _ dataset: HDF5Dataset, _ plan: HDF5ChunkPlan, in file: HDF5File
    ) throws(LoaderError) {
        (self.tensor, self.dataset, self.plan, self.file) = (tensor, dataset, plan, file)
        guard plan.extents.count == tensor.shape.count, !tensor.shape.isEmpty,
            plan.elementSize == dataset.type.size
        else {
            throw file.format.damaged(
                "chunks",
                expected: "\(tensor.shape.count) axes and elements of \(dataset.type.size) bytes",
                found: "\(plan.extents.count) axes and \(plan.elementSize) bytes")
        }
        index = HDF5ChunkIndex(plan, dataset.space, HDF5Metadata(file.file, format: file.format))
    }

    /// All elements as float32.
    func assembled() throws(LoaderError) -> Tensor {
        for case .unknown(let number, let name) in dataset.filters {
            throw LoaderError.invalid(
                path: file.path, place: "filters", expected: "deflate, shuffle or fletcher32",
                found: "filter \(number) \(quoted(name, limit: 64))",
                hint: "Save the weights again without compression, or with gzip.")
        }
        let chunks = try honestChunks()
        return try Tensor(shape: tensor.shape) { elements throws(LoaderError) in
            if tensor.elementType == .float32, !dataset.type.isBigEndian {
                return try fill(UnsafeMutableRawBufferPointer(elements), from: chunks)
            }
            let bytes = try [UInt8](unsafeUninitializedCapacity: tensor.byteCount) {
                buffer, count throws(LoaderError) in
                try fill(UnsafeMutableRawBufferPointer(buffer), from: chunks)
                count = tensor.byteCount
            }
            FloatConversion.widen(
                bytes, from: tensor.elementType, isBigEndian: dataset.type.isBigEndian, into: elements)
        }
    }

    /// The chunks, after making sure that they are all there and hold what the dataset claims.
    private func honestChunks() throws(LoaderError) -> [HDF5Chunk] {
        var chunks = try index.chunks()
        let stored = chunks.reduce(0) { total, chunk in
            let (sum, overflow) = total.addingReportingOverflow(chunk.byteCount)
            return overflow ? .max : sum
        }
        let ratio = dataset.filters.isEmpty ? 1 : Self.deflateLimit
        guard stored > 0, stored <= file.byteCount,
            max(plan.byteCount, tensor.byteCount) / ratio <= stored
        else { throw file.tooShort(tensor, stored: stored) }
        chunks.sort { $0.number < $1.number }
        for (expected, chunk) in chunks.enumerated() {
            guard chunk.number == expected else { throw unmatched(chunk.number, expected: expected) }
            guard chunk.byteCount <= file.byteCount - chunk.offset,
                plan.byteCount / Self.deflateLimit <= chunk.byteCount
            else {
                throw file.format.damaged(
                    "chunk \(expected)", expected: "a chunk of \(plan.byteCount) bytes within the file",
                    found: "\(chunk.byteCount) bytes at byte \(chunk.offset)")
            }
        }
        let total = index.grid.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard chunks.count == total else { throw unmatched(total, expected: chunks.count) }
        return chunks
    }

    private func unmatched(_ number: Int, expected: Int) -> LoaderError {
        file.format.damaged(
            "chunks", expected: "chunk \(expected) of a grid of \(index.grid)",
            found: number < expected ? "chunk \(number) twice" : "none")
    }

    // MARK: - Elements

    private func fill(
        _ target: UnsafeMutableRawBufferPointer, from chunks: [HDF5Chunk]
    ) throws(LoaderError) {
        for chunk in chunks {
            var rest = chunk.number
            var origin = [Int](repeating: 0, count: index.grid.count)
            for axis in index.grid.indices.reversed() {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: index.grid[axis])
                (rest, origin[axis]) = (quotient, remainder * plan.extents[axis])
            }
            let extents = origin.indices.map { min(plan.extents[$0], tensor.shape[$0] - origin[$0]) }
            let bytes = try decoded(chunk, isWhole: extents == plan.extents)
            copy(bytes, at: origin, extents, into: target)
        }
    }

    private func decoded(_ chunk: HDF5Chunk, isWhole: Bool) throws(LoaderError) -> [UInt8] {
        var bytes = try file.file.bytes(
            at: chunk.offset, count: chunk.byteCount, place: "chunk \(chunk.number)")
        for (position, filter) in dataset.filters.enumerated().reversed()
        where chunk.skippedFilters >> position & 1 == 0 && (isWhole || !plan.leavesEdges) {
            // A checksum may stand behind the elements.
            guard let undone = filter.undone(bytes, limit: plan.byteCount + 4 * dataset.filters.count) else {
                throw file.format.damaged(
                    "chunk \(chunk.number) at byte \(chunk.offset)", expected: "what \(filter) makes",
                    found: "other bytes")
            }
            bytes = undone
        }
        guard bytes.count == plan.byteCount else {
            throw file.format.damaged(
                "chunk \(chunk.number) at byte \(chunk.offset)", expected: "\(plan.byteCount) bytes",
                found: "\(bytes.count)")
        }
        return bytes
    }

    /// Copies the part of a chunk that lies within the dataset, run by run along the last axis.
    private func copy(
        _ bytes: [UInt8], at origin: [Int], _ extents: [Int], into target: UnsafeMutableRawBufferPointer
    ) {
        let last = extents.count - 1
        let runLength = extents[last] * plan.elementSize
        let runCount = extents.dropLast().reduce(1, *)
        bytes.withUnsafeBytes { bytes in
            for run in 0..<runCount {
                var (rest, source, destination) = (run, 0, origin[last])
                var (sourceStride, destinationStride) = (plan.extents[last], tensor.shape[last])
                for axis in (0..<last).reversed() {
                    let (quotient, coordinate) = rest.quotientAndRemainder(dividingBy: extents[axis])
                    rest = quotient
                    source += coordinate * sourceStride
                    destination += (origin[axis] + coordinate) * destinationStride
                    sourceStride *= plan.extents[axis]
                    destinationStride *= tensor.shape[axis]
                }
                let start = source * plan.elementSize
                let run = UnsafeRawBufferPointer(rebasing: bytes[start..<start + runLength])
                let place = destination * plan.elementSize
                UnsafeMutableRawBufferPointer(rebasing: target[place..<place + runLength]).copyMemory(
                    from: run)
            }
        }
    }
}
