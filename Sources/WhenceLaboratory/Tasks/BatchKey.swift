internal import CWhenceKernels

/// What the chance of a batch follows from; the same key gives the same sequences on every machine of a kind.
///
/// Every sequence has a stream of random numbers of its own, which follows from the key and the sequence's number, so
/// batches can be drawn in any order, and a longer batch begins with a shorter one.
public struct BatchKey: Sendable, Hashable, Codable {
    /// What a batch is drawn for; the same seed and number give different sequences for different purposes.
    public enum Purpose: Int, Sendable, Hashable, Codable, CaseIterable {
        /// Learning.
        case training
        /// Measuring a model.
        case evaluation
        /// Measuring laws of the task.
        case theory
        /// Running the interpreter on a model.
        case calibration
    }

    /// The experiment's seed.
    public var seed: UInt64
    /// What the batch is for.
    public var purpose: Purpose
    /// Its number.
    public var batch: Int

    /// Makes a key.
    public init(seed: UInt64, purpose: Purpose = .training, batch: Int = 0) {
        self.seed = seed
        self.purpose = purpose
        self.batch = batch
    }

    var kernelKey: whence_batch_key {
        whence_batch_key(
            seed: seed, domain: UInt64(purpose.rawValue), batch: UInt64(truncatingIfNeeded: batch))
    }
}
