import Foundation
import Testing
import WhenceExplanation

@testable import WhenceRendering

@Suite("A recommendation in words")
struct RecommendationTextTests {
    @Test("It says because of what, and what else would be recommended")
    func because() throws {
        let text = try render(RecommendationSamples.films, as: .text).replacing("\n", with: " ")
        #expect(text.hasPrefix("Recommended: “Empire Strikes Back, The (1980)” "))
        #expect(
            text.contains(
                "Because you watched “Star Wars (1977)” and “Raiders of the Lost Ark (1981)”. "
                    + "Without them: “Blade Runner (1982)” (5th before)."))
        let single = try render(RecommendationSamples.longHistory, as: .text).replacing("\n", with: " ")
        #expect(single.contains(". Without it: “Time Bandits (1981)” (11th before)."))
    }

    @Test("Unseen and repeated items are told")
    func notes() throws {
        let text = try render(RecommendationSamples.longHistory, as: .text).replacing("\n", with: " ")
        #expect(text.contains("which saw its last 40 items only. Not seen: the 10 items before"))
        #expect(
            text.contains(
                "“Picture 31 (1961)” stands in the history 3 times: leaving one out leaves the other ones."))
    }

    @Test("A long history is compact unless all is asked for")
    func compact() throws {
        let sample = RecommendationSamples.longHistory
        let plain = try render(sample, as: .text)
        let history = plain.split(separator: "\n").drop { !$0.hasPrefix("History") }
            .prefix { !$0.hasPrefix("Note:") }.joined(separator: " ")
        #expect(history.contains("… 28 more …") && !history.contains("Picture 28 "))
        let full = try render(sample, as: .text, style: TextStyle(colour: false, width: 80, rowLimit: nil))
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
        for place in 11...50 where ![16, 21, 41].contains(place) {
            #expect(full.contains("Picture \(place) (\(1930 + place))"))
        }
    }

    @Test(
        "No line is wider than the terminal", arguments: [32, 40, 61, 80, 132],
        RecommendationSamples.all.map(\.name))
    func width(width: Int, sample: String) throws {
        let explanation = try #require(RecommendationSamples.all.first { $0.name == sample }).explanation
        let text = try render(explanation, as: .text, style: TextStyle(colour: false, width: width))
        for line in text.split(separator: "\n") {
            #expect(line.displayWidth <= width, "\(line.displayWidth) columns in “\(line)”")
            #expect(line.last != " ", "a space ends “\(line)”")
        }
        #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.isUnsafeToShow })
    }

    @Test(
        "A title that is too long is cut between words and keeps its year",
        arguments: [
            ("Alien (1979)", 12, "Alien (1979)"),
            (
                "Dr. Strangelove or: How I Learned to Stop Worrying (1963)", 36,
                "Dr. Strangelove or: How I… (1963)"
            ),
            (
                "Dr. Strangelove or: How I Learned to Stop Worrying (1963)", 33,
                "Dr. Strangelove or: How I… (1963)"
            ),
            (
                "Dr. Strangelove or: How I Learned to Stop Worrying (1963)", 32,
                "Dr. Strangelove or: How… (1963)"
            ),
            ("Mrs. Brown (Her Majesty, Mrs. Brown) (1997)", 30, "Mrs. Brown… (1997)"),
            ("City of Lost Children, The (Cité) (1995)", 24, "City of Lost… (1995)"),
            ("Koyaanisqatsiiiiiiiiiiiiiiiiiiii (1982)", 20, "Koyaanisqats… (1982)"),
            ("A title without its year that goes on", 20, "A title without its…"),
            ("Monty Python (1974)", 10, "Monty Pyt…"),
        ])
    func titles(title: String, width: Int, expected: String) {
        let cut = title.elidedTitle(toWidth: width)
        #expect(cut == expected)
        #expect(cut.displayWidth <= width)
    }
}

@Suite("A recommendation as JSON")
struct RecommendationJSONTests {
    @Test("It reads back as what was written", arguments: RecommendationSamples.all.map(\.name))
    func roundTrip(sample: String) throws {
        let explanation = try #require(RecommendationSamples.all.first { $0.name == sample }).explanation
        for layout in [JSONLayout.indented, .oneLine] {
            let json = try explanation.json(layout: layout)
            #expect(try RecommendationExplanation(json: json.utf8) == explanation)
        }
    }

    @Test("A document of the other task is named, not guessed at")
    func task() throws {
        let films = try RecommendationSamples.films.json()
        #expect(throws: RenderingError.malformed(path: "task", problem: "expected \"sentiment\"")) {
            try SentimentExplanation(json: films.utf8)
        }
        let charming = try Samples.charming.json()
        #expect(throws: RenderingError.malformed(path: "task", problem: "expected \"recommendation\"")) {
            try RecommendationExplanation(json: charming.utf8)
        }
    }

    @Test(
        "A document that contradicts itself is refused with the place",
        arguments: [
            ("\"queryTarget\": 6", "\"queryTarget\": 99", "input.queryTarget"),
            ("\"items\": [0, 3]", "\"items\": [0, 63]", "explanations[0].items"),
            ("\"tokens\": [0, 3]", "\"tokens\": [0, -3]", "explanations[0].tokens"),
            ("\"nodes\": [0, 3]", "\"nodes\": [0, 17]", "explanations[0].nodes"),
            (
                "\"rankBefore\": 5", "\"rankBefore\": -9223372036854775808",
                "explanations[0].replacement.rankBefore"
            ),
            ("\"firstSeen\": 0", "\"firstSeen\": 8", "input.firstSeen"),
            ("\"size\": 2", "\"size\": -2", "explanations[0].size"),
        ])
    func contradictions(old: String, new: String, path: String) throws {
        let json = try RecommendationSamples.films.json()
        #expect(json.contains(old))
        let error = #expect(throws: RenderingError.self) {
            try RecommendationExplanation(json: json.replacing(old, with: new).utf8)
        }
        guard case .inconsistent(let place, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(place.hasPrefix(path), "\(place)")
    }
}
