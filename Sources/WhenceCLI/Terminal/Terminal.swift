import Foundation

/// What the program's streams are connected to.
enum Terminal {
    /// Whether a person reads the standard output in a terminal.
    static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether a person would have to type the standard input.
    static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether colours are wanted: the output is a terminal that has them, and `NO_COLOR` is not set
    /// (<https://no-color.org>).
    static var hasColour: Bool {
        let environment = ProcessInfo.processInfo.environment
        return outputIsTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal; `COLUMNS`, or 80, where there is none.
    static var width: Int {
        var size = winsize()
        if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
            ?? 80
    }
}
