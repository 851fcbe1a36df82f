import Testing

@testable import WhenceLoader

@Suite("What the loader says when a file is wrong")
struct LoaderErrorTests {
    @Test("An unknown family names the families that are known")
    func unsupported() {
        let error = LoaderError.unsupported(
            path: "m/config.json", found: "model_type \"t5\"", known: ["albert", "bert"])
        #expect(
            error.description
                == "m/config.json: model_type \"t5\" is not supported. Whence reads: albert, bert.")
    }

    @Test(
        "Every error is a sentence with a full stop, whatever it was made of",
        arguments: [
            LoaderError.missing(path: "m", what: "config.json", hint: "Copy it."),
            .unreadable(path: "m", reason: "permission denied"),
            .invalid(path: "m", place: "p", expected: "e", found: "f", hint: "Correct it."),
            .labels(path: "m", expected: "2 names", found: "1", hint: "Name every class."),
            .library(path: "m", operation: "opening", code: 1, message: "no file"),
            .library(path: "m", operation: "opening", code: 1, message: "No file."),
            .unsupported(path: "m", found: "x", known: ["y"]),
            .text(reason: "The text has a NUL."), .unwritable(path: "m", reason: "it is a folder"),
            .memory(bytes: 1 << 30),
        ])
    func fullStops(error: LoaderError) {
        let text = error.description
        #expect(text.hasSuffix(".") && !text.hasSuffix(".."), "\(text)")
    }

    @Test(
        "Counts have their noun in the number that goes with them",
        arguments: [(0, "0 bytes"), (1, "1 byte"), (2, "2 bytes")])
    func counts(count: Int, text: String) {
        #expect(counted(count, "byte") == text)
    }

    @Test(
        "A name from a file is shown so that it can steer no terminal",
        arguments: [
            ("\u{1B}[2J", #""\u{1B}[2J""#), ("\u{9B}31m", #""\u{9B}31m""#),
            ("a\u{202E}b", #""a\u{202E}b""#), ("a\u{2028}b", #""a\u{2028}b""#), ("a\nb", #""a\nb""#),
            ("größe 👩\u{200D}🚀", "\"größe 👩\u{200D}🚀\""),
        ])
    func controls(name: String, shown: String) {
        #expect(quoted(name) == shown)
    }
}
