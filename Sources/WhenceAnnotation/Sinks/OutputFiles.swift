internal import WhenceRendering

/// The files of one run, in the order in which they have to reach the disk.
///
/// A checkpoint is written only when the outputs it speaks of are on the disk; names change only after the checkpoint
/// that says that all is written; the journal goes last. So there is no moment at which a kill loses more than the
/// rows since the last checkpoint.
final class OutputFiles<Tally: Codable & Sendable> {
    typealias Position = AnnotationOutput<Tally>.Position

    private let plan: OutputPlan
    private let journal: Journal<Tally>?
    private var records: JSONLinesSink?
    private var database: SQLiteSink?
    private var rows: Int
    private var digest: RowsDigest

    private init(
        _ plan: OutputPlan, journal: Journal<Tally>?, records: JSONLinesSink?, database: SQLiteSink?
    ) {
        (self.plan, self.journal, self.records, self.database) = (plan, journal, records, database)
        rows = journal?.last?.rows ?? 0
        digest = RowsDigest(goingOnFrom: journal?.last?.digest ?? "")
    }

    // MARK: Opening

    /// As ``AnnotationOutput/Opened``.
    enum Opened {
        case ready(OutputFiles, from: Position?)
        case finished(Tally)
        case present(FinishedOutputs)
    }

    /// Opens the files of a plan.
    static func open(_ plan: OutputPlan, identity: RunIdentity) throws(AnnotationError) -> Opened {
        let plan = plan.behindLinks
        try plan.check(reading: identity.input?.path)
        var identity = identity
        identity.outputs = plan.paths.map(DiskFile.name)
        guard let journalPath = plan.journal else {
            if plan.start == .new { try plan.checkIsFree() }
            return .ready(try begin(plan, nil, identity), from: nil)
        }
        let wasBegun = DiskFile.exists(journalPath)
        if plan.start == .resuming, !wasBegun, plan.paths.allSatisfy(DiskFile.exists) {
            return .present(FinishedOutputs(plan, identity))
        }
        if plan.start != .replacing, !wasBegun { try plan.checkIsFree() }
        let journal = try Journal<Tally>(journalPath)
        switch plan.start {
        case .replacing: break
        case .resuming where wasBegun:
            guard try journal.isBlank() else { return try resume(plan, journal, identity) }
            // A run that was killed before its first line wrote nothing else.
            try journal.demand(plan.partials.allSatisfy { !DiskFile.exists($0) })
        case .new, .resuming:
            do throws(AnnotationError) {
                // Another run may have come and gone since the files were looked at.
                try plan.checkIsFree(journalToo: wasBegun)
            } catch {
                if !wasBegun { try journal.remove() }
                throw error
            }
        }
        return .ready(try begin(plan, journal, identity), from: nil)
    }

    private static func begin(
        _ plan: OutputPlan, _ journal: Journal<Tally>?, _ identity: RunIdentity
    ) throws(AnnotationError) -> OutputFiles {
        try plan.removePartials()
        try journal?.begin(identity, replaces: plan.start == .replacing)
        return try make(plan, journal, identity)
    }

    private static func resume(
        _ plan: OutputPlan, _ journal: Journal<Tally>, _ identity: RunIdentity
    ) throws(AnnotationError) -> Opened {
        try journal.resume(identity)
        if let last = journal.last, last.isWhole {
            try putInPlace(plan)
            try journal.remove()
            return .finished(last.tally)
        }
        if !journal.replaces { try plan.checkOutputsAreFree() }
        guard let last = journal.last else {
            try plan.removePartials()
            return .ready(try make(plan, journal, identity), from: nil)
        }
        let files = try make(plan, journal, identity)
        let position = Position(
            rows: last.rows, tally: last.tally, digest: RowsDigest(goingOnFrom: last.digest),
            journal: journal.path)
        return .ready(files, from: position)
    }

    /// Opens the outputs at the journal's last checkpoint; anew, where it has none.
    private static func make(
        _ plan: OutputPlan, _ journal: Journal<Tally>?, _ identity: RunIdentity
    ) throws(AnnotationError) -> OutputFiles {
        var records: JSONLinesSink?
        if let path = plan.records {
            let encoder = RecordEncoder(task: identity.task, detail: identity.detail)
            let (file, byteCount) =
                plan.recordsAreStreamed
                ? (try DiskFile(stream: path), 0)
                : try recordsFile(path + OutputPlan.partialEnding, byteCount: journal?.last?.bytes)
            records = JSONLinesSink(file, byteCount: byteCount, encoder: encoder)
        }
        var database: SQLiteSink?
        if let path = plan.database.map({ $0 + OutputPlan.partialEnding }) {
            if let last = journal?.last {
                database = try SQLiteSink(resuming: path, identity: identity, rows: last.rows)
            } else {
                database = try SQLiteSink(creating: path, identity: identity)
            }
        }
        for path in plan.movedPaths { try DiskFile.synchronizeFolder(of: path) }
        return OutputFiles(plan, journal: journal, records: records, database: database)
    }

    /// Opens a file of records and cuts off what came after a checkpoint.
    private static func recordsFile(
        _ path: String, byteCount: Int?
    ) throws(AnnotationError) -> (DiskFile, Int) {
        guard let byteCount else { return (try DiskFile(path, creates: true), 0) }
        guard DiskFile.exists(path) else {
            throw .format(
                path: path, reason: "the file is gone that the journal speaks of. Start anew with --force.")
        }
        let file = try DiskFile(path, creates: false)
        let size = try file.byteCount()
        guard size >= byteCount else {
            throw .format(
                path: path,
                reason:
                    "it has \(NumberWording.count(size, "byte")), but the journal speaks of \(byteCount): it is another file, or was "
                    + "changed. Start anew with --force.")
        }
        let end = try file.bytes(from: max(0, byteCount - 1), count: min(byteCount, 1))
        guard end.allSatisfy({ $0 == UInt8(ascii: "\n") }) else {
            throw .format(
                path: path,
                reason:
                    "no record ends at byte \(byteCount), where the journal says so: it is another file, or "
                    + "was changed. Start anew with --force.")
        }
        try file.cut(to: byteCount)
        return (file, byteCount)
    }

    // MARK: Writing

    /// Adds one row.
    func append(_ row: AnnotatedRow) throws(AnnotationError) {
        try records?.append(row)
        try database?.append(row)
        try digest.add(row.row)
        rows += 1
    }

    /// Puts everything on the disk, and then says so in the journal.
    func commit(_ tally: Tally, inputIsBroken: Bool = false) throws(AnnotationError) {
        try records?.commit()
        try database?.commit()
        try journal?.add(checkpoint(tally, isWhole: false, inputIsBroken: inputIsBroken))
    }

    /// Ends the outputs and gives them their names.
    func finish(_ tally: Tally) throws(AnnotationError) {
        try records?.finish()
        try database?.finish()
        database = nil
        try journal?.add(checkpoint(tally, isWhole: true))
        try Self.putInPlace(plan)
        try journal?.remove()
    }

    /// Removes what was begun; outputs that were to be replaced stay.
    func abandon() throws(AnnotationError) {
        (records, database) = (nil, nil)
        try plan.removePartials()
        try journal?.remove()
    }

    private func checkpoint(
        _ tally: Tally, isWhole: Bool, inputIsBroken: Bool = false
    ) -> Journal<Tally>.Checkpoint {
        Journal.Checkpoint(
            rows: rows, bytes: records?.byteCount, digest: digest.value, isWhole: isWhole,
            inputIsBroken: inputIsBroken, tally: tally)
    }

    /// Gives outputs that are whole their names; those that have them already, because a kill came in between, keep
    /// them.
    private static func putInPlace(_ plan: OutputPlan) throws(AnnotationError) {
        for path in plan.movedPaths where DiskFile.exists(path + OutputPlan.partialEnding) {
            try DiskFile.move(path + OutputPlan.partialEnding, to: path)
            try DiskFile.synchronizeFolder(of: path)
        }
    }
}
