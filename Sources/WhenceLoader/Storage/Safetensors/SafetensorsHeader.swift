internal import Foundation

/// What the header of a safetensors file says, checked against the length of the file.
struct SafetensorsHeader: Sendable {
    /// The tensors in the order of their places.
    let tensors: [StoredTensor]
    /// Where each tensor's elements begin, in bytes from the start of the file.
    let offsets: [StoredTensor: Int]

    /// The length that the format allows; real headers are shorter than 1 MB.
    private static let longest = 100_000_000
    /// Twenty times those of the largest models of these families.
    private static let mostTensors = 100_000

    /// Reads the header.
    ///
    /// - Throws: `invalid` naming the tensor, `unreadable`, `unsupported`.
    init(of file: OpenFile) throws(LoaderError) {
        let (path, byteCount) = (file.path, file.byteCount)
        func invalid(_ place: String, _ expected: String, _ found: String) -> LoaderError {
            .invalid(
                path: path, place: place, expected: expected, found: found,
                hint: "The file is damaged, was cut short, or is no safetensors file; fetch it again.")
        }
        guard byteCount >= 8 else {
            throw invalid("length of the header", "8 bytes", "a file of \(byteCount)")
        }
        let length = try file.bytes(at: 0, count: 8, place: "header").reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        guard length <= UInt64(min(Self.longest, byteCount - 8)) else {
            throw invalid(
                "length of the header", "at most \(min(Self.longest, byteCount - 8)) bytes", "\(length)")
        }
        let bytes = try file.bytes(at: 8, count: Int(length), place: "header")
        let start = 8 + Int(length)
        let members = try TokenizerJSON.object(bytes, path: path).members
        guard members.count <= Self.mostTensors else {
            throw invalid("header", "at most \(Self.mostTensors) tensors", "\(members.count)")
        }
        var entries: [Entry] = []
        var hasMetadata = false
        for member in members {
            if member.name == "__metadata__" {
                guard !hasMetadata, let texts = member.value.object?.members,
                    texts.allSatisfy({ $0.value.string != nil })
                else {
                    throw invalid(member.name, "one object of texts", hasMetadata ? "two" : "something else")
                }
                hasMetadata = true
                try Self.checkWriter(member.value, path: path)
            } else {
                guard let entry = Entry(member, path: path, dataByteCount: byteCount - start) else {
                    throw invalid(
                        quoted(member.name),
                        "a type, a shape, and offsets of as many bytes within the file's \(byteCount - start)",
                        Entry.summary(member.value))
                }
                entries.append(entry)
            }
        }
        entries.sort { ($0.begin, $0.end, $0.tensor.name) < ($1.begin, $1.end, $1.tensor.name) }
        var names: Set<[UInt8]> = []
        // Nothing may lie between tensors or behind them, where a file could hide what it is besides.
        var end = 0
        for (index, entry) in entries.enumerated() {
            guard names.insert(Array(entry.tensor.name.utf8)).inserted else {
                throw invalid(quoted(entry.tensor.name), "one tensor of that name", "two")
            }
            guard entry.begin >= end else {
                throw invalid(
                    quoted(entry.tensor.name), "elements of its own",
                    "\(end - entry.begin) bytes that \(quoted(entries[index - 1].tensor.name)) has too")
            }
            guard entry.begin == end else {
                throw invalid(
                    quoted(entry.tensor.name), "elements from byte \(end), where those before it end",
                    "offset \(entry.begin)")
            }
            end = entry.end
        }
        guard end == byteCount - start else {
            throw invalid("end of the tensors", "\(byteCount - start) bytes, as many as there are", "\(end)")
        }
        var offsets: [StoredTensor: Int] = [:]
        for entry in entries { offsets[entry.tensor] = start + entry.begin }
        tensors = entries.map(\.tensor)
        self.offsets = offsets
    }

    /// PyTorch's and TensorFlow's names are known; Flax has others for the same weights.
    private static func checkWriter(_ metadata: TokenizerJSON, path: String) throws(LoaderError) {
        guard let format = metadata.object?["format"]?.string, format == "flax" else { return }
        throw .unsupported(
            path: path, found: "a file of weights that Flax named",
            known: ["those that PyTorch named", "those that TensorFlow named"])
    }
}

/// One tensor of a header.
private struct Entry {
    var tensor: StoredTensor
    /// Bytes from the start of the elements.
    var begin: Int
    var end: Int

    /// `nil` for anything but a type, a shape, and offsets of as many bytes within the file.
    init?(_ member: TokenizerJSON.Object.Member, path: String, dataByteCount: Int) {
        guard let fields = member.value.object, fields.members.count == Set(fields.members.map(\.name)).count,
            let type = fields["dtype"]?.string,
            let shape = fields["shape"]?.array.flatMap(Self.wholeNumbers),
            let offsets = fields["data_offsets"]?.array.flatMap(Self.wholeNumbers), offsets.count == 2,
            offsets[0] <= offsets[1], offsets[1] <= dataByteCount
        else { return nil }
        (begin, end) = (offsets[0], offsets[1])
        let (elementType, elementSize) = ElementType.ofSafetensors(type)
        var byteCount = elementSize ?? 1
        // As float32 it has to fit into memory too, which the factor makes sure of.
        for extent in shape where extent != 0 {
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
            guard !overflow, product <= Int.max / 8 else { return nil }
            byteCount = product
        }
        if shape.contains(0) { byteCount = 0 }
        guard elementSize == nil || byteCount == end - begin else { return nil }
        tensor = StoredTensor(
            file: path, name: member.name, shape: shape, elementType: elementType, byteCount: end - begin)
    }

    /// What stands there, as an error shows it.
    static func summary(_ value: TokenizerJSON) -> String {
        guard let fields = value.object else { return "no object" }
        let (shape, offsets) = (fields["shape"]?.array, fields["data_offsets"]?.array)
        func list(_ values: [TokenizerJSON]?) -> String {
            guard let values else { return "none" }
            let numbers = values.prefix(8).map { $0.number.map { $0.formatted(.number.grouping(.never)) } }
            return "[" + numbers.map { $0 ?? "?" }.joined(separator: ", ")
                + (values.count > 8 ? ", …]" : "]")
        }
        return "\(fields["dtype"]?.string.map { quoted($0, limit: 16) } ?? "no type"), shape \(list(shape)), "
            + "offsets \(list(offsets))"
    }

    private static func wholeNumbers(_ values: [TokenizerJSON]) -> [Int]? {
        guard values.count <= 64 else { return nil }
        let numbers = values.compactMap { $0.number.flatMap { Int(exactly: $0) } }
        return numbers.count == values.count && numbers.allSatisfy { $0 >= 0 } ? numbers : nil
    }
}

extension ElementType {
    /// The type that a header names, and the bytes of one element; no size for a type that is not known.
    fileprivate static func ofSafetensors(_ name: String) -> (ElementType, Int?) {
        switch name {
        case "F64": (.float64, 8)
        case "F32": (.float32, 4)
        case "F16": (.float16, 2)
        case "BF16": (.bfloat16, 2)
        case "I64": (.int64, 8)
        case "I32": (.int32, 4)
        case "I16": (.int16, 2)
        case "I8": (.int8, 1)
        case "U64": (.uint64, 8)
        case "U32": (.uint32, 4)
        case "U16": (.uint16, 2)
        case "U8": (.uint8, 1)
        case "BOOL", "F8_E4M3", "F8_E5M2": (.other, 1)
        default: (.other, nil)
        }
    }
}
