import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

/// Writes a safetensors file of a header and some bytes behind it.
private func write(_ header: String, data: [UInt8] = [], length: UInt64? = nil, into folder: TemporaryFolder)
    throws -> String
{
    let file = folder / "model.safetensors"
    var content = Data()
    withUnsafeBytes(of: (length ?? UInt64(header.utf8.count)).littleEndian) { content.append(contentsOf: $0) }
    content.append(contentsOf: Array(header.utf8))
    content.append(contentsOf: data)
    try content.write(to: file)
    return file.path
}

@Suite("safetensors")
struct SafetensorsTests {
    @Test("Elements of every floating-point type, wherever they lie")
    func elements() throws {
        let folder = try TemporaryFolder()
        let header = #"""
            {"__metadata__": {"format": "pt"},
             "single": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
             "double": {"dtype": "F64", "shape": [1, 1], "data_offsets": [8, 16]},
             "half": {"dtype": "F16", "shape": [2], "data_offsets": [16, 20]},
             "brain": {"dtype": "BF16", "shape": [], "data_offsets": [20, 22]},
             "ids": {"dtype": "I64", "shape": [1], "data_offsets": [22, 30]},
             "none": {"dtype": "F32", "shape": [0, 7], "data_offsets": [30, 30]}}
            """#
        var data: [UInt8] = []
        func append<Value>(_ value: Value) { withUnsafeBytes(of: value) { data.append(contentsOf: $0) } }
        append(Float(1.5).bitPattern.littleEndian)
        append(Float(-2).bitPattern.littleEndian)
        append(Double(0.1).bitPattern.littleEndian)
        append(UInt16(0x3c00).littleEndian)
        append(UInt16(0xc100).littleEndian)
        append(UInt16(0x4049).littleEndian)
        data += [7, 0, 0, 0, 0, 0, 0, 0]
        let file = try SafetensorsFile(write(header, data: data, into: folder))
        let tensors = Dictionary(uniqueKeysWithValues: file.datasets().map { ($0.name, $0) })
        #expect(file.datasets().map(\.name) == ["single", "double", "half", "brain", "ids", "none"])
        func elements(_ name: String) throws -> [Float] { try file.read(#require(tensors[name])).elements }
        #expect(try elements("single") == [1.5, -2])
        #expect(try elements("double") == [0.1])
        #expect(try elements("half") == [1, -2.5])
        #expect(try elements("brain") == [3.140625])
        #expect(try elements("none") == [])
        #expect(tensors["double"]?.shape == [1, 1])
        #expect(throws: LoaderError.self) { try elements("ids") }
    }

    /// A header, and what the error has to say.
    static let hostile: [(header: String, reason: String)] = [
        (#"{"w": {"dtype": "F32", "shape": [4], "data_offsets": [0, 16]}}"#, "\"w\": expected"),
        (#"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}"#, "offsets [4, 12]"),
        (#"{"w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}"#, "found offset 4"),
        (
            #"{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}"#,
            "expected 8 bytes, as many as there are, found 4"
        ),
        (
            #"{"w": {"dtype": "F16", "dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}"#,
            "\"w\": expected"
        ),
        (#"{"__metadata__": 5}"#, "__metadata__: expected one object of texts"),
        (#"{"__metadata__": {"format": 5}}"#, "__metadata__: expected one object of texts"),
        (
            #"{"__metadata__": {}, "__metadata__": {}}"#,
            "__metadata__: expected one object of texts, found two"
        ),
        (#"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [8, 0]}}"#, "offsets [8, 0]"),
        (#"{"w": {"dtype": "F32", "shape": [3], "data_offsets": [0, 8]}}"#, "shape [3]"),
        (#"{"w": {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]}}"#, "shape [-2]"),
        (#"{"w": {"dtype": "F32", "shape": [1.5], "data_offsets": [0, 8]}}"#, "shape [1.5]"),
        (#"{"w": {"dtype": "F32", "shape": [1e300], "data_offsets": [0, 8]}}"#, "\"w\": expected"),
        (
            #"{"w": {"dtype": "F32", "shape": [4294967296, 4294967296, 4], "data_offsets": [0, 0]}}"#,
            "shape [4294967296, 4294967296, 4]"
        ),
        (#"{"w": {"dtype": "F32", "data_offsets": [0, 8]}}"#, "shape none"),
        (#"{"w": {"shape": [2], "data_offsets": [0, 8]}}"#, "no type"),
        (#"{"w": 7}"#, "found no object"),
        (
            #"{"v": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "#
                + #""w": {"dtype": "F16", "shape": [2], "data_offsets": [2, 6]}}"#,
            "2 bytes that \"v\" has too"
        ),
        (
            #"{"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "#
                + #""w": {"dtype": "F32", "shape": [1], "data_offsets": [4, 8]}}"#,
            "\"w\": expected one tensor of that name, found two"
        ),
        (#"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}"#, "expected JSON"),
        (#"["w"]"#, "expected a JSON object"),
        ("", "expected JSON"),
        (#"{"__metadata__": {"format": "flax"}}"#, "weights that Flax named"),
    ]

    @Test("A header that lies is refused, the tensor named", arguments: hostile)
    func hostileHeader(header: String, reason: String) throws {
        let folder = try TemporaryFolder()
        let path = try write(header, data: [UInt8](repeating: 0, count: 8), into: folder)
        let error = #expect(throws: LoaderError.self) { try SafetensorsFile(path) }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.description.hasPrefix(path) == true)
    }

    @Test("Names that differ in bytes only are names of two tensors")
    func names() throws {
        let folder = try TemporaryFolder()
        let header =
            "{\"\u{E9}\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [0, 4]}, "
            + "\"e\u{301}\": {\"dtype\": \"F32\", \"shape\": [1], \"data_offsets\": [4, 8]}}"
        let file = try SafetensorsFile(write(header, data: [0, 0, 0, 0, 0, 0, 0x80, 0x3f], into: folder))
        #expect(try file.datasets().map { try file.read($0).elements } == [[0], [1]])
    }

    @Test("More tensors than any model has are refused before they are looked at")
    func manyTensors() throws {
        let folder = try TemporaryFolder()
        let header = "{" + (0...100_000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        let path = try write(header, into: folder)
        let error = #expect(throws: LoaderError.self) { try SafetensorsFile(path) }
        #expect(error?.description.contains("header: expected at most 100000 tensors, found 100001") == true)
    }

    @Test(
        "A length beyond the file, or beyond any header, takes no memory",
        arguments: [3, 1 << 40, UInt64.max])
    func length(length: UInt64) throws {
        let folder = try TemporaryFolder()
        let path = try write("{}", length: length, into: folder)
        let error = #expect(throws: LoaderError.self) { try SafetensorsFile(path) }
        #expect(error?.description.contains("length of the header: expected at most 2 bytes") == true)
        try Data([1, 0, 0]).write(to: URL(filePath: path))
        #expect(throws: LoaderError.self) { try SafetensorsFile(path) }
    }

    @Test("Every prefix and every changed byte of a real header ends in an error or a listing")
    func damaged() throws {
        let source = Repository.fixture("models/safetensors_gpt2_float16/model/model.safetensors")
        let content = try Data(contentsOf: source)
        let folder = try TemporaryFolder()
        let file = folder / "model.safetensors"
        for count in stride(from: 0, to: content.count - 1, by: 97) {
            try content.prefix(count).write(to: file)
            #expect(throws: LoaderError.self) { try SafetensorsFile(file.path) }
        }
        for position in stride(from: 0, to: 2_500, by: 7) {
            var changed = content
            changed[position] ^= 0x11
            try changed.write(to: file)
            do throws(LoaderError) {
                let opened = try SafetensorsFile(file.path)
                for tensor in opened.datasets() where tensor.elementType.isFloatingPoint {
                    let count = try opened.read(tensor).count
                    #expect(count == tensor.count)
                }
            } catch {
                #expect(error.description.contains(file.path))
            }
        }
    }

    @Test("A file that is cut after it was opened is an error, not a crash")
    func cutWhileOpen() throws {
        let folder = try TemporaryFolder()
        let header = #"{"w": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}}"#
        let path = try write(header, data: [UInt8](repeating: 0, count: 8), into: folder)
        let file = try SafetensorsFile(path)
        let tensor = try #require(file.datasets().first)
        let handle = try FileHandle(forWritingTo: URL(filePath: path))
        try handle.truncate(atOffset: UInt64(8 + header.utf8.count + 4))
        let error = #expect(throws: LoaderError.self) { try file.read(tensor) }
        #expect(error?.description.contains("\"w\": expected 8 bytes, found 4 bytes") == true)
    }
}
