internal import CWhenceKernels

/// A task as the kernels read it: lists that stay where they are as long as this lives.
///
/// `@unchecked Sendable`: everything is written in the initialiser and only read after it.
final class TaskMemory: @unchecked Sendable {
    let kernelTask: UnsafePointer<whence_task>
    /// The positions that a model reads; nil for all.
    let visible: UnsafePointer<Int32>?

    private let release: () -> Void

    init(_ task: InContextTask) {
        var starts: [Int32] = []
        var parents: [Int32] = []
        for graph in task.graphs {
            for list in graph.parents {
                starts.append(Int32(parents.count))
                parents.append(contentsOf: list.map(Int32.init))
            }
        }
        starts.append(Int32(parents.count))
        let laws = (0..<task.length).map { position -> UInt8 in
            let isQuestion = task.graphs[0].lastIsQuestion && position == task.length - 1
            let law =
                switch task.roots {
                case .stationary: whence_root_stationary
                case .dirichlet: whence_root_dirichlet
                case .uniform: whence_root_uniform
                }
            return UInt8((isQuestion ? whence_root_uniform : law).rawValue)
        }
        let kernelStarts = Self.copy(starts)
        let kernelParents = Self.copy(parents.isEmpty ? [0] : parents)
        let kernelLaws = Self.copy(laws)
        let arities = Self.copy(task.arities.map(Int32.init) + [0])
        var fixedRows: UnsafeMutablePointer<Float>?
        var alpha: Float = 1
        switch task.kernels {
        case .dirichlet(let value): alpha = Float(value)
        case .fixed(let rows): fixedRows = Self.copy(rows.flatMap { $0.map(Float.init) })
        }
        let visible = task.hidden.isEmpty ? nil : Self.copy(task.visible.map(Int32.init))
        let kernelTask = Self.copy([
            whence_task(
                vocabulary: task.vocabulary, positions: task.length, graphs: task.graphs.count,
                starts: kernelStarts, parents: kernelParents, root_laws: kernelLaws,
                kernels: task.arities.count, arities: arities, alpha: alpha, fixed_rows: fixedRows)
        ])
        self.kernelTask = UnsafePointer(kernelTask)
        self.visible = UnsafePointer(visible)
        release = { [fixedRows] in
            kernelStarts.deallocate()
            kernelParents.deallocate()
            kernelLaws.deallocate()
            arities.deallocate()
            fixedRows?.deallocate()
            visible?.deallocate()
            kernelTask.deallocate()
        }
    }

    deinit { release() }

    private static func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element>
    {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
        memory.initialize(from: elements, count: elements.count)
        return memory
    }
}
