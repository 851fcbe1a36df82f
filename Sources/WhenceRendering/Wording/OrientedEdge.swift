internal import WhenceDiscovery
internal import WhenceExplanation

/// An edge written so that it points forwards: what may be the cause comes first.
///
/// `a <-- b` becomes `b --> a`, `a <-o b` becomes `b o-> a`, and `a --o b` becomes `b o-- a`; the marks stay
/// at their nodes. Of the nine pairs of marks six remain, each with one meaning.
struct OrientedEdge: Hashable {
    let source: Int
    let target: Int
    let markAtSource: Mark
    let markAtTarget: Mark

    init(_ edge: CausalGraph.GraphEdge) {
        self.init(Edge(edge))
    }

    init(_ edge: Edge) {
        let pointsBack =
            switch (edge.markAtA, edge.markAtB) {
            case (.arrow, .tail), (.arrow, .circle), (.tail, .circle): true
            default: false
            }
        source = pointsBack ? edge.b : edge.a
        target = pointsBack ? edge.a : edge.b
        markAtSource = pointsBack ? edge.markAtB : edge.markAtA
        markAtTarget = pointsBack ? edge.markAtA : edge.markAtB
    }

    /// The marks from source to target: one of `---  -->  o->  o-o  <->  o--`.
    var marks: String { Edge(0, markAtSource, markAtTarget, 1).marks }

    /// What the marks say.
    var meaning: EdgeMeaning {
        switch (markAtSource, markAtTarget) {
        case (.tail, .arrow): .cause
        case (.circle, .arrow): .possibleCause
        case (.arrow, .arrow): .hiddenCommonCause
        case (.circle, .circle): .unknown
        case (.tail, .tail): .selection
        default: .possibleSelection
        }
    }
}

/// The six things that an edge of a partial ancestral graph can say.
enum EdgeMeaning: Int, Hashable, Comparable, CaseIterable {
    /// `-->`: the source is an ancestor of the target, in every graph that fits.
    case cause
    /// `o->`: the target is no ancestor of the source; the source is one, or the two share a latent ancestor.
    case possibleCause
    /// `<->`: neither is an ancestor of the other; they share a latent ancestor.
    case hiddenCommonCause
    /// `o-o`: nothing is known of the direction.
    case unknown
    /// `o--`: the target is an ancestor of the source or of a selection variable.
    case possibleSelection
    /// `---`: each is an ancestor of the other or of a selection variable.
    case selection

    static func < (first: EdgeMeaning, second: EdgeMeaning) -> Bool { first.rawValue < second.rawValue }

    /// The marks from source to target.
    var marks: String {
        switch self {
        case .cause: "-->"
        case .possibleCause: "o->"
        case .hiddenCommonCause: "<->"
        case .unknown: "o-o"
        case .possibleSelection: "o--"
        case .selection: "---"
        }
    }

    /// The meaning in a few words, for a legend.
    var summary: String {
        switch self {
        case .cause: "causes"
        case .possibleCause: "causes, or shares a hidden cause with"
        case .hiddenCommonCause: "a hidden common cause of both"
        case .unknown: "linked; direction unknown"
        case .possibleSelection: "is caused by, or linked by selection"
        case .selection: "linked by selection"
        }
    }

    /// What one end does to the other, as the rest of a sentence that begins with that end's name.
    func predicate(of end: End, other: String) -> String {
        switch (self, end) {
        case (.cause, .source): "causes \(other)"
        case (.cause, .target): "is caused by \(other)"
        case (.possibleCause, .source): "causes \(other), or shares a hidden cause with it"
        case (.possibleCause, .target): "is caused by \(other), or shares a hidden cause with it"
        case (.hiddenCommonCause, _): "has a hidden common cause with \(other)"
        case (.unknown, _): "is linked to \(other); direction unknown"
        case (.possibleSelection, .source): "is caused by \(other), or linked to it by selection"
        case (.possibleSelection, .target): "causes \(other), or is linked to it by selection"
        case (.selection, _): "is linked to \(other) by selection"
        }
    }

    /// The two ends of an ``OrientedEdge``.
    enum End {
        case source
        case target
    }
}
