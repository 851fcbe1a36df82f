/// Goes through the groups of a file and notes what lies in them under which paths.
struct HDF5Walk {
    /// What the object header of each dataset says.
    private(set) var datasets: [HDF5Dataset] = []
    /// The paths that hard links make, each with the dataset that it leads to.
    private(set) var names: [(path: String, dataset: Int)] = []
    /// The paths of groups.
    private(set) var groups: Set<String> = [""]
    /// Soft and external links, by their paths.
    private(set) var otherLinks: [(path: String, target: HDF5Link.Target)] = []

    /// No model nests deeper than a dozen groups, nor has a path near 4 KiB or a hundred thousand weights.
    private static let depthLimit = 64
    static let pathLimit = 4_096
    private static let linkLimit = 100_000

    private struct Group {
        var path: String
        var depth: Int
        var header: HDF5ObjectHeader
    }

    /// Enters each group once however many hard links lead to it, so a cycle ends.
    ///
    /// - Throws: `invalid` for damage and for nesting beyond any model's.
    /// - Complexity: O(bytes of structures).
    init(from root: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
        var known: [Int: Int?] = [root: nil]
        var pending = [Group(path: "", depth: 0, header: try HDF5ObjectHeader(at: root, in: metadata))]
        var linkCount = 0
        while let group = pending.popLast() {
            let links: [HDF5Link]?
            do throws(LoaderError) {
                links = try group.header.links(metadata, limit: max(0, Self.linkLimit - linkCount))
            } catch {
                throw error.named(group.path + "/")
            }
            guard let links else {
                throw metadata.format.damaged("root", expected: "a group", found: "another object")
            }
            linkCount += links.count
            var below: [Group] = []
            for link in links {
                let path = "\(group.path)/\(link.name)"
                try Self.check(path, depth: group.depth, metadata)
                guard case .object(let target) = link.target else {
                    otherLinks.append((path, link.target.from(group.path)))
                    continue
                }
                if let object = known[target] {
                    if let object { names.append((path, object)) }
                    continue
                }
                do throws(LoaderError) {
                    let header = try HDF5ObjectHeader(at: target, in: metadata)
                    let dataset = header.isGroup ? nil : try HDF5Dataset(header, metadata)
                    known[target] = .some(dataset == nil ? nil : datasets.count)
                    if let dataset {
                        names.append((path, datasets.count))
                        datasets.append(dataset)
                    } else if header.isGroup {
                        groups.insert(path)
                        below.append(Group(path: path, depth: group.depth + 1, header: header))
                    }
                } catch {
                    throw error.named(path)
                }
            }
            pending.append(contentsOf: below.reversed())
        }
    }

    private static func check(_ path: String, depth: Int, _ metadata: HDF5Metadata) throws(LoaderError) {
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
        try metadata.spend(length, in: "paths of links")
    }
}

extension HDF5Link.Target {
    /// The same target, a path that begins nowhere taken from a group's.
    fileprivate func from(_ group: String) -> HDF5Link.Target {
        guard case .path(let path) = self, !path.hasPrefix("/") else { return self }
        return .path("\(group)/\(path)")
    }
}
