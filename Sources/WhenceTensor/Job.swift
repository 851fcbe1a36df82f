internal import CWhenceKernels
internal import Synchronization

/// Work in parts that threads take one by one.
final class Job {
    private let count: Int
    private let part: (_ index: Int, _ thread: Int) -> TensorError?
    private let failure = Mutex<TensorError?>(nil)

    /// - Parameters:
    ///   - count: the number of parts.
    ///   - part: does one part; `thread` tells threads that run at the same time apart. The compiler does not see
    ///     that parts run at the same time: they write to different places, and use only what belongs to `thread`.
    init(count: Int, part: @escaping (_ index: Int, _ thread: Int) -> TensorError?) {
        self.count = count
        self.part = part
    }

    /// Runs all parts, on the calling thread alone without a team; gives an error if one failed.
    func run(on team: OpaquePointer?) -> TensorError? {
        whence_team_run(
            team, count,
            { context, index, thread in
                guard let context else { return }
                Unmanaged<Job>.fromOpaque(context).takeUnretainedValue().run(index, thread: Int(thread))
            }, Unmanaged.passUnretained(self).toOpaque())
        return failure.withLock { $0 }
    }

    private func run(_ index: Int, thread: Int) {
        guard let error = part(index, thread) else { return }
        failure.withLock { $0 = $0 ?? error }
    }
}
