/// The datasets of a file.
struct HDF5Listing: Sendable {
    private(set) var tensors: [StoredTensor] = []
    /// What the object header of each says.
    private(set) var datasets: [StoredTensor: HDF5Dataset] = [:]

    /// No model nests deeper than a dozen groups, nor has a path near 4 KiB or a million weights.
    private static let depthLimit = 64
    private static let pathLimit = 4_096
    private static let linkLimit = 1_000_000

    private struct Group {
        var path: String
        var depth: Int
        var header: HDF5ObjectHeader
    }

    /// Walks through the groups.
    ///
    /// Each group is entered once however many links lead to it, so a cycle ends.
    /// - Throws: `invalid` for damage, nesting beyond any model's, and datasets that share bytes.
    /// - Complexity: O(bytes of structures).
    init(from root: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
        var known: [Int: HDF5Dataset?] = [root: nil]
        var extents: [Extent] = []
        var pending = [Group(path: "", depth: 0, header: try HDF5ObjectHeader(at: root, in: metadata))]
        var linkCount = 0
        while let group = pending.popLast() {
            let links: [HDF5Link]?
            do throws(LoaderError) {
                links = try group.header.links(metadata, limit: Self.linkLimit - linkCount)
            } catch {
                throw error.named(group.path + "/")
            }
            guard let links else {
                throw metadata.format.damaged("root", expected: "a group", found: "another object")
            }
            linkCount += links.count
            var groups: [Group] = []
            for link in links {
                let path = "\(group.path)/\(link.name)"
                try Self.check(path, depth: group.depth, link, metadata)
                if let object = known[link.target] {
                    if let object { add(object, path, metadata.format) }
                    continue
                }
                do throws(LoaderError) {
                    let header = try HDF5ObjectHeader(at: link.target, in: metadata)
                    let dataset = header.isGroup ? nil : try HDF5Dataset(header, metadata)
                    known[link.target] = .some(dataset)
                    if let dataset {
                        add(dataset, path, metadata.format)
                        if let extent = Extent(dataset, path) { extents.append(extent) }
                    } else if header.isGroup {
                        groups.append(Group(path: path, depth: group.depth + 1, header: header))
                    }
                } catch {
                    throw error.named(path)
                }
            }
            pending.append(contentsOf: groups.reversed())
        }
        try Extent.check(&extents, metadata.format)
    }

    private mutating func add(_ dataset: HDF5Dataset, _ path: String, _ format: HDF5Format) {
        let tensor = StoredTensor(
            file: format.path, name: path, shape: dataset.space.shape, elementType: dataset.elementType,
            byteCount: dataset.byteCount)
        datasets[tensor] = dataset
        tensors.append(tensor)
    }

    private static func check(
        _ path: String, depth: Int, _ link: HDF5Link, _ metadata: HDF5Metadata
    ) throws(LoaderError) {
        let length = path.utf8.count
        guard depth < depthLimit else {
            throw metadata.format.damaged(
                quoted(path), expected: "at most \(depthLimit) nested groups", found: "more")
        }
        guard length <= pathLimit else {
            throw metadata.format.damaged(
                quoted(path), expected: "a path of at most \(pathLimit) bytes", found: "\(length)")
        }
        // Long paths are made of few bytes by nesting.
        try metadata.spend(length, at: link.target, "paths up to the object header")
    }
}

/// Where the elements of a dataset lie one behind the other.
private struct Extent {
    var name: String
    var range: Range<Int>

    init?(_ dataset: HDF5Dataset, _ name: String) {
        guard case .contiguous(let offset?, _) = dataset.layout, dataset.byteCount > 0,
            dataset.byteCount <= Int.max - offset
        else { return nil }
        self.name = name
        range = offset..<offset + dataset.byteCount
    }

    /// Overlapping tensors would make a short file into any number of tensors.
    static func check(_ extents: inout [Extent], _ format: HDF5Format) throws(LoaderError) {
        extents.sort { ($0.range.lowerBound, $0.name) < ($1.range.lowerBound, $1.name) }
        for (extent, next) in zip(extents, extents.dropFirst()) where extent.range.overlaps(next.range) {
            throw format.damaged(
                quoted(next.name), expected: "elements of its own",
                found: "bytes that \(quoted(extent.name)) has too")
        }
    }
}
