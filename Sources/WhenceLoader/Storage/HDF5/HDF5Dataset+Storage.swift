extension HDF5Dataset {
    /// The pieces of the file that the elements lie in.
    struct Pieces {
        var ranges: [Range<Int>] = []
        /// Whether every element was written.
        var isWhole = true
    }

    /// Finds the pieces, none of which is read.
    ///
    /// - Throws: `invalid` for elements that lie elsewhere, went through an unknown filter, or are fewer than the
    ///   dataset claims; `unreadable`.
    func pieces(_ metadata: HDF5Metadata) throws(LoaderError) -> Pieces {
        let format = metadata.format
        guard !isExternal else {
            throw format.damaged("elements", expected: "elements in this file", found: "external files")
        }
        switch layout {
        case .other:
            throw format.damaged(
                "elements", expected: "a contiguous, compact or chunked dataset", found: "another layout")
        case _ where byteCount == 0:
            return Pieces()
        case .compact(let offset, let stored):
            return try pieces(at: offset, stored: stored, format)
        case .contiguous(let offset?, let stored):
            return try pieces(at: offset, stored: min(stored, format.byteCount - offset), format)
        case .contiguous:
            return Pieces(isWhole: false)
        case .chunked(let plan):
            let reader = try HDF5ChunkReader(self, plan, metadata)
            let chunks = try reader.honestChunks()
            return Pieces(
                ranges: chunks.map { $0.offset..<$0.offset + $0.byteCount },
                isWhole: chunks.count == reader.chunkCount)
        }
    }

    private func pieces(at offset: Int, stored: Int, _ format: HDF5Format) throws(LoaderError) -> Pieces {
        guard filters.isEmpty else {
            throw format.damaged("filters", expected: "filters in a chunked dataset only", found: "others")
        }
        guard stored >= byteCount else { throw tooShort(stored: stored, format) }
        return Pieces(ranges: [offset..<offset + byteCount])
    }

    /// The error for a dataset of which the file holds too few bytes.
    func tooShort(stored: Int, _ format: HDF5Format) -> LoaderError {
        format.damaged(
            "elements",
            expected: "\(counted(byteCount, "byte")) for shape \(space.shape) of \(elementType.rawValue)",
            found: "\(counted(stored, "byte")) in a file of \(format.byteCount)")
    }

    /// Bytes that the elements take as float32.
    var memoryByteCount: Int { byteCount / type.size * MemoryLayout<Float>.size }
}
