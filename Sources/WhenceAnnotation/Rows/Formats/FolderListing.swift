internal import Foundation

/// The files in a folder and below it.
enum FolderListing {
    /// The regular files whose names are wanted, as paths relative to the folder, in the order of their bytes.
    ///
    /// Links to files and folders are followed; a folder is entered once, so that links that lead back do no harm.
    ///
    /// - Throws: `AnnotationError.unreadable`.
    static func files(
        in folder: String, where isWanted: (String) -> Bool
    ) throws(AnnotationError) -> [String] {
        var files: [String] = []
        var entered: Set<Place> = []
        // Folders first, then links to folders, so that a file goes by its own path rather than by a link's.
        var folders = [""]
        var links: [String] = []
        while let relative = folders.popLast() ?? links.popLast() {
            guard let place = Place(join(folder, relative), followsLinks: true), place.isFolder,
                entered.insert(place).inserted
            else { continue }
            for name in try entries(join(folder, relative)).sorted(by: >) {
                let path = join(relative, name)
                guard let entry = Place(join(folder, path), followsLinks: false) else { continue }
                if entry.isFolder {
                    folders.append(path)
                } else if let target = entry.isLink ? Place(join(folder, path), followsLinks: true) : entry {
                    if target.isFolder { links.append(path) }
                    if target.isFile, isWanted(name) { files.append(path) }
                }
            }
        }
        return files.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// A path and a name below it.
    static func join(_ folder: String, _ name: String) -> String {
        folder.isEmpty
            ? name : name.isEmpty ? folder : folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    private static func entries(_ path: String) throws(AnnotationError) -> [String] {
        do { return try FileManager.default.contentsOfDirectory(atPath: path) } catch {
            throw .unreadable(path: path, reason: (error as NSError).localizedDescription)
        }
    }

    /// What lies at a path, however it is called.
    private struct Place: Hashable {
        var device: UInt64
        var node: UInt64
        var type: UInt32

        init?(_ path: String, followsLinks: Bool) {
            var status = stat()
            guard (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
            device = UInt64(truncatingIfNeeded: status.st_dev)
            node = UInt64(truncatingIfNeeded: status.st_ino)
            type = UInt32(status.st_mode) & UInt32(S_IFMT)
        }

        var isFolder: Bool { type == UInt32(S_IFDIR) }
        var isLink: Bool { type == UInt32(S_IFLNK) }
        var isFile: Bool { type == UInt32(S_IFREG) }
    }
}
