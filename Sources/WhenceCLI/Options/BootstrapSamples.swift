import ArgumentParser

/// The number of samples of users that intervals are read from.
enum BootstrapSamples {
    /// Refuses what would run for years, and what gives no interval.
    ///
    /// - Parameter option: the option's name, for the error.
    static func validate(_ samples: Int, of option: String) throws {
        guard (1...1_000_000).contains(samples) else {
            throw ValidationError("\(option) has to lie between 1 and 1,000,000.")
        }
    }
}
