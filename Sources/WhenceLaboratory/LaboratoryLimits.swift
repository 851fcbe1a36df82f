/// What the laboratory takes on: far beyond the paper's settings, and small enough that no product of sizes overflows.
enum LaboratoryLimits {
    static let vocabulary = 256
    static let length = 1024
    static let layers = 16
    static let heads = 64
    /// Numbers of all kernels of a sequence.
    static let kernelEntries = 1 << 20
    static let parameters = 1 << 26
    /// Numbers that an experiment keeps at once: 4 GiB.
    static let workspace = 1 << 30
    /// Numbers of a sample: tokens, labels, and kernels where they are kept.
    static let sample = 1 << 29
    static let batch = 1 << 20
    static let graphs = 4096
    /// Learning rates: what single precision holds.
    static let rates = 1e-38...3e38
    /// Sizes and strengths of parameters: what single precision can still compute with.
    static let sizes = 1e-30...1e30
}
