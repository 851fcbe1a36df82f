import Foundation
import Testing
import WhenceDiscovery
import WhenceTestSupport

@Suite("The example of the documentation")
struct LibraryExampleTests {
    @Test("What the documentation shows is the file that these tests compile, with no other import")
    func documentationIsTheFile() throws {
        let article = try String(
            contentsOf: Repository.root.appending(
                path: "Sources/WhenceDiscovery/WhenceDiscovery.docc/WhenceDiscovery.md"), encoding: .utf8)
        var blocks: [String] = []
        var block: [Substring]?
        for line in article.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```swift" {
                block = []
            } else if line == "```", let lines = block {
                blocks.append(lines.joined(separator: "\n") + "\n")
                block = nil
            } else {
                block?.append(line)
            }
        }
        let file = try String(
            contentsOf: Repository.root.appending(path: "Tests/WhenceDiscoveryTests/LibraryExample.swift"),
            encoding: .utf8)
        #expect(blocks.joined(separator: "\n") == file)
        #expect(file.split(separator: "\n").count { $0.hasPrefix("import ") } == 1)
    }

    @Test("The example finds the two causes of one effect")
    func example() throws {
        #expect(try discoverExample() == ["rain o-> wet", "sprinkler o-> wet", "complete"])
    }

    @Test("A test of one's own answers every algorithm")
    func ownTest() throws {
        for search in [ICD(), FCI(), RFCI()] as [any DiscoveryAlgorithm] {
            let result = try search.run(ForkTest())
            #expect(result.graph.edges.map { "\($0.a) \($0.marks) \($0.b)" } == ["0 o-o 1", "0 o-o 2"])
        }
    }
}
