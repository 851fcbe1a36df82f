/// The command line does not say what to do.
struct UsageError: Error, CustomStringConvertible {
    var problem: String

    var description: String { problem }
}

/// `--name value` and `--flag` arguments of a section.
struct Options {
    private var values: [String: String] = [:]
    private var flags: Set<String> = []

    /// - Parameters:
    ///   - arguments: what follows the section's name.
    ///   - names: the options that take a value.
    ///   - flags: the options that take none.
    init(_ arguments: [String], names: Set<String>, flags known: Set<String>) throws(UsageError) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if known.contains(argument) {
                flags.insert(argument)
            } else if names.contains(argument) {
                guard let value = rest.popFirst() else {
                    throw UsageError(problem: "\(argument) needs a value.")
                }
                values[argument] = value
            } else {
                let options = (names.map { "\($0) VALUE" } + known).sorted().joined(separator: ", ")
                throw UsageError(problem: "Unknown argument \(argument). There are: \(options).")
            }
        }
    }

    /// The value of an option, if it was given.
    func string(_ name: String) -> String? { values[name] }

    /// A positive number, if the option was given.
    func count(_ name: String) throws(UsageError) -> Int? {
        guard let text = values[name] else { return nil }
        guard let number = Int(text), number > 0 else {
            throw UsageError(problem: "\(name) takes a positive number, not \(text).")
        }
        return number
    }

    /// Whether a flag was given.
    func has(_ flag: String) -> Bool { flags.contains(flag) }
}
