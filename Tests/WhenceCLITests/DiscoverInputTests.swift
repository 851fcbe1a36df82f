import Foundation
import Testing
import WhenceTestSupport

@Suite("Input of whence discover")
struct DiscoverInputTests {
    /// A wrong command: its arguments, its standard input, its exit code, and what it says.
    struct Refusal: CustomTestStringConvertible {
        var arguments: [String]
        var input: String
        var status: Int32
        var message: String

        init(_ arguments: [String], _ input: String, _ message: String, status: Int32 = 65) {
            (self.arguments, self.input, self.status, self.message) = (arguments, input, status, message)
        }

        var testDescription: String { arguments.joined(separator: " ") + ": " + message }
    }

    private static let correlation = ["--correlation", "-", "--samples", "50"]
    private static let attention = ["--attention", "-", "--samples", "50"]

    @Test(
        "Every wrong input is refused in one sentence with file, line and name",
        arguments: [
            Refusal(
                ["--data", "-"], "a,b\n1,2\n3\n",
                "standard input, line 3: 1 value, but the header has 2 names."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n3,4,5\n",
                "standard input, line 3: 3 values, but the header has 2 names."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n\n3,NaN\n",
                "standard input, line 4: the value of “b” is missing; --missing drop leaves out such rows."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n3,\n",
                "standard input, line 3: the value of “b” is missing; --missing drop leaves out such rows."),
            Refusal(
                ["--data", "-", "--test", "chi2"], "a,b\nx,y\nNA,y\n",
                "standard input, line 3: the value of “a” is missing; --missing drop leaves out such rows."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n3,inf\n",
                "standard input, line 3: the column “b” holds “inf”, which is not finite."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n3,red\n",
                "standard input, line 3: the column “b” holds “red”, which is no number; for categories, give --test g2."
            ),
            Refusal(
                ["--data", "-"], "a,b\n1,7\n2,7\n3,7\n4,7\n",
                "standard input: the column “b” is 7 in every row, so nothing can depend on it; leave it out."
            ),
            Refusal(
                ["--data", "-", "--test", "g2"], "a,b\nx,u\ny,u\nz,u\nx,u\n",
                "standard input: the column “b” is u in every row, so nothing can depend on it; leave it out."
            ),
            Refusal(["--data", "-"], "a,a\n1,2\n", "standard input, line 1: two columns are named “a”."),
            Refusal(["--data", "-"], "a,\n1,2\n", "standard input, line 1: column 2 has no name."),
            Refusal(
                ["--data", "-"], ",a\n0,1\n",
                "standard input, line 1: column 1 has no name; if it numbers the rows, leave it out."),
            Refusal(
                ["--data", "-"], "1.5,2\n1,2\n",
                "standard input, line 1: the first line holds numbers only; a header with a name for each column is expected."
            ),
            Refusal(
                ["--data", "-"], "a;b\n1;2\n",
                "standard input, line 1: the header is a single name with “;” in it; give --delimiter ';'."),
            Refusal(
                ["--data", "-"], "a\tb\n1\t2\n",
                "standard input, line 1: the header is a single name with tabs in it; give --delimiter tab."),
            Refusal(
                ["--data", "-"], "a,b\n1,2\n2,1\n3,3\n",
                "standard input: 3 rows are too few; tests need 4 or more."),
            Refusal(
                ["--data", "-", "--missing", "drop"], "a,b\n1,2\n2,\n",
                "standard input: 1 row without a missing value is too few; tests need 4 or more."),
            Refusal(
                ["--data", "-", "--test", "cmi-knn"], "a,b\n1,2\n2,1\n3,3\n5,1\n",
                "standard input: 4 samples are out of the range of the nearest-neighbour test, 8 to 32767."),
            Refusal(["--data", "-"], "", "standard input: there are no rows."),
            Refusal(
                ["--data", "-"], "a,\"b\n1,2\n",
                "standard input, line 1: a quoted field starts here and never ends; a quote inside a quoted field is doubled."
            ),
            Refusal(["--data", "absent.csv"], "", "absent.csv: there is no such file.", status: 66),
            Refusal(
                correlation, "a,b\n1,0.5\n0.4,1\n",
                "standard input, line 3: the correlation of “a” and “b” is 0.4 here, but 0.5 on line 2."),
            Refusal(
                correlation, "a,b\n1,1.5\n1.5,1\n",
                "standard input, line 2: the correlation of “a” and “b” is 1.5, outside -1 to 1."),
            Refusal(
                correlation, "a,b\n4,1\n1,1\n",
                "standard input, line 2: “a” has correlation 4.0 with itself instead of 1; divide a covariance by the standard deviations first."
            ),
            Refusal(
                correlation, "a,b\n1,nan\nnan,1\n",
                "standard input, line 2: the correlation of “a” and “b” is not finite."),
            Refusal(
                correlation, "1,0.9,0.9\n0.9,1,-0.9\n0.9,-0.9,1\n",
                "standard input, line 3: the correlations of “X3” contradict those of the rows before: the matrix has a negative eigenvalue, so no data can have it."
            ),
            Refusal(
                correlation, "1,0.5\n",
                "standard input, line 1: 1 row, but 2 columns; a square matrix is expected."),
            Refusal(
                correlation, "1,0.5\n0.5\n", "standard input, line 2: 1 column, but the first line has 2."),
            Refusal(
                correlation, "a,b\n1,x\n0.5,1\n",
                "standard input, line 2: column 2 holds “x”, which is no number."),
            Refusal(
                correlation, ",a,b\na,1,0.5\nc,0.5,1\n",
                "standard input, line 3: the row is named “c”, but column 2 is “b”."),
            Refusal(
                correlation, "a,a\n1,0.5\n0.5,1\n",
                "standard input, line 1: two columns are named “a”; give each a name of its own."),
            Refusal(
                attention, "1,0\n0.5,0.4\n",
                "standard input, line 2: the attention weights of “X2” add up to 0.9 instead of 1."),
            Refusal(
                attention, "the,cat\n1.5,-0.5\n0.5,0.5\n",
                "standard input, line 2: the attention of “the” to “cat” is -0.5; weights are finite and not negative."
            ),
            Refusal(
                attention, "1,0\ninf,0\n",
                "standard input, line 2: the attention of “X2” to “X1” is inf; weights are finite and not negative."
            ),
            Refusal(
                ["--oracle", "-"], #"{"nodes": ["a", "b"], "edges": [["a", "b"], ["b", "a"]]}"#,
                "standard input: edges: expected a directed acyclic graph, found a directed cycle through “a”."
            ),
            Refusal(
                ["--oracle", "-"],
                #"{"nodes": ["a", "b"], "latents": ["a"], "selection": ["a"], "edges": []}"#,
                "standard input: latents and selection: expected every name once, found “a” twice."),
        ])
    func refusal(_ refusal: Refusal) throws {
        let run = try BuiltProgram.run(["discover"] + refusal.arguments, input: Data(refusal.input.utf8))
        #expect(run.status == refusal.status)
        #expect(run.output == "")
        #expect(run.error.hasPrefix("whence: \(refusal.message)"), "\(run.error)")
        #expect(run.error.hasSuffix("\n") && run.error.split(separator: "\n").count == 1, "\(run.error)")
    }

    @Test(
        "Options that do not go together are a usage error that says which",
        arguments: [
            ([], "Give one of --data, --correlation, --attention and --oracle"),
            (["--data", "a", "--oracle", "b"], "Give only one of --data"),
            (["--correlation", "a"], "--correlation needs --samples"),
            (["--attention", "a"], "--attention needs --samples"),
            (["--data", "a", "--samples", "9"], "the rows of --data are counted"),
            (["--correlation", "a", "--samples", "3"], "--samples has to be 4 or more"),
            (["--correlation", "a", "--samples", "9", "--test", "g2"], "a matrix allows fisher-z only"),
            (["--oracle", "a", "--test", "cmi"], "an oracle answers by itself"),
            (["--oracle", "a", "--missing", "drop"], "--missing goes with --data"),
            (["--oracle", "a", "--delimiter", "tab"], "--delimiter goes with"),
            (["--data", "a", "--alpha", "1"], "--alpha has to lie between 0 and 1"),
            (["--data", "a", "--seed", "1", "--permutations", "9"], "--permutations goes with --test cmi"),
            (
                ["--data", "a", "--test", "cmi", "--permutations", "50"],
                "50 permutations cannot give a p-value of 0.01"
            ),
            (["--data", "a", "--neighbours", "5"], "--neighbours goes with --test cmi-knn"),
            (["--data", "a", "--samples-per-degree", "5"], "--samples-per-degree goes with --test g2"),
            (["--data", "a", "--order", "a,b"], "--order goes with --algorithm ordered-icd"),
            (
                ["--data", "a", "--algorithm", "pc", "--selection-bias"],
                "--selection-bias does not go with pc"
            ),
            (["--data", "a", "--time-limit", "0"], "--time-limit has to be a positive"),
            (["--data", "a", "--max-ci-tests", "-1"], "--max-ci-tests"),
        ])
    func usage(arguments: [String], mention: String) throws {
        let run = try BuiltProgram.run(["discover"] + arguments)
        #expect(run.status == 64 && run.output == "")
        #expect(run.error.contains(mention), "\(run.error)")
    }

    @Test("Rows with a missing value are left out when asked, and counted")
    func dropping() throws {
        var text = "a,b\n"
        for row in 0..<40 { text += row % 8 == 0 ? "?,\(row)\n" : "\(row % 7),\((row * 5) % 7)\n" }
        let run = try BuiltProgram.run(
            ["discover", "--data", "-", "--missing", "drop"], input: Data(text.utf8))
        #expect(run.status == 0)
        #expect(
            run.error.contains("whence: 5 rows were left out because a value is missing.\n"), "\(run.error)")
        #expect(run.output.contains("35 samples"), "\(run.output)")
    }

    @Test("Delimiters, quotes, line ends and a byte-order mark change nothing")
    func spellings() throws {
        let rows = (0..<60).map { ["\($0 % 13)", "\(($0 * 7) % 13 + $0 % 3)", "\(($0 * $0) % 11)"] }
        func text(_ delimiter: String, _ lineEnd: String, quote: String = "") -> String {
            ([["x", "y", "z"]] + rows).map { row in
                row.map { quote + $0 + quote }.joined(separator: delimiter)
            }.joined(separator: lineEnd)
        }
        let folder = try TemporaryFolder()
        try Data(text("\t", "\n").utf8).write(to: folder / "data.tsv")
        let expected = try BuiltProgram.run(
            ["discover", "--data", "-", "--format", "json"], input: Data(text(",", "\n").utf8))
        #expect(expected.status == 0 && expected.output.contains("\"test\": \"fisher-z\""), "\(expected)")
        for (arguments, input) in [
            (["-"], text(",", "\r\n") + "\r\n"), (["-"], "\u{FEFF}" + text(",", "\n", quote: "\"")),
            (["-", "--delimiter", ";"], text(";", "\n")), (["-", "--delimiter", "tab"], text("\t", "\r\n")),
            (["-"], text(" , ", "\n\n")), ([(folder / "data.tsv").path], ""),
        ] {
            let run = try BuiltProgram.run(
                ["discover", "--format", "json", "--data"] + arguments, input: Data(input.utf8))
            #expect(run.output == expected.output, "\(arguments) \(run.error)")
        }
    }

    @Test("A matrix may name its rows, as R and pandas write it, or have numbers for names")
    func rowNames() throws {
        let expected = "a o-o b\n"
        for input in [
            "a,b\n1,0.5\n0.5,1\n", ",a,b\na,1,0.5\nb,0.5,1\n", "\"\",\"a\",\"b\"\n\"a\",1,0.5\n\"b\",0.5,1\n",
            "\"a\",\"b\"\n\"a\",1,0.5\n\"b\",0.5,1\n",
        ] {
            let run = try BuiltProgram.run(
                ["discover", "--correlation", "-", "--samples", "80"], input: Data(input.utf8))
            #expect(run.status == 0 && run.output.hasPrefix(expected), "\(input) gives \(run)")
        }
        let numbered = try BuiltProgram.run(
            ["discover", "--correlation", "-", "--samples", "80"], input: Data("7,9\n1,0.5\n0.5,1\n".utf8))
        #expect(numbered.output.hasPrefix("7 o-o 9\n"), "\(numbered)")
    }
}
