import Testing

@testable import WhenceDiscovery

/// Each rule alone, on the smallest graph it applies to and on one beside it to which it does not.
@Suite("Rules of orientation")
struct OrientationRuleTests {
    private func orientation(_ graph: MixedGraph, separators: [[Int]] = []) -> Orientation {
        var table = SeparatorTable(nodeCount: graph.nodeCount)
        for entry in separators {
            table.record(SeparatingSet(a: entry[0], b: entry[1], set: Array(entry[2...]), pValue: 1))
        }
        return Orientation(graph: graph, separators: table)
    }

    /// Applies a rule once and checks the edges that come of it.
    private func expect(
        _ graph: MixedGraph, separators: [[Int]] = [], _ rule: (inout Orientation) -> Bool,
        gives edges: [String]?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        var orientation = orientation(graph, separators: separators)
        #expect(rule(&orientation) == (edges != nil), sourceLocation: sourceLocation)
        #expect(
            edgeTexts(orientation.graph) == edges ?? edgeTexts(graph), sourceLocation: sourceLocation)
    }

    @Test("R0 makes colliders of unshielded triples whose middle separates nothing")
    func rule0() throws {
        var collider = orientation(try graph(3, "0 o-o 1", "1 o-o 2"), separators: [[0, 2]])
        collider.applyRule0()
        #expect(edgeTexts(collider.graph) == ["0 o-> 1", "1 <-o 2"])
        var chain = orientation(try graph(3, "0 o-o 1", "1 o-o 2"), separators: [[0, 2, 1]])
        chain.applyRule0()
        #expect(edgeTexts(chain.graph) == ["0 o-o 1", "1 o-o 2"])
        var overlapping = orientation(
            try graph(4, "0 o-o 1", "1 o-o 2", "2 o-o 3"), separators: [[0, 2], [0, 3], [1, 3]])
        overlapping.applyRule0()
        #expect(edgeTexts(overlapping.graph) == ["0 o-> 1", "1 <-> 2", "2 <-o 3"])
    }

    @Test("R1 directs the edge behind an arrowhead, in unshielded triples only")
    func rule1() throws {
        expect(
            try graph(3, "0 o-> 1", "1 o-o 2"), { $0.applyRule1() }, gives: ["0 o-> 1", "1 --> 2"])
        expect(try graph(3, "0 o-> 1", "1 o-o 2", "0 o-o 2"), { $0.applyRule1() }, gives: nil)
    }

    @Test("R2 forbids a cycle, along either of its two forms")
    func rule2() throws {
        expect(
            try graph(3, "0 --> 1", "1 <-> 2", "0 o-o 2"), { $0.applyRule2() },
            gives: ["0 --> 1", "0 o-> 2", "1 <-> 2"])
        expect(
            try graph(3, "0 <-> 1", "1 --> 2", "0 o-o 2"), { $0.applyRule2() },
            gives: ["0 <-> 1", "0 o-> 2", "1 --> 2"])
        expect(try graph(3, "0 <-> 1", "1 <-> 2", "0 o-o 2"), { $0.applyRule2() }, gives: nil)
    }

    @Test("R3 points a node between two colliding neighbours at the collider")
    func rule3() throws {
        let marks = ["0 o-> 1", "1 <-o 2", "0 o-o 3", "2 o-o 3", "1 o-o 3"]
        expect(
            try graph(4, marks[0], marks[1], marks[2], marks[3], marks[4]), { $0.applyRule3() },
            gives: ["0 o-> 1", "0 o-o 3", "1 <-o 2", "1 <-o 3", "2 o-o 3"])
        expect(
            try graph(4, marks[0], marks[1], marks[2], marks[3], marks[4], "0 o-o 2"), { $0.applyRule3() },
            gives: nil)
    }

    @Test("R4 decides the end of a discriminating path by the separating set")
    func rule4() throws {
        // ⟨0, 1, 2, 3⟩: 1 is a collider and a parent of 3.
        let path = try graph(4, "0 o-> 1", "1 <-o 2", "1 --> 3", "2 o-o 3")
        expect(
            path, separators: [[0, 3, 1, 2]], { $0.applyRule4() },
            gives: ["0 o-> 1", "1 <-o 2", "1 --> 3", "2 --> 3"])
        expect(
            path, separators: [[0, 3, 1]], { $0.applyRule4() },
            gives: ["0 o-> 1", "1 <-> 2", "1 --> 3", "2 <-> 3"])
        expect(
            try graph(4, "0 o-> 1", "1 <-o 2", "1 o-> 3", "2 o-o 3"), separators: [[0, 3, 1]],
            { $0.applyRule4() }, gives: nil)
        // A longer one, ⟨0, 4, 1, 2, 3⟩.
        expect(
            try graph(5, "0 o-> 4", "1 <-> 4", "4 --> 3", "1 <-o 2", "1 --> 3", "2 o-o 3"),
            separators: [[0, 3, 1, 2, 4]], { $0.applyRule4() },
            gives: ["0 o-> 4", "1 <-o 2", "1 --> 3", "1 <-> 4", "2 --> 3", "3 <-- 4"])
    }

    @Test("R4 leaves an arrowhead that a path just drew, whatever a second path to it says")
    func rule4OnItsOwnMark() throws {
        // ⟨3, 2, 0, 1⟩ makes 0 <-> 2, after which ⟨5, 4, 0, 2⟩ has nothing to decide.
        expect(
            try graph(
                6, "0 o-o 1", "0 o-> 2", "0 o-> 4", "1 <-- 2", "2 <-o 3", "2 <-- 4", "4 <-o 5"),
            separators: [[1, 3], [1, 4], [2, 5, 0]], { $0.applyRule4() },
            gives: ["0 <-> 1", "0 <-> 2", "0 o-> 4", "1 <-- 2", "2 <-o 3", "2 <-- 4", "4 <-o 5"])
    }

    @Test("R5 makes an uncovered circle cycle undirected, a chordal one not")
    func rule5() throws {
        expect(
            try graph(4, "0 o-o 1", "1 o-o 2", "2 o-o 3", "0 o-o 3"), { $0.applyRule5() },
            gives: ["0 --- 1", "0 --- 3", "1 --- 2", "2 --- 3"])
        expect(
            try graph(4, "0 o-o 1", "1 o-o 2", "2 o-o 3", "0 o-o 3", "0 o-o 2"), { $0.applyRule5() },
            gives: nil)
    }

    @Test("R6 puts a tail at every end beside an undirected edge")
    func rule6() throws {
        expect(try graph(3, "0 --- 1", "1 o-> 2"), { $0.applyRule6() }, gives: ["0 --- 1", "1 --> 2"])
        expect(try graph(3, "0 --o 1", "1 o-> 2"), { $0.applyRule6() }, gives: nil)
    }

    @Test("R7 carries a tail on through an unshielded triple")
    func rule7() throws {
        expect(try graph(3, "0 --o 1", "1 o-o 2"), { $0.applyRule7() }, gives: ["0 --o 1", "1 --o 2"])
        expect(try graph(3, "0 --o 1", "1 o-o 2", "0 o-o 2"), { $0.applyRule7() }, gives: nil)
    }

    @Test("R8 sees ancestors through one node, in either order of the numbers")
    func rule8() throws {
        expect(
            try graph(3, "0 --> 1", "1 --> 2", "0 o-> 2"), { $0.applyRule8() },
            gives: ["0 --> 1", "0 --> 2", "1 --> 2"])
        expect(
            try graph(3, "2 --> 1", "1 --> 0", "2 o-> 0"), { $0.applyRule8() },
            gives: ["0 <-- 1", "0 <-- 2", "1 <-- 2"])
        expect(
            try graph(3, "0 --o 1", "1 --> 2", "0 o-> 2"), { $0.applyRule8() },
            gives: ["0 --o 1", "0 --> 2", "1 --> 2"])
        expect(try graph(3, "0 o-> 1", "1 --> 2", "0 o-> 2"), { $0.applyRule8() }, gives: nil)
    }

    private func rule9(_ orientation: inout Orientation) -> Bool {
        var paths = UncoveredPaths(orientation.graph, ambiguity: orientation.ambiguity)
        return orientation.applyRule9(&paths)
    }

    @Test("R9 follows uncovered potentially directed paths")
    func rule9() throws {
        expect(
            try graph(4, "0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3"), rule9,
            gives: ["0 o-o 1", "0 --> 3", "1 o-o 2", "2 --> 3"])
        // Covered, by 0 - 2; against an arrowhead; into a neighbour of the end.
        expect(try graph(4, "0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3", "0 <-> 2"), rule9, gives: nil)
        expect(try graph(4, "0 o-> 3", "0 o-o 1", "1 <-> 2", "2 --> 3"), rule9, gives: nil)
        expect(try graph(4, "0 o-> 3", "0 o-o 1", "1 o-o 2", "2 --> 3", "1 <-> 3"), rule9, gives: nil)
    }

    private func rule10(_ orientation: inout Orientation) -> Bool {
        var paths = UncoveredPaths(orientation.graph, ambiguity: orientation.ambiguity)
        return orientation.applyRule10(&paths)
    }

    @Test("R10 needs two potentially directed paths that part at once")
    func rule10() throws {
        // The paths are single edges, then longer ones whose last triple may be shielded.
        expect(
            try graph(4, "0 o-> 3", "0 o-o 1", "0 o-o 2", "1 --> 3", "2 --> 3"), rule10,
            gives: ["0 o-o 1", "0 o-o 2", "0 --> 3", "1 --> 3", "2 --> 3"])
        expect(
            try graph(5, "0 o-> 3", "0 o-o 4", "4 o-o 1", "0 o-o 2", "1 --> 3", "2 --> 3"), rule10,
            gives: ["0 o-o 2", "0 --> 3", "0 o-o 4", "1 --> 3", "1 o-o 4", "2 --> 3"])
        // First nodes adjacent; a path against an arrowhead; one parent only.
        expect(
            try graph(4, "0 o-> 3", "0 o-o 1", "0 o-o 2", "1 --> 3", "2 --> 3", "1 o-o 2"), rule10, gives: nil
        )
        expect(
            try graph(4, "0 o-> 3", "0 <-o 1", "0 o-o 2", "1 --> 3", "2 --> 3"), rule10, gives: nil)
        expect(try graph(4, "0 o-> 3", "0 o-o 1", "0 o-o 2", "1 --> 3", "2 o-> 3"), rule10, gives: nil)
    }

    @Test(
        "No rule lists paths: a dense graph of sixty circle nodes is oriented at once",
        .timeLimit(.minutes(1)))
    func denseGraph() throws {
        var generator = SplitMix64(seed: 60)
        var dense = MixedGraph(completeOver: 60)
        for a in 0..<60 {
            for b in a + 1..<60 where Int.random(in: 0..<5, using: &generator) == 0 { dense.disconnect(a, b) }
        }
        // Some arrowheads, so that R9 and R10 have edges to judge, in a graph far from any legal one.
        for edge in dense.edges where Int.random(in: 0..<10, using: &generator) == 0 {
            dense.setMark(.arrow, at: edge.b, from: edge.a)
        }
        for rule in [
            { $0.applyRule1() }, { $0.applyRule2() }, { $0.applyRule3() }, { $0.applyRule4() },
        ] as [(inout Orientation) -> Bool] {
            var orientation = orientation(dense)
            _ = rule(&orientation)
        }
        var orientation = orientation(dense)
        orientation.orientTails(selectionBias: true)
        #expect(orientation.graph.edgeCount == dense.edgeCount)
    }
}
