import ArgumentParser

/// The number of threads that a command takes.
enum ThreadCount {
    /// Refuses what no machine has use for; threads beyond its cores are only in each other's way.
    static func validate(_ threads: Int?) throws {
        if let threads, !(1...1024).contains(threads) {
            throw ValidationError("--threads has to be from 1 to 1024, not \(threads).")
        }
    }
}
