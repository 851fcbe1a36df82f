extension CausalTruth {
    /// The search through all graphs of the class, over all observed nodes.
    ///
    /// Where it is long, parts are looked at first. The class of the independences among some of the nodes can be
    /// searched in the same way; whether a is anterior to b is the same in a graph of the whole class and in its
    /// projection on the part (Richardson and Spirtes 2002, Theorem 4.18 and §4.2), which belongs to the part's class.
    /// So what all graphs of the part's class agree on, all of the whole class do.
    func equivalenceClass() -> EquivalenceClassSearch {
        let all = UInt8(truncatingIfNeeded: (1 << nodeCount) - 1)
        var known = AnteriorFacts()
        var search = search(all, known, maximumSteps: 50)
        for size in 3..<max(nodeCount, 3) where !search.isComplete {
            for part in 0...all where part.nonzeroBitCount == size {
                let facts = self.search(part, known, maximumSteps: 500).facts
                known.always |= facts.always
                known.never |= facts.never
            }
            if size > 3 { search = self.search(all, known, maximumSteps: 500) }
        }
        return search.isComplete ? search : self.search(all, known, maximumSteps: 500_000)
    }

    private func search(_ nodes: UInt8, _ known: AnteriorFacts, maximumSteps: Int) -> EquivalenceClassSearch {
        EquivalenceClassSearch(
            nodes: nodes, adjacent: adjacent(within: nodes), selectionBias: hasSelection, known: known,
            maximumSteps: maximumSteps, isSeparated: isSeparated)
    }
}
