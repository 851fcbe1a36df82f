import Foundation
import Testing

/// Safetensors files made of others.
enum SafetensorsFixture {
    /// A safetensors file with other names.
    static func renaming(_ file: Data, _ rename: (String) -> String) throws -> Data {
        let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        let header = try JSONSerialization.jsonObject(with: file.dropFirst(8).prefix(length))
        let entries = try #require(header as? [String: Any])
        let renamed = Dictionary(
            uniqueKeysWithValues: entries.map { ($0 == "__metadata__" ? $0 : rename($0), $1) })
        let bytes = try JSONSerialization.data(withJSONObject: renamed, options: .sortedKeys)
        let count = (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> ($0 * 8)) }
        return Data(count) + bytes + file.dropFirst(8 + length)
    }
}
