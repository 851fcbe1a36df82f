import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

/// Every dataset of a fixture by its name without the leading slash.
private func read(_ fixture: String) throws -> [String: Tensor] {
    let file = try HDF5File(Repository.fixture("hdf5/\(fixture)").path)
    return try Dictionary(
        uniqueKeysWithValues: file.datasets().map { (String($0.name.dropFirst()), try file.read($0)) })
}

/// The values that the fixtures' script stores under every type and layout.
private let values = (0..<24).map { $0 == 12 ? -0.0 : (Float($0) - 12) / 8 }

@Suite("Reading tensors out of HDF5")
struct ReadingTests {
    @Test(
        "Every element type, byte order and layout gives the same float32",
        arguments: [("types.h5", 10), ("layouts.h5", 7), ("new_format.h5", 2)])
    func sameValues(fixture: String, count: Int) throws {
        let tensors = try read(fixture)
        #expect(tensors.count == count)
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            #expect(tensor.shape == [4, 6], "\(name)")
            for (index, pair) in zip(tensor.elements, values).enumerated() {
                #expect(
                    pair.0.bitPattern == pair.1.bitPattern,
                    "\(name) at \(index): expected \(pair.1), observed \(pair.0)")
            }
        }
    }

    @Test(
        "What was never written is the fill value, in whole and in part",
        arguments: ["unwritten_old.h5", "unwritten_new.h5"])
    func unwritten(fixture: String) throws {
        let tensors = try read(fixture)
        #expect(tensors.keys.sorted() == ["big_endian", "half", "no_chunk", "one_chunk", "zero"])
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            for (index, element) in tensor.elements.enumerated() {
                let isWritten = name == "one_chunk" && index / 6 >= 2 && index % 6 >= 3
                let expected = isWritten ? values[index] : name == "zero" ? 0 : 0.5
                #expect(element == expected, "\(name) at \(index)")
            }
        }
    }

    @Test("Soft links lead to their datasets", arguments: ["soft_links_old.h5", "soft_links_new.h5"])
    func softLinks(fixture: String) throws {
        let file = try HDF5File(Repository.fixture("hdf5/\(fixture)").path)
        let (read, unread) = (
            file.datasets().filter { $0.problem == nil }, file.datasets().filter { $0.problem != nil }
        )
        #expect(
            read.map(\.name).sorted() == [
                "/bert/through_group", "/bert/to_link", "/bert/to_root", "/data/to_group", "/data/w",
                "/other/w",
            ])
        for stored in read { #expect(try file.read(stored).elements == values, "\(stored.name)") }
        #expect(unread.map(\.name).sorted() == ["/bert/circle", "/bert/elsewhere", "/bert/nowhere"])
        #expect(unread.contains { $0.problem?.contains("an external link to \"other.h5\"") == true })
    }

    @Test("Scalars, empty datasets and null dataspaces are tensors of one and of no element")
    func smallShapes() throws {
        let file = try HDF5File(Repository.fixture("hdf5/oddities.h5").path)
        let tensors = Dictionary(uniqueKeysWithValues: file.datasets().map { ($0.name, $0) })
        #expect(try file.read(#require(tensors["/scalar"])).elements == [2.5])
        #expect(try file.read(#require(tensors["/scalar"])).shape == [])
        #expect(try file.read(#require(tensors["/empty"])).shape == [0, 3])
        #expect(try file.read(#require(tensors["/null"])).shape == [0])
    }

    @Test(
        "What is no floating-point number is refused by name",
        arguments: [
            ("iteration", ElementType.int64), ("unsigned", .uint16), ("text", .string), ("compound", .other),
            ("opaque", .other),
        ])
    func otherTypes(name: String, type: ElementType) throws {
        let file = try HDF5File(Repository.fixture("hdf5/oddities.h5").path)
        let stored = try #require(file.datasets().first { $0.name == "/\(name)" })
        #expect(stored.elementType == type)
        let error = #expect(throws: LoaderError.self) { try file.read(stored) }
        #expect(error?.description.contains("\"/\(name)\": expected floating-point weights") == true)
    }

    @Test("A compression other than gzip is named")
    func unknownFilter() throws {
        let file = try HDF5File(Repository.fixture("hdf5/oddities.h5").path)
        let stored = try #require(file.datasets().first { $0.name == "/lzf" })
        let error = #expect(throws: LoaderError.self) { try file.read(stored) }
        #expect(error?.description.contains("filter 32000 \"lzf\"") == true)
        // The headers tell so before anything is read.
        #expect(stored.problem == "filter 32000 \"lzf\" instead of deflate, shuffle or fletcher32")
        let weights = try WeightFiles(paths: [Repository.fixture("hdf5/oddities.h5").path])
        let comparison = WeightComparison([ExpectedTensor("lzf", [4, 6])], with: weights.tensors)
        #expect(comparison.mismatched.map(\.problem) == [stored.problem])
    }

    #if !(os(macOS) && arch(x86_64))
        @Test("Every binary16 pattern widens to its own value")
        func halves() {
            for pattern in UInt16.min ... .max {
                let expected = Float(Float16(bitPattern: pattern))
                let observed = HalfPrecision.float(binary16: pattern)
                guard expected.isNaN ? !observed.isNaN : expected.bitPattern != observed.bitPattern else {
                    continue
                }
                Issue.record("pattern \(pattern): expected \(expected), observed \(observed)")
            }
        }
    #endif

    @Test("NaN and infinity are found wherever they stand", arguments: [0, 1, 4_095, 4_096, 9_999])
    func nonFinite(index: Int) {
        var elements = [Float](repeating: .greatestFiniteMagnitude, count: 10_000)
        #expect(elements.withUnsafeBufferPointer(NonFinite.firstIndex) == nil)
        for value in [Float.nan, .infinity, -.infinity, -.signalingNaN] {
            elements[index] = value
            #expect(elements.withUnsafeBufferPointer(NonFinite.firstIndex) == index)
        }
    }
}
