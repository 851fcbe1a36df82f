import Foundation
import Testing
import WhenceTestSupport

/// Who may import whom; SwiftPM does not enforce it inside a package.
private let allowed: [String: Set<String>] = [
    "WhenceTensor": ["CWhenceKernels"],
    "WhenceLoader": ["CHDF5", "COpenSSL", "CSentencePiece", "CZlib", "WhenceTensor"],
    "WhenceInference": ["WhenceTensor", "WhenceLoader"],
    "WhenceDiscovery": [],
    "WhenceExplanation": ["WhenceDiscovery", "WhenceInference", "WhenceLoader", "WhenceTensor"],
    "WhenceAnnotation": [
        "CZlib", "CZstd", "WhenceDiscovery", "WhenceExplanation", "WhenceInference", "WhenceLoader",
        "WhenceRendering", "WhenceTensor",
    ],
    "WhenceLaboratory": [
        "CWhenceKernels", "WhenceDiscovery", "WhenceExplanation", "WhenceLoader", "WhenceTensor",
    ],
    "WhenceRendering": ["WhenceDiscovery", "WhenceExplanation", "WhenceLoader"],
]

/// Packages that only one room may know.
private let exclusive: [String: String] = [
    "ArgumentParser": "WhenceCLI", "GRDB": "WhenceAnnotation", "GRDBSQLite": "WhenceAnnotation",
]

private struct ImportLine {
    var file: String
    var module: String
    var isInternal: Bool
}

private func imports(of target: String) throws -> [ImportLine] {
    let folder = Repository.root.appending(path: "Sources/\(target)")
    let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var lines: [ImportLine] = []
    for case let file as URL in files where file.pathExtension == "swift" {
        for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let keyword = words.firstIndex(of: "import"), keyword < 3, words.count > keyword + 1,
                words[..<keyword].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" })
            else { continue }
            let name = words[keyword + 1].split(separator: ".")[0]
            lines.append(
                ImportLine(
                    file: file.lastPathComponent, module: String(name),
                    isInternal: !words[..<keyword].contains("public")))
        }
    }
    return lines
}

@Suite("Who imports whom")
struct ImportRules {
    @Test("A room imports only the rooms below it", arguments: allowed.keys.sorted())
    func roomsKeepTheirPlace(target: String) throws {
        let permitted = try #require(allowed[target])
        let lines = try imports(of: target)
        for line in lines where line.module.hasPrefix("Whence") || line.module.hasPrefix("C") {
            guard line.module.hasPrefix("Whence") || line.module.dropFirst().first?.isUppercase == true else {
                continue
            }
            #expect(permitted.contains(line.module), "\(target)/\(line.file) imports \(line.module)")
        }
    }

    @Test("C modules stay inside the room that wraps them", arguments: allowed.keys.sorted())
    func cModulesAreInternal(target: String) throws {
        for line in try imports(of: target) where line.module.hasPrefix("C") {
            #expect(line.isInternal, "\(target)/\(line.file) re-exports \(line.module)")
        }
    }

    @Test("Argument parsing happens only in the command-line tool")
    func exclusivePackages() throws {
        let sources = Repository.root.appending(path: "Sources")
        var seen = 0
        for target in try FileManager.default.contentsOfDirectory(atPath: sources.path)
        where target.hasPrefix("Whence") {
            for line in try imports(of: target) {
                seen += 1
                if let owner = exclusive[line.module] {
                    #expect(target == owner, "\(target)/\(line.file) imports \(line.module)")
                }
            }
        }
        #expect(seen > 10, "only \(seen) import lines were read")
    }
}
