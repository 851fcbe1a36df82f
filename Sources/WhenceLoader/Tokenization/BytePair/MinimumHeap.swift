/// A queue that gives its least element first.
struct MinimumHeap<Element: Comparable> {
    private var elements: [Element] = []

    /// The least element; `nil` when there is none.
    var least: Element? { elements.first }

    /// Adds an element.
    ///
    /// - Complexity: O(log elements).
    mutating func insert(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0, elements[index] < elements[(index - 1) / 2] {
            elements.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    /// Takes the least element out.
    ///
    /// - Complexity: O(log elements).
    mutating func popLeast() -> Element? {
        guard let least = elements.first, let last = elements.popLast() else { return nil }
        guard !elements.isEmpty else { return least }
        elements[0] = last
        var index = 0
        while true {
            var smallest = index
            for child in [2 * index + 1, 2 * index + 2] where child < elements.count {
                if elements[child] < elements[smallest] { smallest = child }
            }
            guard smallest != index else { return least }
            elements.swapAt(index, smallest)
            index = smallest
        }
    }
}
