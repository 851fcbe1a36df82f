import Foundation
import Testing
import WhenceTestSupport

@Suite("Numbers on the command line")
struct NumberOptionTests {
    private static let model = Repository.fixture("models/tf_albert_seqcls/model").path
    private static let annotate = ["annotate", "sentiment", "--input", "none", "-o", "none"]
    private static let ranking = ["evaluate", "ranking", "--baselines-only", "--dataset", "none"]
    private static let methods = ["evaluate", "recommendation", "--dataset", "none"]
    private static let convert = ["convert", "dataset", "none", "--to", "jsonl"]
    private static let explain = ["explain", "sentiment", "text", "--model", model]
    private static let sweep = ["lab", "sweep", "-o", "none"]

    private static let cases: [(command: [String], option: String, values: [String], problem: String)] = [
        (
            ranking, "--samples", ["-1", "0", "2147483648", "9223372036854775807"],
            "--samples has to lie between 1 and 1,000,000."
        ),
        (
            methods, "--bootstrap-samples", ["-1", "0", "2147483648", "9223372036854775807"],
            "--bootstrap-samples has to lie between 1 and 1,000,000."
        ),
        (convert, "--min-history", ["-1", "-9223372036854775808"], "--min-history has to be 0 or more."),
        (convert, "--min-rating", ["nan", "inf", "-inf"], "--min-rating has to be a finite number, not "),
        (
            annotate, "--checkpoint-interval", ["nan", "inf", "1e300", "1e9", "-1"],
            "--checkpoint-interval has to be 0 or more seconds, below a billion."
        ),
        (annotate, "--shard", ["-1/3"], "“-1/3” is no part of a data set"),
        (explain, "--heads", ["-1"], "The value '-1' is invalid for '--heads"),
        (methods, "--heads", ["-1"], "The value '-1' is invalid for '--heads"),
        (explain, "--max-ci-tests", ["-1", "0"], "the number of independence tests is "),
        (
            ["discover", "--data", "none"], "--alpha-sweep", ["-1"],
            "The value '-1' is invalid for '--alpha-sweep"
        ),
        (sweep, "--head-counts", ["-1"], "the heads of each layer: [-1] is out of range"),
    ]

    @Test(
        "A number that makes no sense is a usage error, 64, before anything is read", arguments: cases.indices
    )
    func refused(index: Int) throws {
        let (command, option, values, problem) = Self.cases[index]
        for value in values {
            let result = try BuiltProgram.run(command + [option, value])
            #expect(result.status == 64, "\(option) \(value): \(result.error)")
            #expect(result.error.contains(problem), "\(option) \(value): \(result.error)")
        }
    }

    @Test(
        "Every command with threads takes 1 to 1024 of them",
        arguments: [
            explain, ["lab", "train"], ["lab", "gradient"], ["lab", "calibrate"], sweep,
            ["lab", "figure", "9", "-o", "none"],
        ])
    func threads(command: [String]) throws {
        for count in ["0", "-1", "1025", "9223372036854775807"] {
            let result = try BuiltProgram.run(command + ["--threads", count])
            #expect(result.status == 64)
            #expect(
                result.error.contains("--threads has to be from 1 to 1024, not \(count)."), "\(result.error)")
        }
    }

    @Test(
        "Rates and strengths that single precision cannot hold are refused, not run to no finite number",
        arguments: [
            ("train", "--learning-rate", "1e300", "the learning rate: 1e+300 is out of range"),
            ("train", "--learning-rate", "1e-320", "the learning rate: 1e-320 is out of range"),
            ("train", "--weight-decay", "1e300", "the weight decay: 1e+300 is out of range"),
            (
                "train", "--noise", "1e300",
                "the size of the noise that training starts from: 1e+300 is out of range"
            ),
            (
                "gradient", "--strength", "1e300",
                "the strength of the second layer's comparison: 1e+300 is out of"
            ),
        ])
    func factors(command: String, option: String, value: String, problem: String) throws {
        let small =
            command == "train" ? ["--steps", "1", "--batch", "2"] : ["--kernels", "2", "--sequences", "2"]
        let result = try BuiltProgram.run(
            ["lab", command, "--length", "4", "--vocabulary", "2"] + small + [option, value])
        #expect(result.status == 64, "\(result.error)")
        #expect(result.error.contains(problem), "\(result.error)")
    }

    @Test("The largest strength still gives a gradient of finite numbers", arguments: ["1e-30", "1e30"])
    func strengths(strength: String) throws {
        let result = try BuiltProgram.run([
            "lab", "gradient", "--quiet", "--length", "5", "--vocabulary", "3", "--kernels", "8",
            "--sequences", "64",
            "--strength", strength,
        ])
        #expect(result.status == 0, "\(result.error)")
        #expect(result.output.firstMatch(of: /\b(nan|inf)\b/) == nil, "\(result.output)")
    }

    @Test("A neighbour that the samples do not have is a usage error, 64, that counts them")
    func neighbours() throws {
        let rows = "a,b\n" + (0..<9).map { "\($0),\($0 * $0 % 7)\n" }.joined()
        let command = [
            "discover", "--data", "-", "--test", "cmi-knn", "--permutations", "99", "--neighbours",
        ]
        for (count, status) in [("8", Int32(0)), ("9", 64), ("9223372036854775807", 64)] {
            let result = try BuiltProgram.run(command + [count], input: Data(rows.utf8))
            #expect(result.status == status, "\(result.error)")
            #expect(status == 0 || result.error.contains("--neighbours has to be less than the 9 samples."))
        }
    }
}
