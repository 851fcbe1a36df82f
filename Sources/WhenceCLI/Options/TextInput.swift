import ArgumentParser
import Foundation
import Whence

/// Where the text of a command comes from: its argument, a file, or the standard input.
struct TextInput: ParsableArguments {
    @Argument(help: "The text; - reads the standard input, as leaving it out does.")
    var text: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Read the text from a file (UTF-8); - is the standard input.", valueName: "file"))
    var input: String?

    func validate() throws {
        if text != nil, input != nil {
            throw ValidationError("Give the text as an argument or with --input, not both.")
        }
        if text == nil, input == nil, Terminal.inputIsTerminal {
            throw ValidationError("Give a text: as an argument, with --input FILE, or through a pipe.")
        }
    }

    /// The text; one line break at the end of a file or a pipe does not belong to it.
    func read() throws -> String {
        if let text, text != "-" { return text }
        var content = try TextFile.read(input ?? "-")
        if content.hasSuffix("\r\n") || content.hasSuffix("\n") { content.removeLast() }
        return content
    }

    /// An argument that is not text.
    struct NotText: Error, CustomStringConvertible {
        var position: Int

        var description: String {
            "Argument \(position) is not valid UTF-8. Convert it, or give the text in a file with --input."
        }
    }

    /// Refuses arguments that are not UTF-8: they would otherwise be repaired silently, and another text
    /// explained than the one given.
    static func checkArguments() throws {
        for position in 1..<max(1, Int(CommandLine.argc)) {
            guard let argument = CommandLine.unsafeArgv[position] else { continue }
            let bytes = UnsafeBufferPointer(start: argument, count: strlen(argument))
            guard String(validating: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self) != nil else {
                throw NotText(position: position)
            }
        }
    }
}
