internal import WhenceInference

/// Tasks that annotate groups beside each other, each in a workspace of one thread.
struct AnnotationWorkers: Sendable {
    /// What a worker made of a group.
    struct Done: Sendable {
        var worker: Int
        var serials: [Int]
        var answers: Result<[RowAnswer], any Error>
    }

    /// In the order in which groups are done.
    let results: AsyncStream<Done>

    private let annotator: any RowAnnotator
    private let done: AsyncStream<Done>.Continuation
    private let desks:
        [(groups: AsyncStream<RowWindow.Group>, inbox: AsyncStream<RowWindow.Group>.Continuation)]

    init(_ annotator: any RowAnnotator, count: Int) {
        self.annotator = annotator
        (results, done) = AsyncStream.makeStream()
        desks = (0..<count).map { _ in
            let (stream, continuation) = AsyncStream.makeStream(of: RowWindow.Group.self)
            return (stream, continuation)
        }
    }

    /// Works on one worker's groups until there will be no more, or the task is cancelled.
    func work(_ worker: Int) async {
        // Made with the first group: starting costs nothing that is not needed.
        var workspace: Workspace?
        for await group in desks[worker].groups {
            let answers: Result<[RowAnswer], any Error>
            do {
                let own = try workspace ?? Workspace(threads: 1)
                workspace = own
                answers = .success(try await annotator.annotate(group.contents, in: own))
            } catch {
                answers = .failure(error)
            }
            done.yield(Done(worker: worker, serials: group.serials, answers: answers))
        }
    }

    /// Gives a worker another group.
    func give(_ group: RowWindow.Group, to worker: Int) {
        desks[worker].inbox.yield(group)
    }

    /// Tells the workers that there will be no more.
    func finish() {
        for desk in desks { desk.inbox.finish() }
    }
}
