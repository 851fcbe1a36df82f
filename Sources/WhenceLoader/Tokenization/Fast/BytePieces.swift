/// The pieces `<0x00>` to `<0xFF>`, which spell what no other piece does.
struct BytePieces: Sendable {
    /// For each byte the id of its piece; `nil` where the vocabulary has none.
    private let ids: [Int?]

    /// Looks them up.
    ///
    /// - Parameter id: the id of a spelling in the vocabulary.
    init(_ id: (String) -> Int?) {
        ids = (UInt8.min...UInt8.max).map { byte in
            id("<0x\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))>")
        }
    }

    /// Looks them up in a `tokenizer.json`; `nil` unless its `byte_fallback` says that they are used.
    init?(_ json: FastComponent, _ id: (String) -> Int?) throws(LoaderError) {
        guard try json.flag("byte_fallback", standard: false) else { return nil }
        self.init(id)
    }

    /// The ids of the bytes; `nil` when one of them has no piece, as then none is taken.
    func ids(of bytes: some Sequence<UInt8>) -> [Int]? {
        var result: [Int] = []
        for byte in bytes {
            guard let id = ids[Int(byte)] else { return nil }
            result.append(id)
        }
        return result
    }
}
