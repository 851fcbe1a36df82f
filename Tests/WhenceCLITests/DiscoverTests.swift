import Foundation
import Testing
import WhenceTestSupport

@Suite("whence discover")
struct DiscoverTests {
    /// A hidden L drives B and C, each of which has a cause of its own.
    private static let dag = Data(
        """
        {"nodes": ["A", "B", "C", "D", "L"], "latents": ["L"],
         "edges": [["A", "B"], ["D", "C"], ["L", "B"], ["L", "C"]]}
        """.utf8)

    @Test("A known graph gives its partial ancestral graph", arguments: ["icd", "fci"])
    func oracle(algorithm: String) throws {
        let run = try BuiltProgram.run(
            ["discover", "--oracle", "-", "--algorithm", algorithm], input: Self.dag)
        #expect(run.status == 0, "\(run.error)")
        let edges = run.output.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(edges == ["A o-> B", "B <-> C", "C <-o D"])
    }

    @Test("The JSON document follows its schema")
    func json() throws {
        let correlations = Data("X,Y,Z\n1,0.6,0.36\n0.6,1,0.6\n0.36,0.6,1\n".utf8)
        let run = try BuiltProgram.run(
            ["discover", "--correlation", "-", "--samples", "500", "--format", "json"], input: correlations)
        #expect(run.status == 0, "\(run.error)")
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        #expect(document["schema"] as? String == "whence.graph/1")
        #expect(document["status"] as? String == "complete")
        #expect(document["nodes"] as? [String] == ["X", "Y", "Z"])
        let edges = try #require(document["edges"] as? [[String: Any]])
        #expect(edges.map { "\($0["a"] ?? "") \($0["b"] ?? "")" } == ["X Y", "Y Z"])
        let separators = try #require(document["separatingSets"] as? [[String: Any]])
        #expect(separators.map { $0["set"] as? [String] } == [["Y"]])
    }

    /// 400 samples of a → b → c with d apart, as text: numbers, or three categories made of them.
    private static func samples(asCategories: Bool) -> Data {
        var state: UInt64 = 12_345
        func noise() -> Double {
            // The sum of four uniform numbers is close enough to a normal one.
            (0..<4).reduce(0) { sum, _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return sum + Double(state >> 40) / Double(1 << 24) - 0.5
            }
        }
        var lines = ["a,b,c,d"]
        for _ in 0..<400 {
            let a = noise()
            let b = a + noise()
            let c = b + noise()
            let row = [a, b, c, noise()]
            lines.append(
                row.map { asCategories ? ($0 < -0.3 ? "low" : $0 < 0.3 ? "middle" : "high") : "\($0)" }
                    .joined(separator: ","))
        }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }

    @Test(
        "Every algorithm and every test finds the chain in samples",
        arguments: [
            (["--algorithm", "icd"], false, ["a o-o b", "b o-o c"]),
            (["--algorithm", "fci"], false, ["a o-o b", "b o-o c"]),
            (["--algorithm", "rfci"], false, ["a o-o b", "b o-o c"]),
            (["--algorithm", "pc"], false, ["a --- b", "b --- c"]),
            (["--algorithm", "ordered-icd"], false, ["a o-> b", "b --> c"]),
            (["--algorithm", "ordered-icd", "--order", "c,b,d,a"], false, ["a <-- b", "b <-o c"]),
            (["--algorithm", "ordered-icd", "--order", "natural"], false, ["a o-> b", "b --> c"]),
            (["--separating-set", "max-p"], false, ["a o-o b", "b o-o c"]),
            (["--test", "cmi", "--permutations", "199"], true, ["a o-o b", "b o-o c"]),
            (["--test", "g2", "--samples-per-degree", "4"], true, ["a o-o b", "b o-o c"]),
            (["--test", "chi2", "--alpha", "0.001"], true, ["a o-o b", "b o-o c"]),
        ])
    func samples(arguments: [String], asCategories: Bool, expected: [String]) throws {
        let run = try BuiltProgram.run(
            ["discover", "--data", "-"] + arguments, input: Self.samples(asCategories: asCategories))
        #expect(run.status == 0 && run.error == "", "\(run.error)")
        let edges = run.output.split(separator: "\n").filter { !$0.hasPrefix("#") }.map(String.init)
        #expect(edges == expected)
        #expect(run.output.contains(", 400 samples: complete, "))
        #expect(
            run.output.contains(
                "# The search came to its own end: the graph holds as far as the tests are right."))
    }

    @Test(
        "Names of columns that would steer a terminal are shown by their signs, on both streams",
        arguments: [[], ["--trust"], ["--alpha-sweep", "0.1,0.2"], ["--test", "g2"]])
    func controlCharacters(arguments: [String]) throws {
        let rows = String(decoding: Self.samples(asCategories: false), as: UTF8.self)
        let named = "\u{1B}[2Ja,\u{9B}31mb,c\u{202E},d\n" + rows.drop { $0 != "\n" }.dropFirst()
        let run = try BuiltProgram.run(["discover", "--data", "-"] + arguments, input: Data(named.utf8))
        #expect(run.status == 0, "\(run.error)")
        for sign in ["␛[2Ja", "⟨U+009B⟩31mb", "c⟨U+202E⟩"] {
            #expect((run.output + run.error).contains(sign), "\(run.output)\(run.error)")
        }
        for text in [run.output, run.error] {
            #expect(!text.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0) })
        }
    }

    @Test("An order that does not fit is the command's own mistake in use, told in one line")
    func wrongOrder() throws {
        let run = try BuiltProgram.run(
            ["discover", "--data", "-", "--algorithm", "ordered-icd", "--order", "nobody"],
            input: Self.samples(asCategories: false))
        #expect(run.status == 64)
        #expect(run.error.hasPrefix("whence: --order: there is no variable “nobody”"), "\(run.error)")
        #expect(!run.error.contains("Usage: whence <subcommand>"))
    }

    @Test("Nearest neighbours decide with a seed, and the same seed gives the same bytes")
    func neighbours() throws {
        let lines = Self.samples(asCategories: false).split(separator: UInt8(ascii: "\n"))
        let few = Data(lines.prefix(61).joined(separator: [UInt8(ascii: "\n")]))
        let runs = try ["1", "1", "2"].map { seed in
            try BuiltProgram.run(
                [
                    "discover", "--data", "-", "--test", "cmi-knn", "--neighbours", "6", "--permutations",
                    "99",
                    "--seed", seed, "--format", "json",
                ], input: few)
        }
        #expect(runs.allSatisfy { $0.status == 0 })
        #expect(runs[0].output == runs[1].output && runs[0].output != runs[2].output)
    }

    @Test("Whole numbers that may be categories, and numbers that may not, are pointed out unless quiet")
    func hints() throws {
        let whole = Data(("x,y\n" + (0..<40).map { "\($0 % 3),\($0 * $0 % 4)\n" }.joined()).utf8)
        let hinted = try BuiltProgram.run(["discover", "--data", "-"], input: whole)
        #expect(hinted.error.contains("if they stand for categories, give --test g2"), "\(hinted.error)")
        let many = try BuiltProgram.run(
            ["discover", "--data", "-", "--test", "g2"], input: Self.samples(asCategories: false))
        #expect(
            many.error.contains("“a” has 400 different values in 400 rows, and g2 takes each for a category"))
        #expect(
            many.output.contains("because there are too few samples for their tables, and count as dependent")
        )
        let quiet = try BuiltProgram.run(["discover", "--data", "-", "--quiet"], input: whole)
        #expect(quiet.error == "" && quiet.output == hinted.output)
    }

    @Test("Attention is read as A·Aᵀ; a causal one is pointed out")
    func attention() throws {
        let attention = Data("the,cat,sat\n1,0,0\n0.5,0.5,0\n0.2,0.3,0.5\n".utf8)
        let run = try BuiltProgram.run(["discover", "--attention", "-", "--samples", "64"], input: attention)
        #expect(run.status == 0 && run.output.hasPrefix("the o-o cat\ncat o-o sat\n#"), "\(run)")
        #expect(run.error.contains("--algorithm ordered-icd makes use of that order"))
        let ordered = try BuiltProgram.run(
            ["discover", "--attention", "-", "--samples", "64", "--algorithm", "ordered-icd"],
            input: attention)
        #expect(ordered.output.hasPrefix("the o-> cat\ncat --> sat\n#") && ordered.error == "", "\(ordered)")
        let equal = try BuiltProgram.run(
            ["discover", "--attention", "-", "--samples", "64"],
            input: Data("0.5,0.5,0\n0.5,0.5,0\n0.1,0.2,0.7\n".utf8))
        #expect(equal.status == 0)
        #expect(
            equal.output.contains("variables determine each other (singular correlations)"), "\(equal.output)"
        )
    }

    @Test("An order comes from a file too, and is refused by line or name")
    func order() throws {
        let folder = try TemporaryFolder()
        let matrix = folder / "corr.csv"
        try Data("a,b\n1,0.5\n0.5,1\n".utf8).write(to: matrix)
        func run(_ order: String) throws -> BuiltProgram.Result {
            try BuiltProgram.run([
                "discover", "--correlation", matrix.path, "--samples", "80", "--algorithm", "ordered-icd",
                "--order", order,
            ])
        }
        let file = folder / "order.txt"
        try Data("b\na\n".utf8).write(to: file)
        #expect(try run(file.path).output.hasPrefix("a <-o b\n"))
        try Data("b\n\nc\n".utf8).write(to: file)
        let unknown = try run(file.path)
        #expect(
            unknown.status == 65
                && unknown.error == "whence: \(file.path), line 3: there is no variable “c”.\n", "\(unknown)")
        for (order, mention) in [
            ("a", "the variable “b” is not in the order"), ("a,b,a", "“a” is named twice"),
            ("a,x", "there is no variable “x”"),
        ] {
            let refused = try run(order)
            #expect(refused.status == 64 && refused.error.contains(mention), "\(refused.error)")
        }
    }

    @Test("A limit ends the search with exit code 0, and the text says which and what the graph means")
    func limits() throws {
        let samples = Self.samples(asCategories: false)
        for (arguments, sentence) in [
            (
                ["--max-ci-tests", "3"],
                "# Ended by the limit on tests before all adjacencies were tested: further edges would have gone, and no mark is decided."
            ),
            (
                ["--max-conditioning-size", "0"],
                "# Ended by the limit on conditioning sets: all tests without a condition are done, and larger conditioning sets might remove further edges."
            ),
        ] {
            let run = try BuiltProgram.run(["discover", "--data", "-"] + arguments, input: samples)
            #expect(run.status == 0 && run.output.contains(sentence), "\(run.output)")
        }
        // Equal variables cannot be separated, and 5 samples allow one condition.
        let few = Data("a,b,c,d\n1,1,1,1\n2,2,2,2\n3,3,3,3\n4,4,5,4\n5,5,4,5\n".utf8)
        let bounded = try BuiltProgram.run(["discover", "--data", "-", "--alpha", "0.5"], input: few)
        #expect(bounded.status == 0)
        #expect(
            bounded.output.contains(
                "# Ended by the number of samples, which allow conditions on 1 variable at most: all tests with fewer than 2 conditions are done"
            ), "\(bounded.output)")
    }

    @Test(
        "The graph comes in every format that holds circles, and says on the standard error what it means if cut short",
        arguments: [
            ("dot", "digraph"), ("graphml", "<graphml"), ("tetrad", "Graph Nodes:"),
            ("node-link", "\"edges\""),
            ("pcalg", "a"), ("causal-learn", "a"), ("svg", "<svg"),
        ])
    func formats(format: String, mention: String) throws {
        let run = try BuiltProgram.run(
            ["discover", "--data", "-", "--format", format, "--max-conditioning-size", "0"],
            input: Self.samples(asCategories: false))
        #expect(run.status == 0 && run.output.contains(mention), "\(run)")
        #expect(run.error.hasPrefix("whence: Ended by the limit on conditioning sets"), "\(run.error)")
    }

    @Test("Background knowledge orients what data leave open, and is refused by line")
    func knowledge() throws {
        let folder = try TemporaryFolder()
        let file = folder / "knowledge.txt"
        func run(_ text: String) throws -> BuiltProgram.Result {
            try Data(text.utf8).write(to: file)
            return try BuiltProgram.run(
                ["discover", "--data", "-", "--knowledge", file.path, "--collider-rule", "conservative"],
                input: Self.samples(asCategories: false))
        }
        let tiers = try run("/knowledge\naddtemporal\n0 a\n1 b\n2 c d\n")
        #expect(tiers.status == 0 && tiers.output.hasPrefix("a o-> b\nb --> c\n#"), "\(tiers)")
        let unknown = try run("/knowledge\naddtemporal\n0 a\n1 nobody\n")
        #expect(unknown.status == 65 && unknown.error.contains("knowledge.txt, line 4: "), "\(unknown.error)")
        let contradictory = try run("/knowledge\nforbiddirect\na b\nrequiredirect\na b\n")
        #expect(
            contradictory.status == 65 && contradictory.error.contains("contradicts"),
            "\(contradictory.error)")
    }

    /// Y between X and Z; X - Z barely left out at 0.05.
    private static let chain = Data("X,Y,Z\n1,0.6,0.36\n0.6,1,0.3\n0.36,0.3,1\n".utf8)

    @Test("A sweep says at how many levels each edge is found, in text and as shares in JSON")
    func alphaSweep() throws {
        let arguments = [
            "discover", "--correlation", "-", "--samples", "60", "--alpha", "0.05", "--alpha-sweep",
            "0.0001,0.05,0.1,0.2",
        ]
        let text = try BuiltProgram.run(arguments, input: Self.chain)
        #expect(text.status == 0 && text.output.hasPrefix("X o-o Y  # at 4 of 4 levels\n"), "\(text)")
        let json = try BuiltProgram.run(arguments + ["--format", "json"], input: Self.chain)
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
        let sweep = try #require(document["alphaSweep"] as? [String: Any])
        #expect(sweep["alphas"] as? [Double] == [0.0001, 0.05, 0.1, 0.2])
        let counts = try #require(sweep["edgeCounts"] as? [Int])
        #expect(counts.count == 4 && counts[0] == 1 && counts[3] >= 2)
        #expect(sweep["statuses"] as? [String] == ["complete", "complete", "complete", "complete"])
        for edge in try #require(document["edges"] as? [[String: Any]]) {
            let share = try #require(edge["stability"] as? Double)
            #expect(share == (edge["a"] as? String == "X" && edge["b"] as? String == "Y" ? 1 : 0.75))
            #expect(try #require(edge["stabilityAtA"] as? Double) <= share)
            let (pValue, margin) = (edge["pValue"] as? Double, edge["margin"] as? Double)
            #expect(abs(try #require(margin) + (try #require(pValue)) - 0.05) < 1e-12)
        }
        let wrong = try BuiltProgram.run(
            ["discover", "--oracle", "-", "--alpha-sweep", "0.1"], input: Self.dag)
        #expect(wrong.status == 64 && wrong.error.contains("--alpha-sweep goes with --test fisher-z"))
    }

    @Test("--trust says what set each mark, how near the tests came, and what separates the rest")
    func trust() throws {
        let exact = try BuiltProgram.run(["discover", "--oracle", "-", "--trust"], input: Self.dag)
        #expect(
            exact.output.hasPrefix(
                """
                A o-> B  # at B by R0
                B <-> C  # at B by R0, at C by R0
                C <-o D  # at C by R0
                # no edge A, C: independent
                """), "\(exact)")
        let found = try BuiltProgram.run(
            ["discover", "--correlation", "-", "--samples", "60", "--trust"],
            input: Data("X,Y,Z\n1,0.6,0.36\n0.6,1,0.6\n0.36,0.6,1\n".utf8))
        #expect(found.output.contains("# no edge X, Z: independent given Y, p 1\n"), "\(found)")
        #expect(found.output.hasPrefix("X o-o Y  # p "), "\(found)")
        let wrong = try BuiltProgram.run(
            ["discover", "--oracle", "-", "--trust", "--format", "dot"], input: Self.dag)
        #expect(wrong.status == 64 && wrong.error.contains("--trust goes with --format text"))
    }

    @Test("Triples left undecided, and data against knowledge, are named in plain words and in JSON")
    func disputes() throws {
        // b and c are alike, a and d are alike: {b} and {c} separate a and d equally well.
        let ties = Data("a,b,c,d\n1,.5,.5,.3\n.5,1,.6,.5\n.5,.6,1,.5\n.3,.5,.5,1\n".utf8)
        let arguments = [
            "discover", "--correlation", "-", "--samples", "100", "--alpha", "0.05", "--algorithm", "fci",
            "--separating-set", "max-p",
        ]
        let text = try BuiltProgram.run(arguments, input: ties)
        #expect(
            text.output.contains(
                "# It is not decided whether both outer nodes point to the middle one in a - b - d; a - c - d, "
                    + "because separating sets disagree"), "\(text)")
        let json = try BuiltProgram.run(arguments + ["--format", "json"], input: ties)
        #expect(json.output.contains(#"{"a": "a", "b": "b", "c": "d"}, {"a": "a", "b": "c", "c": "d"}"#))
        let folder = try TemporaryFolder()
        let file = folder / "knowledge.txt"
        try Data("/knowledge\nrequiredirect\na b\nc b\n".utf8).write(to: file)
        for (format, mention) in [
            ("text", "by the data, the outer nodes do not both point to the middle one in a - b - c."),
            ("json", #"{"a": "a", "b": "b", "c": "c", "isColliderByData": false}"#),
        ] {
            let known = try BuiltProgram.run(
                ["discover", "--data", "-", "--knowledge", file.path, "--format", format],
                input: Self.samples(asCategories: false))
            #expect(known.output.contains(mention), "\(known)")
        }
    }
}
