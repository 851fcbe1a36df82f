/// The datasets of a file.
struct HDF5Listing: Sendable {
    private(set) var tensors: [StoredTensor] = []
    /// What the object header of each says.
    private(set) var datasets: [StoredTensor: HDF5Dataset] = [:]
    /// Why those that cannot be read cannot.
    private(set) var problems: [StoredTensor: LoaderError] = [:]

    private let file: OpenFile
    private let format: HDF5Format

    /// Lists what links lead to from the root.
    ///
    /// - Throws: `invalid` for damage, nesting beyond any model's, datasets that share bytes, and names that make much
    ///   of few bytes.
    /// - Complexity: O(bytes of structures).
    init(from root: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
        (file, format) = (metadata.file, metadata.format)
        let walk = try HDF5Walk(from: root, metadata)
        var names = walk.names
        var (leadingOut, links) = ([(path: String, what: String)](), HDF5SoftLinks(walk))
        for (path, target) in walk.otherLinks {
            switch target {
            case .external(let file):
                leadingOut.append((path, "an external link to \(quoted(file))"))
            case .path(let text):
                if let found = try links.names(ofLinkAt: path, metadata) {
                    names += found
                } else {
                    leadingOut.append((path, "a soft link to \(quoted(text)), which leads nowhere"))
                }
            case .object: break
            }
        }
        try checkRepeats(names, walk.datasets)
        let found = try problems(of: walk.datasets, names, metadata)
        for (path, index) in names { add(walk.datasets[index], path, found[index]) }
        for (path, what) in leadingOut { add(link: path, what) }
    }

    private mutating func add(_ dataset: HDF5Dataset, _ path: String, _ problem: LoaderError?) {
        let tensor = StoredTensor(
            file: format.path, name: path, shape: dataset.space.shape, elementType: dataset.elementType,
            byteCount: dataset.byteCount, problem: problem?.insteadOf)
        datasets[tensor] = dataset
        problems[tensor] = problem
        tensors.append(tensor)
    }

    private mutating func add(link path: String, _ what: String) {
        let problem = format.damaged("link", expected: "weights in this file", found: what)
        let tensor = StoredTensor(
            file: format.path, name: path, shape: [0], elementType: .link, byteCount: 0,
            problem: problem.insteadOf)
        problems[tensor] = problem
        tensors.append(tensor)
    }

    // MARK: - Honesty

    /// Names cost nothing: with enough of them for one dataset, a short file would become any number of weights.
    private func checkRepeats(
        _ names: [(path: String, dataset: Int)], _ datasets: [HDF5Dataset]
    ) throws(LoaderError) {
        // Models share their embeddings; the addition is for files of few bytes.
        let limit = Listed.sum(Listed.sum(file.byteCount, file.byteCount), 1 << 20)
        var named = [Bool](repeating: false, count: datasets.count)
        var repeated = 0
        for (path, index) in names where datasets[index].elementType.isFloatingPoint {
            guard named[index] else {
                named[index] = true
                continue
            }
            repeated = Listed.sum(repeated, datasets[index].memoryByteCount)
            guard repeated <= limit else {
                throw format.damaged(
                    quoted(path), expected: "further names for at most \(limit) bytes of datasets",
                    found: "ones for \(repeated)")
            }
        }
    }

    /// Why each dataset cannot be read; `nil` for one whose elements are all there.
    private func problems(
        of datasets: [HDF5Dataset], _ names: [(path: String, dataset: Int)], _ metadata: HDF5Metadata
    ) throws(LoaderError) -> [LoaderError?] {
        var problems = [LoaderError?](repeating: nil, count: datasets.count)
        var extents: [Extent] = []
        var isWhole = [Bool](repeating: true, count: datasets.count)
        for (index, dataset) in datasets.enumerated() {
            do throws(LoaderError) {
                let pieces = try dataset.pieces(metadata)
                isWhole[index] = pieces.isWhole
                extents += pieces.ranges.lazy.filter { !$0.isEmpty }.map { Extent(dataset: index, range: $0) }
            } catch {
                guard case .invalid = error else { throw error }
                problems[index] = error
            }
        }
        try Extent.check(&extents, names, format)
        // What was never written takes no byte of the file, so that all of it together has to be short.
        let unwritten = names.reduce(0) {
            isWhole[$1.dataset] ? $0 : Listed.sum($0, datasets[$1.dataset].memoryByteCount)
        }
        for (index, dataset) in datasets.enumerated() where !isWhole[index] {
            if case .unknown = dataset.fill {} else if unwritten <= file.byteCount { continue }
            problems[index] = format.damaged(
                "elements", expected: counted(dataset.byteCount, "byte"),
                found: "some that were never written")
        }
        return problems
    }
}

/// Bytes of the file that elements of a dataset lie in.
private struct Extent {
    var dataset: Int
    var range: Range<Int>

    /// Overlapping tensors would make a short file into any number of tensors.
    static func check(
        _ extents: inout [Extent], _ names: [(path: String, dataset: Int)], _ format: HDF5Format
    ) throws(LoaderError) {
        extents.sort { ($0.range.lowerBound, $0.dataset) < ($1.range.lowerBound, $1.dataset) }
        for (extent, next) in zip(extents, extents.dropFirst()) where extent.range.overlaps(next.range) {
            func name(_ extent: Extent) -> String {
                names.first { $0.dataset == extent.dataset }.map { quoted($0.path) } ?? "a dataset"
            }
            throw format.damaged(
                name(next), expected: "elements of its own", found: "bytes that \(name(extent)) has too")
        }
    }
}

extension LoaderError {
    /// What was found and expected, in few words.
    fileprivate var insteadOf: String {
        guard case .invalid(_, _, let expected, let found, _) = self else { return description }
        return "\(found) instead of \(expected)"
    }
}
