import Testing
import WhenceDiscovery

@Suite("Edges")
struct EdgeTests {
    @Test("The ends of an edge are stored with the smaller index first, marks with them")
    func orderOfEnds() {
        #expect(Edge(4, .tail, .arrow, 1) == Edge(1, .arrow, .tail, 4))
        #expect(Edge(4, .tail, .arrow, 1).marks == "<--")
        #expect(Edge(0, .circle, .arrow, 1).marks == "o->")
    }
}
