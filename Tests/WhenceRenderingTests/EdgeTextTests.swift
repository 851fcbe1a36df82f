import Testing
import WhenceDiscovery
import WhenceExplanation
import WhenceRendering

@Suite("Edges as text")
struct EdgeTextTests {
    @Test(
        "Every pair of marks has its own spelling",
        arguments: zip(
            [
                (Mark.tail, Mark.tail), (.tail, .arrow), (.arrow, .tail), (.circle, .arrow),
                (.arrow, .circle),
                (.circle, .circle), (.arrow, .arrow), (.circle, .tail), (.tail, .circle),
            ],
            ["---", "-->", "<--", "o->", "<-o", "o-o", "<->", "o--", "--o"]))
    func spelling(marks: (Mark, Mark), expected: String) {
        let edge = CausalGraph.GraphEdge(a: 0, b: 1, markAtA: marks.0, markAtB: marks.1, pValue: 0)
        #expect(edge.marks == expected)
    }
}
