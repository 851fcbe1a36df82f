/// One line that says how far a run is, in as much detail as fits.
struct ProgressBar {
    /// Something that is said.
    struct Part {
        var text: String
        /// Where not all fits the highest rank goes first; 0 stays.
        var rank: Int
    }

    /// The share that is done, 0…1; `nil` where it is not known, and no bar is drawn.
    var share: Double?
    /// In the order in which they are said.
    var parts: [Part]

    /// Columns between the brackets, the most wanted first; then there is no bar.
    private static let lengths = [20, 10]

    /// The parts alone, all of them.
    var sentence: String { Self.sentence(parts) }

    /// The line.
    ///
    /// - Parameter width: columns; the line has fewer, as some terminals go on to the next line when one is full.
    func line(width: Int) -> String {
        if let share {
            for length in Self.lengths {
                let line = Self.bar(share, length: length) + sentence
                if line.count < width { return line }
            }
        }
        var parts = parts
        while Self.sentence(parts).count >= width, let rank = parts.map(\.rank).max(), rank > 0 {
            parts.removeAll { $0.rank == rank }
        }
        return String(Self.sentence(parts).prefix(max(0, width - 1)))
    }

    private static func sentence(_ parts: [Part]) -> String { parts.map(\.text).joined(separator: ", ") }

    private static func bar(_ share: Double, length: Int) -> String {
        let filled = Int((min(max(share, 0), 1) * Double(length)).rounded(.down))
        return "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: length - filled)
            + "] "
    }
}
