/// One of several inputs that are explained together, on its graphs.
struct ExplanationMember<Subject: ExplanationSubject> {
    /// Its number on the clock.
    let number: Int
    let subject: Subject
    let graphs: [CausalGraph]
    private(set) var search: ExplanationSearch<Subject.Outcome>
    /// What the model had against it.
    private var failure: (any Error)?

    init(
        number: Int, subject: Subject, graphs: [CausalGraph], search: ExplanationSearch<Subject.Outcome>
    ) {
        self.number = number
        self.subject = subject
        self.graphs = graphs
        self.search = search
    }

    /// The sets to verify next; none when its search is over.
    mutating func next(atMost limit: Int, isOutOfTime: Bool) -> ArraySlice<CandidateSet> {
        failure == nil ? search.next(atMost: limit, isOutOfTime: isOutOfTime) : []
    }

    /// Takes in the model's answers to the sets handed out last.
    mutating func take(_ logits: Result<[[Float]], any Error>, of sets: ArraySlice<CandidateSet>) {
        switch logits {
        case .success(let logits): search.take(logits.map(subject.outcome), of: sets)
        case .failure(let error): failure = error
        }
    }

    /// What was found out.
    func finding(milliseconds: Double) -> Result<Finding<Subject.Outcome>, any Error> {
        if let failure { return .failure(failure) }
        return .success(Finding(graphs: graphs, report: search.report, milliseconds: milliseconds))
    }
}
