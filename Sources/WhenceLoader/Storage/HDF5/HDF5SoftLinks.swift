/// Follows the soft links of a file, each of which says a path.
struct HDF5SoftLinks {
    private let walk: HDF5Walk
    private let targets: [String: String]
    private let datasets: [String: Int]
    /// The paths of datasets in the order of their bytes.
    private let sorted: [(path: String, dataset: Int)]

    /// More steps from link to link than these are a cycle, or nobody's model.
    private static let stepLimit = 16

    init(_ walk: HDF5Walk) {
        self.walk = walk
        var targets: [String: String] = [:]
        for case (let path, .path(let target)) in walk.otherLinks { targets[path] = target }
        self.targets = targets
        guard !targets.isEmpty else {
            (datasets, sorted) = ([:], [])
            return
        }
        datasets = Dictionary(walk.names.map { ($0.path, $0.dataset) }) { first, _ in first }
        sorted = walk.names.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    /// The datasets that the link of a path leads to, by the paths that it makes for them: itself, or those below it
    /// where it leads to a group.
    ///
    /// - Returns: `nil` if it leads nowhere.
    /// - Throws: `invalid` when following took more than links of the file's length can.
    func names(
        ofLinkAt path: String, _ metadata: HDF5Metadata
    ) throws(LoaderError) -> [(path: String, dataset: Int)]? {
        guard let target = try followed(path, metadata) else { return nil }
        if let dataset = datasets[target] { return [(path, dataset)] }
        guard walk.groups.contains(target) else { return nil }
        let prefix = target + "/"
        var (low, high) = (0, sorted.count)
        while low < high {
            let middle = (low + high) / 2
            if sorted[middle].path.utf8.lexicographicallyPrecedes(prefix.utf8) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        var names: [(path: String, dataset: Int)] = []
        for (found, dataset) in sorted[low...].prefix(while: { $0.path.hasPrefix(prefix) }) {
            let name = path + found.dropFirst(target.count)
            try metadata.spend(name.utf8.count, in: "paths behind soft links")
            names.append((name, dataset))
        }
        return names
    }

    /// The path without links on it; `nil` if they lead in a circle, or deeper than paths go.
    private func followed(_ start: String, _ metadata: HDF5Metadata) throws(LoaderError) -> String? {
        var path = start
        for _ in 0..<Self.stepLimit {
            let steps = path.split(separator: "/").filter { $0 != "." }
            guard path.utf8.count <= HDF5Walk.pathLimit, steps.count <= 64 else { return nil }
            try metadata.spend(path.utf8.count, in: "paths of soft links")
            var (prefix, next) = ("", String?.none)
            for (index, step) in steps.enumerated() where next == nil {
                prefix += "/" + step
                if let target = targets[prefix] {
                    next = ([target] + steps[(index + 1)...].map(String.init)).joined(separator: "/")
                }
            }
            guard let next else { return prefix }
            path = next
        }
        return nil
    }
}
