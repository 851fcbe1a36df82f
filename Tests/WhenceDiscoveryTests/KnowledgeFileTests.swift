import Testing

@testable import WhenceDiscovery

@Suite("Files of background knowledge")
struct KnowledgeFileTests {
    private static let variables = ["age", "sex", "X1", "X2", "body mass", "X10"]

    private func read(_ text: String) throws -> BackgroundKnowledge {
        try KnowledgeFile(text).knowledge(about: Self.variables)
    }

    @Test("A file of every section says what its statements say")
    func everySection() throws {
        let text = """
            // made by hand
            /knowledge
            addtemporal

            0* age sex
            1  X1 "body mass"
            3- X2

            forbiddirect
            X1 X10

            requiredirect
            age X1
            forbiddengroup
            X1 X2
            age sex
            requiredgroup
            age
            X2 body.mass
            """
        typealias Tier = BackgroundKnowledge.Tier
        let expected = try BackgroundKnowledge(
            nodeCount: 6,
            tiers: [
                Tier([0, 1], forbidsEdgesWithin: true), Tier([2, 4]), Tier([]),
                Tier([3], causesOnlyNextTier: true),
            ],
            forbidden: [.init(2, 5), .init(2, 0), .init(2, 1), .init(3, 0), .init(3, 1)],
            required: [.init(0, 2), .init(0, 3), .init(0, 4)])
        #expect(try read(text) == expected)
        #expect(try read(text.split(separator: "\n").joined(separator: "\r\n")) == expected)
        #expect(try read(text.replacing("forbiddirect", with: "ForbidDirect")) == expected)
    }

    @Test("A star stands for any characters")
    func wildcards() throws {
        let expected = try BackgroundKnowledge(
            nodeCount: 6, forbidden: [2, 3, 5].map { .init($0, 0) })
        #expect(try read("/knowledge\nforbiddirect\nX* age") == expected)
        // All of a group among themselves, but none to itself.
        let among = try BackgroundKnowledge(nodeCount: 6, forbidden: [.init(2, 5), .init(5, 2)])
        #expect(try read("forbiddirect\nX1* X1*") == among)
        for (pattern, name, fits) in [
            ("*", "", true), ("X*a", "X123a", true), ("X*a", "Xa", true), ("X*a", "X", false),
            ("a*a", "a", false),
            ("*b*", "abc", true), ("*b*c", "abcbd", false), ("a*b*c", "abbc", true), ("ab", "abc", false),
        ] {
            #expect(VariableResolver.fits(pattern, name) == fits, "\(pattern) \(name)")
        }
    }

    @Test("A file without statements is no knowledge")
    func empty() throws {
        for text in ["", "\n\n", "/knowledge\naddtemporal\n\nforbiddirect\n\nrequiredirect\n"] {
            #expect(try read(text) == BackgroundKnowledge(nodeCount: 6))
        }
    }

    @Test(
        "A fault names its line and what is wrong",
        arguments: [
            ("/knowledge\nforbid\nage sex", 2, "forbid"), ("forbiddirect\nage Sex", 2, "Sex"),
            ("forbiddirect\nage Y*", 2, "Y*"), ("forbiddirect\n\nage", 3, "1 names"),
            ("requiredirect\nage sex X1", 2, "3 names"), ("addtemporal\nage sex", 2, "age"),
            ("addtemporal\n-1 sex", 2, "-1"), ("addtemporal\n99999999999999999999 sex", 2, "999"),
            ("addtemporal\n1** sex", 2, "1**"), ("forbiddengroup\nage\n\nrequiredirect", 2, "effects"),
            ("requiredgroup\nage", 2, "effects"), ("forbiddirect\nage \"sex", 2, "quote"),
        ])
    func faults(_ text: String, _ line: Int, _ word: String) throws {
        let error = #expect(throws: DiscoveryError.self) { try read(text) }
        guard case .knowledgeFile(line, let problem) = try #require(error) else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(problem.contains(word), "\(problem)")
    }

    @Test("Contradictions name the variables")
    func contradictions() throws {
        for text in [
            "forbiddirect\nage sex\nrequiredirect\nage sex", "requiredirect\nage sex\nsex X1\nX1 age",
            "addtemporal\n0 sex\n1 age\nrequiredirect\nage sex", "requiredirect\nage age",
            "addtemporal\n0 age\n1 age",
        ] {
            let error = #expect(throws: DiscoveryError.self) { try read(text) }
            #expect("\(try #require(error))".contains("age"))
        }
        #expect(throws: DiscoveryError.self) {
            try KnowledgeFile("forbiddirect\nA B").knowledge(about: ["A", "B", "A"])
        }
    }

    @Test("Tens of thousands of lines are read at once", .timeLimit(.minutes(1)))
    func longFile() throws {
        let names = (0..<200).map { "V\($0)" }
        let lines = names.flatMap { cause in names.map { "\(cause) \($0)" } }
        let knowledge = try KnowledgeFile("/knowledge\nforbiddirect\n" + lines.joined(separator: "\n"))
            .knowledge(about: names)
        var count = 0
        knowledge.forEachMark(in: MixedGraph(completeOver: 200)) { _, _, _ in count += 1 }
        #expect(count == 200 * 199)
    }
}
