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

    /// Columns of the terminal of the standard output; `COLUMNS`, or 80, where there is none.
    static var width: Int { width(of: STDOUT_FILENO) }

    /// Columns of the terminal that a stream is connected to; `COLUMNS`, or 80, where there is none.
    static func width(of stream: Int32) -> Int {
        var size = winsize()
        if ioctl(stream, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
        return ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init).flatMap { $0 > 0 ? $0 : nil }
            ?? 80
    }
}
