import Testing
import WhenceExplanation
import WhenceLoader

@testable import WhenceRendering

@Suite("Text for a terminal")
struct TextReportTests {
    @Test("No line is wider than the terminal", arguments: [32, 40, 61, 80, 132], Samples.all.map(\.name))
    func widthIsKept(width: Int, sample: String) throws {
        let explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        for colour in [false, true] {
            let text = try render(explanation, as: .text, style: TextStyle(colour: colour, width: width))
            for line in withoutColour(text).split(separator: "\n") {
                #expect(line.displayWidth <= width, "\(line.displayWidth) columns in “\(line)”")
                #expect(line.last != " ", "a space ends “\(line)”")
            }
        }
    }

    @Test(
        "Without colour there is no control character but the line break", arguments: Samples.all.map(\.name))
    func plainIsPlain(sample: String) throws {
        let explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        let text = try render(explanation, as: .text)
        let unsafe = text.unicodeScalars.filter { $0 != "\n" && $0.isUnsafeToShow }
        #expect(unsafe.isEmpty)
    }

    @Test("With colour the only control sequences are colours", arguments: Samples.all.map(\.name))
    func onlyColours(sample: String) throws {
        let explanation = try #require(Samples.all.first { $0.name == sample }).explanation
        let text = try render(explanation, as: .text, style: TextStyle(colour: true, width: 100))
        #expect(text.contains("\u{1B}["))
        let rest = withoutColour(text).unicodeScalars.filter { $0 != "\n" && $0.isUnsafeToShow }
        #expect(rest.isEmpty)
    }

    @Test("Colour changes the marking of words and nothing else")
    func colourIsOnlyColour() throws {
        let plain = try render(Samples.charming, as: .text)
        let colour = try render(Samples.charming, as: .text, style: TextStyle(colour: true, width: 80))
        let unmarked = plain.replacing("[[…]] marks what the first change below leaves out.\n\n", with: "")
            .replacing("[[", with: "").replacing("]]", with: "")
        #expect(withoutColour(colour) == unmarked)
    }

    @Test("A long list is cut, and says so")
    func longListsAreCut() throws {
        let input = Samples.text((1...40).map { "word\($0)" }.joined(separator: " "))
        var sample = Samples.explanation(input: input, prediction: Samples.binary(positive: 0.9))
        sample.graphs = [
            Samples.graph(input, .head(0), edges: (1...30).map { "\($0) o-> 0" }),
            Samples.graph(input, .head(1), edges: (1...15).map { "\($0) <-> \($0 + 20)" }),
        ]
        let text = try render(sample, as: .text)
        #expect(text.contains("… and 18 more; --full shows all"))
        #expect(text.contains("… and 3 more; --full shows all"))
        #expect(text.split(separator: "\n").count < 45)
        let full = try render(sample, as: .text, style: TextStyle(colour: false, width: 80, rowLimit: nil))
        #expect(!full.contains("shows all"))
        let (fullCount, cutCount) = (full.split(separator: "\n").count, text.split(separator: "\n").count)
        #expect(fullCount == cutCount - 2 + 18 + 3, "the rows cut stand where two lines said so")
    }

    @Test("An edge that several heads share is told once, with their number")
    func headsAreCounted() throws {
        let lines = try render(Samples.charming, as: .text).split(separator: "\n")
        let shared = lines.filter { $0.contains("“charming”") && $0.contains("causes it, or shares") }
        #expect(shared.count == 1)
        #expect(shared.first?.hasSuffix("3 of 4 heads") == true)
    }

    @Test(
        "Every reading of an edge has its own hedge",
        arguments: [
            ("1 --> 0", "-->", "causes it"), ("1 <-- 0", "<--", "is caused by it"),
            ("1 o-> 0", "o->", "causes it, or shares a hidden cause with it"),
            ("1 <-o 0", "<-o", "is caused by it, or shares a hidden cause with it"),
            ("1 <-> 0", "<->", "has a hidden common cause with it"),
            ("1 o-o 0", "o-o", "is linked to it; direction unknown"),
            ("1 --- 0", "---", "is linked to it by selection"),
            ("1 o-- 0", "o--", "is caused by it, or linked to it by selection"),
            ("1 --o 0", "--o", "causes it, or is linked to it by selection"),
        ])
    func hedges(edge: String, marks: String, words: String) throws {
        let input = Samples.text("great film")
        var sample = Samples.explanation(input: input, prediction: Samples.binary(positive: 0.9))
        sample.graphs = [Samples.graph(input, .pooled, edges: [edge])]
        let text = try render(sample, as: .text)
        #expect(text.contains("  “great”  \(marks)  \(words)\n"))
    }

    @Test("The unseen part of a text is announced with its position")
    func unseenIsAnnounced() throws {
        var sample = Samples.explanation(
            input: Samples.text("été à la mer"), prediction: Samples.binary(positive: 0.9))
        sample.input.unseenFrom = "été à ".utf8.count
        let text = try render(sample, as: .text)
        #expect(text.contains("which saw nothing from character 7\non: “la mer”"))
        #expect(text.contains("  été à …\n"))
    }

    @Test("So is that of a text that was cut at its beginning, in the document too")
    func unseenBeginning() throws {
        var sample = Samples.explanation(
            input: Samples.text("été à la mer"), prediction: Samples.binary(positive: 0.9))
        sample.input.unseenUntil = "été ".utf8.count
        let text = try render(sample, as: .text)
        #expect(text.contains("which saw nothing before character\n5: “à la mer”"))
        #expect(text.contains("  … à la mer\n"))
        let document = try sample.json()
        #expect(document.contains("\"unseenUntil\": 6"))
        #expect(try SentimentExplanation(json: document.utf8).input == sample.input)
    }

    @Test("Words spelled alike are numbered")
    func repeatedWords() throws {
        let names = WordNames(labels: ["the", "film", "the"])
        #expect(names.list([0, 1, 2]) == "“the” (1st), “film” and “the” (2nd)")
    }

    private func withoutColour(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            guard scalar == "\u{1B}", rest.first == "[" else {
                output.append(scalar)
                continue
            }
            let sequence = rest.dropFirst().prefix { $0 == ";" || ("0"..."9").contains($0) }
            let end = rest.index(sequence.endIndex, offsetBy: 0)
            // Anything but "select graphic rendition" stays, and is then found.
            if end < rest.endIndex, rest[end] == "m" {
                rest = rest[rest.index(after: end)...]
            } else {
                output.append(scalar)
            }
        }
        return String(output)
    }
}
