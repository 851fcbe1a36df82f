import Foundation
import Testing
import WhenceLoader
import WhenceTestSupport

@Suite("Catalogues of items")
struct ItemCatalogueTests {
    private static func catalogue(_ text: String, vocabularySize: Int = 10) throws -> ItemCatalogue {
        let folder = try TemporaryFolder()
        let file = folder / ItemCatalogue.fileName
        try Data(text.utf8).write(to: file)
        return try ItemCatalogue(readingFrom: file.path, vocabularySize: vocabularySize)
    }

    private static func document(_ items: String, special: String = "{}") -> String {
        #"{"schema": "whence.items/1", "items": [\#(items)], "special": \#(special)}"#
    }

    @Test("Items come in the order of their tokens; ids may be numbers, titles missing")
    func reading() throws {
        let catalogue = try Self.catalogue(
            Self.document(
                #"{"id": 50, "title": "Star Wars (1977)", "token": 7}, {"id": "b", "token": 2}"#,
                special: #"{"mask": 9, "pad": 0}"#))
        #expect(
            catalogue.items == [
                ItemCatalogue.Item(id: "b", title: "b", token: 2),
                ItemCatalogue.Item(id: "50", title: "Star Wars (1977)", token: 7),
            ])
        #expect((catalogue.maskToken, catalogue.padToken) == (9, 0))
        #expect((catalogue.index(ofID: "50"), catalogue.index(ofID: "7")) == (1, nil))
        #expect((catalogue.index(ofToken: 7), catalogue.index(ofToken: 9)) == (1, nil))
    }

    @Test(
        "A bad catalogue is refused, and the error names the item",
        arguments: [
            ("", "items: expected at least one item"),
            (#"{"id": "a"}"#, "items[0].token: expected a whole number, found nothing"),
            (#"{"title": "a", "token": 1}"#, "items[0].id: expected a text, found nothing"),
            (#"{"id": "a", "token": 1.5}"#, "items[0].token: expected a whole number"),
            (#"{"id": "a", "token": -1}"#, "items[0].token: expected a whole number from 0"),
            (#"{"id": "a", "token": 10}"#, "item \"a\": expected a token from 0 to 9"),
            (#"{"id": "a", "token": 1, "title": 3}"#, "items[0].title: expected a text"),
            (
                #"{"id": "a", "token": 1}, {"id": "a", "token": 2}"#,
                "item \"a\": expected an id that no other item has"
            ),
            (
                #"{"id": "a", "token": 1}, {"id": "b", "token": 1}"#,
                "expected a token of its own, found 1, that of item"
            ),
            (
                #"{"id": "a", "token": 0}"#,
                "item \"a\": expected a token of its own, found 0, that of special.pad"
            ),
            ("3", "items[0]: expected an object"),
        ])
    func badItems(items: String, text: String) throws {
        let error = #expect(throws: LoaderError.self) {
            try Self.catalogue(Self.document(items, special: #"{"pad": 0}"#))
        }
        #expect(error?.description.contains(text) == true, "\(String(describing: error))")
    }

    @Test(
        "So are other special tokens and other files",
        arguments: [
            (
                document(#"{"id": "a", "token": 1}"#, special: #"{"mask": 10}"#),
                "special.mask: expected a token from"
            ),
            (
                document(#"{"id": "a", "token": 1}"#, special: #"{"mask": 3, "pad": 3}"#),
                "expected a token of its own, found 3, that of special.pad"
            ),
            (#"{"schema": "whence.items/2", "items": []}"#, "schema: expected whence.items/1"),
            (#"{"items": []}"#, "schema: expected a text, found nothing"),
            (#"{"schema": "whence.items/1"}"#, "items: expected a list of objects, found nothing"),
            ("[]", "expected a JSON object"), ("{", "content: expected JSON"),
        ])
    func badDocuments(document: String, text: String) throws {
        let error = #expect(throws: LoaderError.self) { try Self.catalogue(document) }
        #expect(error?.description.contains(text) == true, "\(String(describing: error))")
    }
}
