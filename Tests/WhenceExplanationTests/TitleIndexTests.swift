import Testing
import WhenceLoader

@testable import WhenceExplanation

@Suite("Titles as people type them")
struct TitleIndexTests {
    private static let titles = [
        "Star Wars (1977)", "Godfather, The (1972)", "Godfather: Part II, The (1974)", "Sabrina (1954)",
        "Sabrina (1995)", "Cité des enfants perdus, La (City of Lost Children, The) (1995)",
        "Schindler's List (1993)", "Raiders of the Lost Ark (1981)", "Chasing Amy (1997)",
        "Chasing Amy (1997)",
        "Empire Strikes Back, The (1980)", "2001: A Space Odyssey (1968)", "Romeo & Juliet (1996)",
        "$ (1971)",
        "Seven (Se7en) (1995)", "Return of the Jedi (1983)", "A (1998)",
    ]

    private func find(_ title: String) throws -> TitleIndex.Match {
        let items = Self.titles.enumerated().map {
            ItemCatalogue.Item(id: "\($0)", title: $1, token: $0)
        }
        let catalogue = try ItemCatalogue(
            items: items, padToken: nil, maskToken: 99, path: "items.json", vocabularySize: 100)
        return TitleIndex(catalogue).find(title)
    }

    @Test(
        "One item, however it is spelled",
        arguments: [
            ("Star Wars (1977)", 0), ("star wars", 0), ("STAR-WARS (1977)", 0), ("star wars 1977", 0),
            ("Godfather, The (1972)", 1), ("The Godfather", 1), ("the godfather (1972)", 1), ("Godfather", 1),
            ("The Godfather: Part II", 2), ("godfather part ii", 2), ("Sabrina (1954)", 3),
            ("sabrina 1995", 4), ("La cite des enfants perdus", 5), ("City of Lost Children", 5),
            ("the city of lost children (1995)", 5), ("Schindlers List", 6), ("Schindler’s List", 6),
            ("The Empire Strikes Back", 10), ("2001 a space odyssey", 11), ("romeo and juliet", 12),
            ("$ (1971)", 13),
            ("Se7en", 14), ("seven", 14), ("ＳＴＡＲ　ＷＡＲＳ", 0),
        ])
    func found(title: String, index: Int) throws {
        #expect(try find(title) == .item(index))
    }

    @Test(
        "A part of a title or a typing error is a guess where it leaves no doubt",
        arguments: [
            ("raiders", 7), ("Jedi", 15), ("lost ark", 7), ("Star Wras", 0), ("Shindlers List", 6),
            ("Empire", 10), ("return of the jedy", 15),
        ])
    func guessed(title: String, index: Int) throws {
        #expect(try find(title) == .guess(index))
    }

    @Test(
        "What may be several is several",
        arguments: [
            ("Sabrina", [3, 4]), ("Chasing Amy (1997)", [8, 9]), ("chasing amy", [8, 9]), ("god", [1, 2]),
            ("lost", [5, 7]),
        ])
    func ambiguous(title: String, indices: [Int]) throws {
        #expect(try find(title) == .several(indices))
    }

    @Test("What is no title has neighbours")
    func unknown() throws {
        guard case .none(let nearest) = try find("Raid of the Lost Arch") else {
            Issue.record("found")
            return
        }
        #expect(nearest.first == 7)
        #expect(nearest.count == 5)
        // Another year is another film.
        guard case .none(let films) = try find("Star Wars (1999)") else {
            Issue.record("found")
            return
        }
        #expect(films.first == 0)
        #expect(try find("!!!") == .none(nearest: []))
        #expect(try find("") == .none(nearest: []))
    }

    @Test(
        "Typing errors are counted up to a limit",
        arguments: [
            ("star", "star", 0), ("star", "satr", 1), ("star", "stars", 1), ("star", "tar", 1),
            ("star", "stir", 1),
            ("kitten", "sitting", 3), ("", "ab", 2), ("ca", "abc", 3),
        ])
    func distances(first: String, second: String, expected: Int) {
        let (a, b) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
        for limit in 0...4 {
            let distance = EditDistance.between(a, b, atMost: limit)
            #expect(distance == (expected <= limit ? expected : nil))
            #expect(EditDistance.between(b, a, atMost: limit) == distance)
        }
    }
}
