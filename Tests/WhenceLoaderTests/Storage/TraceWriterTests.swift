import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

private func append(to writer: TraceWriter, text: String, pieces: [String]) throws {
    let count = pieces.count
    func tensor(_ shape: [Int], from start: Float) -> Tensor {
        Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { start + Float($0) })
    }
    try writer.append(
        text: text, pieces: pieces, tokenIDs: Array(0..<count),
        offsets: (0..<count).map { $0 == 0 ? nil : $0..<$0 + 1 },
        logits: tensor([3], from: 1), attention: tensor([2, count, count], from: 10),
        values: tensor([count, 4], from: 20), context: tensor([count, 4], from: 30),
        hidden: tensor([count, 4], from: 40))
}

@Suite("Writing what the deepest layer saw")
struct TraceWriterTests {
    @Test("Every dataset has its name, type and shape, and is read back as written")
    func contents() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "traces.h5").path
        let writer = try TraceWriter(path, precision: .int8)
        try append(to: writer, text: "a — ü", pieces: ["[CLS]", "▁a", "[SEP]"])
        try append(to: writer, text: "NUL \0 inside", pieces: ["[CLS]", "\0"])
        try append(to: writer, text: "", pieces: [])
        #expect(writer.count == 3)
        #expect(!FileManager.default.fileExists(atPath: path))
        try writer.finish()

        let file = try HDF5File(path)
        let tensors = Dictionary(uniqueKeysWithValues: file.datasets().map { ($0.name, $0) })
        #expect(tensors.count == 21)
        let shapes: [(String, [Int], ElementType)] = [
            ("token_ids", [3], .int32), ("offsets", [3, 2], .int64), ("logits", [3], .float32),
            ("attention", [2, 3, 3], .float32), ("values", [3, 4], .float32), ("context", [3, 4], .float32),
            ("hidden", [3, 4], .float32),
        ]
        for (name, shape, type) in shapes {
            let stored = try #require(tensors["/0/\(name)"], "\(name)")
            #expect(stored.shape == shape, "\(name)")
            #expect(stored.elementType == type, "\(name)")
        }
        let attention = try file.read(#require(tensors["/0/attention"]))
        #expect(attention.elements == (0..<18).map { 10 + Float($0) })
        let bytes = try Data(contentsOf: URL(filePath: path))
        for text in ["a — ü", "▁a", "NUL \0 inside", "␀", "precision", "int8"] {
            #expect(bytes.range(of: Data(text.utf8)) != nil, "\(text.debugDescription) is not in the file")
        }
    }

    @Test("More pieces than an attribute of the oldest format holds are written")
    func manyPieces() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "long.h5").path
        let writer = try TraceWriter(path)
        let count = 5_000
        let row = Tensor(shape: [count, 1]) { _ in }
        try writer.append(
            text: String(repeating: "x", count: 100_000), pieces: (0..<count).map { "piece\($0)" },
            tokenIDs: Array(0..<count), offsets: Array(repeating: nil, count: count),
            logits: Tensor(shape: [1]) { _ in }, attention: Tensor(shape: [0, count, count]) { _ in },
            values: row, context: row, hidden: row)
        try writer.finish()
        #expect(try HDF5File(path).datasets().count == 7)
    }

    @Test("A writer that is given up leaves nothing, and an old file as it was")
    func abandoned() throws {
        let folder = try TemporaryFolder()
        let url = folder / "traces.h5"
        try Data("old".utf8).write(to: url)
        do {
            let writer = try TraceWriter(url.path)
            try append(to: writer, text: "a", pieces: ["a"])
        }
        #expect(try Data(contentsOf: url) == Data("old".utf8))
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path) == ["traces.h5"])
    }

    @Test("A place that takes no file is an output that cannot be written")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        for path in ["\(folder.url.path)/no/such/folder/x.h5", folder.url.path, "/proc/x.h5"] {
            let error = #expect(throws: LoaderError.self) { try TraceWriter(path) }
            guard case .unwritable(let named, _) = error else {
                Issue.record("\(path): \(String(describing: error))")
                continue
            }
            #expect(named == path)
        }
    }
}
