internal import Foundation

extension HistoryReference {
    /// One item as a person writes it: a title, or an id after `id:`.
    public init(_ text: some StringProtocol) {
        self =
            text.hasPrefix("id:")
            ? .id(text.dropFirst(3).trimmingCharacters(in: .whitespaces)) : .title(String(text))
    }

    /// The parts of a list that are not empty, without the space around them.
    public static func parts(_ list: String, at separator: Character) -> [String] {
        list.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
            !$0.isEmpty
        }
    }

    /// A history in one text: titles, or ids after `id:`, with `;` between them; or whole numbers with commas between
    /// them, which are ids.
    static func list(_ text: String) -> [HistoryReference] {
        let numbers = parts(text, at: ",")
        if !numbers.isEmpty, numbers.allSatisfy(isWholeNumber) {
            return numbers.map(HistoryReference.id)
        }
        return parts(text, at: ";").map { HistoryReference($0) }
    }
    private static func isWholeNumber(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
