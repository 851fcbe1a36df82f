internal import CWhenceKernels

extension InContextTask {
    /// Draws sequences, on all threads of the workspace.
    ///
    /// - Parameters:
    ///   - count: at least 1.
    ///   - key: what chance follows from; the same key, the same bytes, whatever the number of threads.
    ///   - keepingKernels: whether the sample carries the kernels too, `rowCount · vocabulary` numbers a sequence.
    /// - Throws: `setting` for a count that is out of range, or takes more memory than the laboratory takes on;
    ///   `memory` if the system has none left.
    /// - Complexity: O(count · (rowCount · vocabulary + vocabulary³ + length · vocabulary)).
    public func sample(
        _ count: Int, key: BatchKey, keepingKernels: Bool = false, in workspace: LaboratoryWorkspace
    ) throws(LaboratoryError) -> TaskSample {
        guard (1...LaboratoryLimits.batch).contains(count) else {
            throw .setting(
                name: "the number of sequences", value: "\(count)", expected: "1 to \(LaboratoryLimits.batch)"
            )
        }
        let greatest = greatestSample(keepingKernels: keepingKernels)
        guard count <= greatest else {
            throw .setting(
                name: "the number of sequences", value: "\(count)",
                expected: "at most \(greatest), for a task of \(vocabulary) tokens, \(length) positions and "
                    + "\(rowCount) rows of kernels")
        }
        let groups = TokenBatch.groupCount(count), lanes = groups * TokenBatch.groupSize
        let memory = TaskMemory(self)
        var tokens = [Int32](repeating: 0, count: length * lanes)
        var labels = [Float](repeating: 0, count: vocabulary * lanes)
        var rows = [Float](repeating: 0, count: keepingKernels ? rowCount * vocabulary * lanes : 0)
        var graphNumbers = [Int32](repeating: 0, count: lanes)
        let threads = Int32(truncatingIfNeeded: workspace.threadCount)
        let scratch = try workspace.scratch(whence_sampling_workspace(memory.kernelTask, threads))
        tokens.withUnsafeMutableBufferPointer { tokens in
            labels.withUnsafeMutableBufferPointer { labels in
                rows.withUnsafeMutableBufferPointer { rows in
                    graphNumbers.withUnsafeMutableBufferPointer { graphNumbers in
                        var job = whence_sampling(
                            task: memory.kernelTask, key: key.kernelKey, groups: groups,
                            tokens: tokens.baseAddress, labels: labels.baseAddress,
                            rows: keepingKernels ? rows.baseAddress : nil, graphs: graphNumbers.baseAddress,
                            workspace: scratch)
                        whence_sample(&job, workspace.team)
                    }
                }
            }
        }
        return TaskSample(
            task: self,
            complete: TokenBatch(
                count: count, length: length, vocabulary: vocabulary, tokens: tokens, labels: labels),
            graphNumbers: graphNumbers[..<count].map(Int.init), rows: rows)
    }

    /// Sequences of a sample at most, so that it fits into memory.
    func greatestSample(keepingKernels: Bool) -> Int {
        let numbers = length + vocabulary + (keepingKernels ? rowCount * vocabulary : 0)
        return min(LaboratoryLimits.batch, LaboratoryLimits.sample / numbers)
    }
}

/// Sequences of a task, with what a model never sees.
public struct TaskSample: Sendable {
    /// The task they come from.
    public let task: InContextTask
    /// All positions, hidden ones included.
    public let complete: TokenBatch
    /// The number of each sequence's graph among the task's.
    public let graphNumbers: [Int]

    /// `[groups, rowCount, vocabulary, 16]`, or empty.
    let rows: [Float]

    /// What a model reads.
    public var visible: TokenBatch { task.hidden.isEmpty ? complete : complete.restricted(to: task.visible) }

    /// The kernels of a sequence, `[rowCount][vocabulary]`, by number of parents one after the other; empty unless
    /// they were kept.
    public func kernels(of sequence: Int) -> [[Float]] {
        guard !rows.isEmpty else { return [] }
        let vocabulary = task.vocabulary, entries = task.rowCount * vocabulary
        return (0..<task.rowCount).map { row in
            (0..<vocabulary).map { rows[TokenBatch.place(sequence, row * vocabulary + $0, of: entries)] }
        }
    }
}
