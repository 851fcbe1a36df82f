internal import WhenceExplanation

/// Attention heads as a person reads them.
enum HeadWording {
    /// `head 2`, `heads 1, 3`, `all heads pooled`.
    static func list(_ heads: [HeadLabel]) -> String {
        let numbers = heads.compactMap { head in
            if case .head(let number) = head { number } else { nil }
        }
        guard !numbers.isEmpty else { return "all heads pooled" }
        return (numbers.count == 1 ? "head " : "heads ") + numbers.map(String.init).joined(separator: ", ")
    }

    /// One head by name: `head 2`, `all heads pooled`.
    static func name(_ head: HeadLabel) -> String { list([head]) }

    /// How many of the graphs agree: `all 4 heads`, `both heads`, `3 of 4 heads`; nothing where there is only one graph.
    static func share(_ count: Int, of total: Int) -> String? {
        guard total > 1 else { return nil }
        guard count == total else { return "\(count) of \(total) heads" }
        return total == 2 ? "both heads" : "all \(total) heads"
    }

    /// Which heads led to an explanation; nothing where there is only one graph.
    static func origin(_ heads: [HeadLabel], of total: Int) -> String {
        if heads.isEmpty { return "exhaustive" }
        if total <= 1 { return "" }
        return heads.count > 4 || heads.count == total ? share(heads.count, of: total) ?? "" : list(heads)
    }

    /// Whose attention graphs were learnt from.
    static func source(_ heads: [HeadLabel]) -> String {
        switch (heads.count, heads.first) {
        case (1, .pooled): "all heads, pooled,"
        case (1, let head?): "\(name(head)) alone"
        default: "\(heads.count) heads"
        }
    }
}
