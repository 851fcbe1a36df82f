import Foundation
import Testing
import WhenceTestSupport

@testable import WhenceLoader

/// A fixture with bytes changed behind one of its signatures.
private struct Damage: Sendable, CustomTestStringConvertible {
    var fixture: String
    /// The letters that a structure begins with, and how many such structures stand before the one that is meant.
    var signature: String
    var skipping = 0
    /// Bytes behind the signature's first, and what they become.
    var offset: Int
    var bytes: [UInt8]
    /// What the error says.
    var reason: String

    var testDescription: String { "\(fixture), \(signature) + \(offset) := \(bytes)" }

    func file(in folder: TemporaryFolder) throws -> String {
        var data = try Data(contentsOf: Repository.fixture("hdf5/\(fixture)"))
        var start = data.startIndex
        for _ in 0...skipping {
            start =
                try #require(data.range(of: Data(signature.utf8), in: start..<data.endIndex)).lowerBound + 1
        }
        let place = start - 1 + offset
        data.replaceSubrange(place..<place + bytes.count, with: bytes)
        let url = folder / "damaged.h5"
        try data.write(to: url)
        return url.path
    }
}

/// Lists and reads a file; puts the right checksum in place of a wrong one as often as one is named.
private func firstError(_ path: String, mending: Bool) throws -> LoaderError? {
    for _ in 0..<10 {
        do throws(LoaderError) {
            let file = try HDF5File(path)
            for tensor in file.datasets() { _ = try file.read(tensor) }
            return nil
        } catch {
            guard mending, case .invalid(_, let place, let expected, _, _) = error,
                let range = place.range(of: "checksum at byte "),
                let offset = Int(place[range.upperBound...]),
                let checksum = UInt32(expected)
            else { return error }
            var data = try Data(contentsOf: URL(filePath: path))
            withUnsafeBytes(of: checksum.littleEndian) {
                data.replaceSubrange(offset..<offset + 4, with: $0)
            }
            try data.write(to: URL(filePath: path))
        }
    }
    return nil
}

@Suite("Structures that are damaged on purpose")
struct HostileStructureTests {
    @Test(
        "The error says what was expected where",
        arguments: [
            // The three that libhdf5 crashed on: a link, a local heap, a selection of a virtual dataset.
            Damage(
                fixture: "new_format.h5", signature: "\u{4}deep", offset: 0, bytes: [0xff],
                reason: "expected 255 bytes more"),
            Damage(
                fixture: "cyclic_links.h5", signature: "HEAP", offset: 8,
                bytes: [255, 255, 255, 255, 255, 255, 255, 127],
                reason: "expected 9223372036854775807 bytes"),
            Damage(
                fixture: "cyclic_links.h5", signature: "HEAP", offset: 8, bytes: [9, 0, 0, 0, 0, 0, 0, 0],
                reason: "expected a name that ends in a NUL"),
            Damage(
                fixture: "claims_virtual.h5", signature: "OHDR", offset: 0, bytes: [0x4f],
                reason: "another layout"),
            // Circles, overlaps, and counts beyond the file.
            Damage(
                fixture: "cyclic_links.h5", signature: "TREE", offset: 5, bytes: [1],
                reason: "expected TREE, found \"SNOD\""),
            Damage(
                fixture: "cyclic_links.h5", signature: "TREE", offset: 6, bytes: [255, 255],
                reason: "to the end of the file"),
            Damage(
                fixture: "cyclic_links.h5", signature: "SNOD", offset: 6, bytes: [255, 255],
                reason: "to the end of the file"),
            Damage(
                fixture: "cyclic_links.h5", signature: "SNOD", offset: 8,
                bytes: [255, 255, 255, 255, 0, 0, 0, 0],
                reason: "expected 4294967295 bytes more"),
            Damage(
                fixture: "structures_new.h5", signature: "BTHD", skipping: 3, offset: 6,
                bytes: [12, 0, 0, 0],
                reason: "records"),
            Damage(
                fixture: "structures_new.h5", signature: "BTHD", skipping: 3, offset: 12, bytes: [9, 0],
                reason: "expected BTIN, found"),
            Damage(
                fixture: "structures_new.h5", signature: "FRHP", offset: 7, bytes: [1],
                reason: "without filters"),
            Damage(
                fixture: "structures_new.h5", signature: "FHDB", skipping: 2, offset: 4, bytes: [7],
                reason: "expected version 0, found 7"),
            Damage(
                fixture: "structures_new.h5", signature: "FAHD", offset: 8, bytes: [255, 255, 255, 255, 255],
                reason: "expected elements that the file can hold"),
            Damage(
                fixture: "structures_new.h5", signature: "EAHD", offset: 7, bytes: [63],
                reason: "expected blocks whose sizes are powers of two"),
            Damage(
                fixture: "structures_new.h5", signature: "EAHD", offset: 9, bytes: [0],
                reason: "expected blocks whose sizes are powers of two"),
        ])
    fileprivate func damage(_ damage: Damage) throws {
        let folder = try TemporaryFolder()
        let error = try firstError(damage.file(in: folder), mending: true)
        let text = try #require(error).description
        #expect(text.contains(damage.reason), "\(text)")
        #expect(text.contains("damaged.h5: "), "\(text)")
    }

    @Test("A newer structure that was changed is told by its checksum")
    func checksum() throws {
        let folder = try TemporaryFolder()
        let damage = Damage(
            fixture: "structures_new.h5", signature: "FRHP", offset: 20, bytes: [1], reason: "checksum")
        let error = try firstError(damage.file(in: folder), mending: false)
        let text = try #require(error).description
        #expect(text.contains("fractal heap at byte") && text.contains("checksum at byte"), "\(text)")
    }

    @Test("Two datasets that claim the same bytes are refused")
    func overlap() throws {
        // The addresses of contiguous datasets, each eight bytes long: the second becomes the first.
        var data = try Data(contentsOf: Repository.fixture("hdf5/names_absent.h5"))
        let marks = data.indices.dropLast(18).filter { index in
            // Version 3, contiguous, any address below 64 KiB, 12 bytes.
            data[index] == 3 && data[index + 1] == 1 && data[index + 4..<index + 10].allSatisfy { $0 == 0 }
                && data[index + 10..<index + 18].elementsEqual([12, 0, 0, 0, 0, 0, 0, 0])
        }
        try #require(marks.count > 1)
        data.replaceSubrange(marks[1] + 2..<marks[1] + 10, with: Data(data[marks[0] + 2..<marks[0] + 10]))
        let folder = try TemporaryFolder()
        let url = folder / "overlapping.h5"
        try data.write(to: url)
        let error = #expect(throws: LoaderError.self) { try HDF5File(url.path) }
        #expect(error?.description.contains("expected elements of its own") == true)
    }

    @Test("A file that was replaced after it was listed is not read by its old shapes")
    func replaced() throws {
        let folder = try TemporaryFolder()
        let url = folder / "weights.h5"
        try FileManager.default.copyItem(at: Repository.fixture("hdf5/types.h5"), to: url)
        let listed = try HDF5File(url.path).datasets()
        try FileManager.default.removeItem(at: url)
        try FileManager.default.copyItem(at: Repository.fixture("hdf5/layouts.h5"), to: url)
        let file = try HDF5File(url.path)
        for tensor in listed {
            let error = #expect(throws: LoaderError.self) { try file.read(tensor) }
            #expect(error?.description.contains("as it was listed") == true)
        }
    }
}
