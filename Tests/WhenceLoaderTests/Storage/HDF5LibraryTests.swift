import CHDF5
import Testing

@testable import WhenceLoader

@Suite("Loading libhdf5 when something is written")
struct HDF5LibraryTests {
    @Test("It is the release that Whence was built for, and its ids are set")
    func loads() throws {
        let library = try HDF5.load(from: nil).pointee
        var (major, minor, release): (UInt32, UInt32, UInt32) = (0, 0, 0)
        #expect(library.H5get_libversion(&major, &minor, &release) >= 0)
        #expect((Int32(major), Int32(minor)) == (H5_VERS_MAJOR, H5_VERS_MINOR))
        let ids = [
            library.file_access, library.file_creation, library.group_creation, library.dataset_creation,
            library.native_float, library.native_int32, library.native_int64, library.c_string,
        ]
        #expect(ids.allSatisfy { $0 > 0 } && Set(ids).count == ids.count, "\(ids)")
    }

    @Test(
        "What cannot be used is refused with the reason",
        arguments: [
            ("libno-such-library.so.7", "libno-such-library.so.7"),
            ("libz.so.1", "libz.so.1 has no H5Aclose"),
        ])
    func refuses(name: String, reason: String) throws {
        let error = try #require(throws: HDF5.Absence.self) { _ = try HDF5.load(from: name) }
        #expect(error.reason.contains("cannot be loaded: \(reason)"), "\(error.reason)")
    }
}
