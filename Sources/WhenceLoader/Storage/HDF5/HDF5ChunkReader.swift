internal import WhenceTensor

/// Puts a dataset together from its chunks.
struct HDF5ChunkReader {
    private let dataset: HDF5Dataset
    private let plan: HDF5ChunkPlan
    private let file: OpenFile
    private let format: HDF5Format
    private let index: HDF5ChunkIndex
    private var shape: [Int] { dataset.space.shape }

    /// Deflate shrinks nothing by more than 1,032 : 1 (RFC 1951: 258 bytes from two bits).
    private static let deflateLimit = 1_032

    /// - Throws: `invalid` for chunks that are not those of the dataset's shape and type.
    init(
        _ dataset: HDF5Dataset, _ plan: HDF5ChunkPlan, _ metadata: HDF5Metadata
    ) throws(LoaderError) {
        (self.dataset, self.plan, file, format) = (dataset, plan, metadata.file, metadata.format)
        let shape = dataset.space.shape
        guard plan.extents.count == shape.count, !shape.isEmpty, plan.elementSize == dataset.type.size else {
            throw metadata.format.damaged(
                "chunks",
                expected: "\(shape.count) axes and elements of \(dataset.type.size) bytes",
                found: "\(plan.extents.count) axes and \(plan.elementSize) bytes")
        }
        index = HDF5ChunkIndex(plan, dataset.space, metadata)
    }

    /// How many chunks the shape asks for.
    var chunkCount: Int { index.grid.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue } }

    /// All elements as float32.
    func assembled() throws(LoaderError) -> Tensor {
        let chunks = try honestChunks()
        return try Tensor(shape: shape, orThrow: LoaderError.memory) { elements throws(LoaderError) in
            if dataset.elementType == .float32, !dataset.type.isBigEndian {
                return try fill(UnsafeMutableRawBufferPointer(elements), from: chunks)
            }
            let bytes = try [UInt8](unsafeUninitializedCapacity: dataset.byteCount) {
                buffer, count throws(LoaderError) in
                try fill(
                    UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: dataset.byteCount),
                    from: chunks)
                count = dataset.byteCount
            }
            FloatConversion.widen(
                bytes, from: dataset.elementType, isBigEndian: dataset.type.isBigEndian, into: elements)
        }
    }

    /// The chunks that were written, in the order of their numbers, after making sure that they are what the dataset
    /// claims; that all are there if they are as many as `chunkCount`.
    func honestChunks() throws(LoaderError) -> [HDF5Chunk] {
        for case .unknown(let number, let name) in dataset.filters {
            throw LoaderError.invalid(
                path: file.path, place: "filters", expected: "deflate, shuffle or fletcher32",
                found: "filter \(number) \(quoted(name, limit: 64))",
                hint: "Save the weights again without compression, or with gzip.")
        }
        var chunks = try index.chunks()
        let stored = chunks.reduce(0) { total, chunk in
            let (sum, overflow) = total.addingReportingOverflow(chunk.byteCount)
            return overflow ? .max : sum
        }
        let ratio = dataset.filters.isEmpty ? 1 : Self.deflateLimit
        let isWhole = chunks.count == chunkCount
        guard stored <= file.byteCount,
            !isWhole || max(plan.byteCount, dataset.byteCount) / ratio <= stored
        else { throw dataset.tooShort(stored: stored, format) }
        chunks.sort { $0.number < $1.number }
        for (chunk, next) in zip(chunks, chunks.dropFirst()) where chunk.number == next.number {
            throw format.damaged(
                "chunks", expected: "each chunk of a grid of \(index.grid) once",
                found: "chunk \(chunk.number) twice")
        }
        for chunk in chunks {
            guard chunk.byteCount <= file.byteCount - chunk.offset,
                plan.byteCount / Self.deflateLimit <= chunk.byteCount
            else {
                throw format.damaged(
                    "chunk \(chunk.number)",
                    expected: "a chunk of \(counted(plan.byteCount, "byte")) within the file",
                    found: "\(counted(chunk.byteCount, "byte")) at byte \(chunk.offset)")
            }
        }
        return chunks
    }

    // MARK: - Elements

    private func fill(
        _ target: UnsafeMutableRawBufferPointer, from chunks: [HDF5Chunk]
    ) throws(LoaderError) {
        if chunks.count < chunkCount { dataset.fill.write(over: target) }
        for chunk in chunks {
            var rest = chunk.number
            var origin = [Int](repeating: 0, count: index.grid.count)
            for axis in index.grid.indices.reversed() {
                let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: index.grid[axis])
                (rest, origin[axis]) = (quotient, remainder * plan.extents[axis])
            }
            let extents = origin.indices.map { min(plan.extents[$0], shape[$0] - origin[$0]) }
            let bytes = try decoded(chunk, isWhole: extents == plan.extents)
            copy(bytes, at: origin, extents, into: target)
        }
    }

    private func decoded(_ chunk: HDF5Chunk, isWhole: Bool) throws(LoaderError) -> [UInt8] {
        var bytes = try file.bytes(
            at: chunk.offset, count: chunk.byteCount, place: "chunk \(chunk.number)")
        for (position, filter) in dataset.filters.enumerated().reversed()
        where chunk.skippedFilters >> position & 1 == 0 && (isWhole || !plan.leavesEdges) {
            // A checksum may stand behind the elements.
            guard let undone = filter.undone(bytes, limit: plan.byteCount + 4 * dataset.filters.count) else {
                throw format.damaged(
                    "chunk \(chunk.number) at byte \(chunk.offset)", expected: "what \(filter) makes",
                    found: "other bytes")
            }
            bytes = undone
        }
        guard bytes.count == plan.byteCount else {
            throw format.damaged(
                "chunk \(chunk.number) at byte \(chunk.offset)", expected: counted(plan.byteCount, "byte"),
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
                var (sourceStride, destinationStride) = (plan.extents[last], shape[last])
                for axis in (0..<last).reversed() {
                    let (quotient, coordinate) = rest.quotientAndRemainder(dividingBy: extents[axis])
                    rest = quotient
                    source += coordinate * sourceStride
                    destination += (origin[axis] + coordinate) * destinationStride
                    sourceStride *= plan.extents[axis]
                    destinationStride *= shape[axis]
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
