import Foundation
import Testing
import WhenceTensor
import WhenceTestSupport

@testable import WhenceLoader

/// Lists a file and reads every tensor in it; gives back what could not be read.
private func readAll(_ path: String) throws -> [LoaderError] {
    let file = try HDF5File(path)
    var errors: [LoaderError] = []
    for tensor in file.datasets() {
        do throws(LoaderError) {
            _ = try file.read(tensor)
        } catch {
            errors.append(error)
        }
    }
    return errors
}

/// Marsaglia 2003, xorshift64: the same positions on every machine.
private struct Positions {
    var state: UInt64
    mutating func next(below bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

@Suite("Files that are damaged, or lie")
struct HostileFileTests {
    @Test(
        "A dataset that claims more than the file holds is refused before memory is taken",
        arguments: [
            ("claims_unwritten.h5", "found some that were never written"),
            ("claims_chunked.h5", "found some that were never written"),
            ("claims_external.h5", "found external files"),
            ("claims_virtual.h5", "found another layout"),
            ("claims_single_bytes.h5", "expected at most 4096 in a file of this length, found 6000"),
        ])
    func claims(fixture: String, reason: String) throws {
        let errors = try readAll(Repository.fixture("hdf5/\(fixture)").path)
        let text = try #require(errors.first).description
        #expect(text.contains("\"/bert/w\""), "\(text)")
        #expect(text.contains(reason), "\(text)")
    }

    @Test("A chunk of 2 GiB that was never written takes no memory")
    func claimedChunk() throws {
        let file = try HDF5File(Repository.fixture("hdf5/claims_chunk.h5").path)
        #expect(try file.datasets().map { try file.read($0).elements } == [[0, 0, 0, 0]])
    }

    @Test("A shape that overflows is refused by the listing")
    func overflow() throws {
        let error = #expect(throws: LoaderError.self) {
            try readAll(Repository.fixture("hdf5/claims_overflow.h5").path)
        }
        #expect(error?.description.contains("[4294967296, 2147483648]") == true)
    }

    @Test("Cyclic links end; soft ones that lead nowhere and external ones are there as such")
    func cycles() throws {
        let file = try HDF5File(Repository.fixture("hdf5/cyclic_links.h5").path)
        let (links, datasets) = (
            file.datasets().filter { $0.elementType == .link },
            file.datasets().filter { $0.elementType != .link }
        )
        #expect(datasets.map(\.name).sorted() == ["/a/b/weights", "/a/same_weights"])
        #expect(links.map(\.name).sorted() == ["/a/dangling", "/a/elsewhere", "/a/soft_cycle"])
        for link in links {
            let error = #expect(throws: LoaderError.self) { try file.read(link) }
            let reason =
                link.name == "/a/elsewhere"
                ? "an external link to \"/etc/passwd\"" : "which leads nowhere"
            #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
        }
    }

    @Test(
        "Few bytes do not become many weights by further names or by an index that two datasets share",
        arguments: [
            ("many_names.h5", "further names for at most 1066352 bytes of datasets"),
            (
                "shared_index.h5",
                "\"/second\": expected elements of its own, found bytes that \"/first\" has too"
            ),
        ])
    func sharing(fixture: String, reason: String) throws {
        let error = #expect(throws: LoaderError.self) {
            try HDF5File(Repository.fixture("hdf5/\(fixture)").path)
        }
        #expect(error?.description.contains(reason) == true, "\(String(describing: error))")
    }

    @Test("A pipe in a file's place is refused, not waited for")
    func pipe() throws {
        let folder = try TemporaryFolder()
        let url = folder / "tf_model.h5"
        #expect(mkfifo(url.path, 0o600) == 0)
        let error = #expect(throws: LoaderError.self) { try HDF5File(url.path) }
        #expect(error?.description.contains("it is not a regular file") == true)
    }

    @Test("Groups that are linked to twice at each of forty levels are entered once")
    func doublingLinks() throws {
        let file = try HDF5File(Repository.fixture("hdf5/doubling_links.h5").path)
        #expect(file.datasets().count == 1)
    }

    @Test("Nesting without end is refused")
    func depth() throws {
        let error = #expect(throws: LoaderError.self) {
            try readAll(Repository.fixture("hdf5/deep_groups.h5").path)
        }
        #expect(error?.description.contains("at most 64 nested groups") == true)
    }

    @Test("A file that is not HDF5 says what it is instead")
    func notHDF5() throws {
        let folder = try TemporaryFolder()
        let samples = [
            ("", "an empty file"), ("version https://git-lfs.github.com/spec/v1\noid", "a Git LFS pointer"),
            ("<html>", "other bytes"), ("PK\u{3}\u{4}", "PyTorch's or another pickle of Python's"),
        ]
        for (content, found) in samples {
            let url = folder / "tf_model.h5"
            try Data(content.utf8).write(to: url)
            let error = #expect(throws: LoaderError.self) { try HDF5File(url.path) }
            #expect(error?.description.contains("found \(found)") == true)
        }
    }

    @Test("A truncated file is an error, wherever it is cut")
    func truncation() throws {
        let original = try Data(contentsOf: Repository.fixture("models/tf_albert_seqcls/model/tf_model.h5"))
        let folder = try TemporaryFolder()
        let url = folder / "cut.h5"
        for step in 0..<50 {
            try original.prefix(original.count * step / 50).write(to: url)
            #expect(throws: LoaderError.self, "cut at \(step)/50") { try readAll(url.path) }
        }
    }

    @Test(
        "Bytes changed anywhere give tensors or an error, never a crash",
        arguments: [
            "hdf5/types.h5", "hdf5/layouts.h5", "hdf5/oddities.h5", "hdf5/cyclic_links.h5",
            "hdf5/new_format.h5",
            "hdf5/names_variable.h5", "models/tf_albert_seqcls/model/tf_model.h5",
        ])
    func changedBytes(fixture: String) throws {
        let original = try Data(contentsOf: Repository.fixture(fixture))
        let folder = try TemporaryFolder()
        let url = folder / "changed.h5"
        var positions = Positions(state: 0x9E37_79B9_7F4A_7C15)
        for _ in 0..<200 {
            var changed = original
            for _ in 0...positions.next(below: 3) {
                changed[positions.next(below: changed.count)] = UInt8(positions.next(below: 256))
            }
            try changed.write(to: url)
            do {
                _ = try readAll(url.path)
            } catch {
                #expect(error is LoaderError)
            }
        }
    }

    @Test("Damage that libhdf5 did not survive gives tensors or an error", arguments: 0..<3)
    func knownCrashes(index: Int) throws {
        // Offsets into fixtures and the byte that once crashed or hung the library there: the rank of a chunked
        // dataset's space set to 0, and found by changing bytes at random.
        let (fixture, offset, byte) = [
            ("layouts.h5", 9_353, UInt8(0)), ("cyclic_links.h5", 3_475, 9), ("types.h5", 6_175, 0),
        ][index]
        var data = try Data(contentsOf: Repository.fixture("hdf5/\(fixture)"))
        data[offset] = byte
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: fixture)
        try data.write(to: url)
        _ = try? readAll(url.path)
    }

    @Test("Failures on several threads at once stay apart")
    func threads() async throws {
        let good = Repository.fixture("hdf5/types.h5").path
        let bad = Repository.fixture("hdf5/oddities.h5").path
        await withTaskGroup(of: Void.self) { group in
            for index in 0..<16 {
                group.addTask {
                    let errors = try? readAll(index.isMultiple(of: 2) ? good : bad)
                    #expect(errors?.count == (index.isMultiple(of: 2) ? 0 : 6))
                }
            }
        }
    }
}
