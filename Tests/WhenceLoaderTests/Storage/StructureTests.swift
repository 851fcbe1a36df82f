import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

@Suite("The structures that HDF5 finds datasets and chunks with")
struct StructureTests {
    @Test(
        "Every kind of group and chunk index leads to the elements that the fixtures' script stored",
        arguments: [
            ("structures_old.h5", 84), ("structures_new.h5", 84), ("short_addresses.h5", 2),
            ("many_fixed.h5", 1),
            ("many_extensible.h5", 1), ("many_tree.h5", 1),
        ])
    func elements(fixture: String, count: Int) throws {
        let file = try HDF5File(Repository.fixture("hdf5/\(fixture)").path)
        #expect(file.datasets().count == count)
        for stored in file.datasets() {
            let tensor = try file.read(stored)
            // bfloat16 keeps 8 bits, enough for these few.
            for (index, element) in tensor.elements.enumerated() where element != Float(index) / 8 {
                Issue.record("\(stored.name) at \(index): expected \(Float(index) / 8), observed \(element)")
                break
            }
        }
    }

    @Test(
        "Names come in the order of their bytes, from old and from dense groups", arguments: ["old", "new"])
    func order(kind: String) throws {
        let names = try HDF5File(Repository.fixture("hdf5/structures_\(kind).h5").path).datasets().map(\.name)
        let many = names.filter { $0.hasPrefix("/many/") }
        #expect(many.count == 70)
        #expect(many == many.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    @Test("Opaque elements are bfloat16 only with the attribute that Keras sets", arguments: ["old", "new"])
    func brainFloat(kind: String) throws {
        let tensors = try HDF5File(Repository.fixture("hdf5/structures_\(kind).h5").path).datasets()
        #expect(tensors.first { $0.name == "/brain" }?.elementType == .bfloat16)
        let oddities = try HDF5File(Repository.fixture("hdf5/oddities.h5").path).datasets()
        #expect(oddities.first { $0.name == "/opaque" }?.elementType == .other)
    }

    @Test(
        "The checksum of newer structures is Jenkins's",
        arguments: [
            ("", UInt32(0xdead_beef)), ("Four score and seven years ago", 0x1777_0551),
        ])
    func checksum(text: String, expected: UInt32) {
        // The second is the example in lookup3.c.
        #expect(JenkinsHash.lookup3(Array(text.utf8)[...]) == expected)
    }

    @Test("Deflated bytes grow to what the chunk holds, and no further")
    func inflation() {
        // zlib.compress(bytes(1000)) in Python.
        let zeros: [UInt8] = [
            0x78, 0x9c, 0x63, 0x60, 0x18, 0x05, 0xa3, 0x60, 0x14, 0x0c, 0x77, 0x00, 0x00, 0x03, 0xe8, 0x00,
            0x01,
        ]
        #expect(HDF5Filter.deflate.undone(zeros, limit: 1_000) == [UInt8](repeating: 0, count: 1_000))
        #expect(HDF5Filter.deflate.undone(zeros, limit: 999) == nil)
        #expect(HDF5Filter.deflate.undone(Array(zeros.dropLast(9)), limit: 1_000) == nil)
        #expect(HDF5Filter.deflate.undone([], limit: 1_000) == nil)
    }

    @Test("Shuffled bytes go back to their elements, those beyond the last stay")
    func shuffle() {
        #expect(
            HDF5Filter.shuffle(elementSize: 2).undone([1, 3, 5, 2, 4, 6, 7], limit: 7)
                == [1, 2, 3, 4, 5, 6, 7])
    }
}
