import Foundation
import Testing
import WhenceExplanation

@Suite("Head labels")
struct HeadLabelTests {
    @Test("A head is written as a number, the pooled graph as a word, and both read back")
    func codable() throws {
        let labels: [HeadLabel] = [.head(3), .pooled]
        let json = try JSONEncoder().encode(labels)
        #expect(String(decoding: json, as: UTF8.self) == #"[3,"pooled"]"#)
        #expect(try JSONDecoder().decode([HeadLabel].self, from: json) == labels)
    }
}
