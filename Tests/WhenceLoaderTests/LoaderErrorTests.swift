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
