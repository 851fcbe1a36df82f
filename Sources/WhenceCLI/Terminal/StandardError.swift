import Foundation

/// The standard error, to which as much is written as somebody takes.
enum StandardError {
    /// Writes a text; that nobody reads it, or that a disk is full, ends no run.
    static func write(_ text: String) {
        try? Output.write(Data(text.utf8), descriptor: STDERR_FILENO, name: "standard error")
    }

    /// Gives each of the three standard streams without which the program was started something that refuses.
    ///
    /// The first file that is opened would take the stream's number otherwise, and messages would end up in a result.
    static func fillClosedStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is this one, as those below are taken.
            _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }
}
