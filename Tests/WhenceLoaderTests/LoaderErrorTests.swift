import Testing
import WhenceLoader

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
}
