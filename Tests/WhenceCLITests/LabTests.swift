import Foundation
import Testing
import WhenceTestSupport

@Suite("whence lab")
struct LabTests {
    private static let small = [
        "--vocabulary", "3", "--length", "6", "--batch", "64", "--threads", "1",
    ]

    private func document(_ run: BuiltProgram.Result) throws -> [String: Any] {
        try #require(run.status == 0, "\(run.error)")
        return try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    }

    @Test("Training learns a small chain, and says so in text and JSON")
    func train() throws {
        let run = try BuiltProgram.run(
            ["lab", "train", "--steps", "400", "--format", "json", "--optimizer", "adamw"]
                + ["--evaluation-interval", "25"] + Self.small)
        let document = try document(run)
        #expect(document["schema"] as? String == "whence.training/1")
        let last = try #require(document["last"] as? [String: Any])
        let (loss, bayes) = (last["loss"] as? Double ?? .nan, last["bayesLoss"] as? Double ?? .nan)
        #expect(loss < 0.9 * log(3) && loss > bayes - 0.02, "loss \(loss), Bayes \(bayes)")
        let recovery = try #require(document["recovery"] as? [String: Any])
        #expect((recovery["edges"] as? [Any])?.count == 4)
        let baselines = try #require(document["baselines"] as? [[String: Any]])
        #expect(abs((baselines[0]["loss"] as? Double ?? 0) - log(3)) < 1e-5)
        #expect(baselines.last?["predictor"] as? String == "officialBayes")
        let rise = try #require(document["inductionRise"] as? [String: Any])
        let (after, by) = (rise["after"] as? Int ?? -1, rise["by"] as? Int ?? -1)
        #expect(after >= 0 && after < by && by <= 400, "\(rise)")
        let text = try BuiltProgram.run(["lab", "train", "--steps", "20"] + Self.small)
        #expect(text.status == 0 && text.error.isEmpty)
        for mention in [
            "Bayes predictor", "weight on true parents", "least", "induction head", "alpha 1", "of steps",
        ] {
            #expect(text.output.contains(mention), "\(mention) in\n\(text.output)")
        }
    }

    @Test("A run in two parts measures and ends as one whole run")
    func resume() throws {
        let folder = try TemporaryFolder()
        let path = { (name: String) in (folder / name).path }
        func arguments(_ name: String) -> [String] {
            ["lab", "train", "--noise", "0.1", "--seed", "3", "--steps", "12000", "--optimizer", "adamw"]
                + ["--evaluation-interval", "500", "--metrics", path("\(name).jsonl")]
                + ["--checkpoint", path("\(name).h5")] + Self.small
        }
        let whole = try document(BuiltProgram.run(arguments("whole") + ["--format", "json"]))
        let status = try interrupted(arguments("parts"), error: folder / "err") {
            (try? Data(contentsOf: folder / "parts.jsonl"))?.isEmpty == false
        }
        #expect(status == 130)
        let goingOn = [
            "lab", "train", "--resume", path("parts.h5"), "--checkpoint", path("parts.h5"), "--metrics",
            path("parts.jsonl"), "--format", "json",
        ]
        let rest = try document(BuiltProgram.run(goingOn))
        let steps = try #require(rest["steps"] as? Int)
        #expect((1..<12000).contains(steps), "\(steps) steps after the interruption")
        #expect(whole["last"] as? NSDictionary == rest["last"] as? NSDictionary)
        #expect(whole["plateaus"] as? NSArray == rest["plateaus"] as? NSArray)
        for ending in ["jsonl", "h5"] {
            let files = try ["whole", "parts"].map { try Data(contentsOf: folder / "\($0).\(ending)") }
            #expect(files[0] == files[1], "\(ending)")
        }
        let again = try document(BuiltProgram.run(goingOn))
        #expect(again["steps"] as? Int == 0)
        let lines = try String(contentsOf: folder / "parts.jsonl", encoding: .utf8).split(separator: "\n")
        #expect(lines.count == 25)
    }

    /// Starts a run, and ends it by Ctrl-C as soon as it listens to it and a condition holds.
    private func interrupted(
        _ arguments: [String], error: URL, when isReady: () -> Bool = { true }
    ) throws -> Int32 {
        try Data().write(to: error)
        let process = Process()
        process.executableURL = BuiltProgram.path
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: error)
        try process.run()
        while process.isRunning, !(Self.listens(process.processIdentifier) && isReady()) { usleep(2_000) }
        process.interrupt()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Whether a process has a handler for Ctrl-C.
    private static func listens(_ process: Int32) -> Bool {
        let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
        let mask = status.firstMatch(of: #/SigCgt:\s*([0-9a-f]+)/#).flatMap { UInt64($0.1, radix: 16) } ?? 0
        return mask & 1 << (UInt64(SIGINT) - 1) != 0
    }

    @Test("A file that is no run's measurements is not touched")
    func foreignMetrics() throws {
        let folder = try TemporaryFolder()
        let (checkpoint, notes) = ((folder / "a.h5").path, (folder / "notes.txt").path)
        let first = ["lab", "train", "--steps", "2", "--checkpoint", checkpoint] + Self.small
        #expect(try BuiltProgram.run(first).status == 0)
        try Data("remember the milk\n".utf8).write(to: folder / "notes.txt")
        let resume = ["lab", "train", "--resume", checkpoint, "--metrics", notes]
        let refused = try BuiltProgram.run(resume)
        #expect(refused.status == 73 && refused.error.contains("line 1"), "\(refused.error)")
        #expect(try String(contentsOfFile: notes, encoding: .utf8) == "remember the milk\n")
        #expect(try BuiltProgram.run(resume + ["--force"]).status == 0)
        #expect(try String(contentsOfFile: notes, encoding: .utf8).hasPrefix("{"))
    }

    @Test("A calibration writes table, figure and numbers from one training")
    func calibrate() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "calibration").path
        let small = ["--seeds", "1", "--steps", "2", "--batch", "64", "--sequences", "1", "--length", "6"]
        let command = ["lab", "calibrate", "--families", "chain, pairs", "--folder", path] + small
        let run = try BuiltProgram.run(command)
        #expect(run.status == 0, "\(run.error)")
        let texts = try ["txt", "json", "svg"].map {
            try String(contentsOfFile: "\(path)/calibration.\($0)", encoding: .utf8)
        }
        #expect(texts[0] == run.output && texts[2].hasPrefix("<svg"))
        #expect(texts[1].contains("whence.calibration/1") && texts[1].contains("\"pairs\""))
        let again = try BuiltProgram.run(command)
        #expect(again.status == 73 && again.error.contains("--force"))
    }

    @Test(
        "Ctrl-C ends a measurement, and says that nothing is kept",
        arguments: [
            ["lab", "calibrate", "--steps", "1000000"],
            ["lab", "gradient", "--vocabulary", "40", "--kernels", "100000"],
            [
                "lab", "train", "--task", "parent-maps", "--chain-length", "7", "--examples", "100",
                "--steps", "1",
            ]
                + ["--kernel-law", "fresh", "--batch", "16"],
        ])
    func interruptedMeasurement(arguments: [String]) throws {
        let folder = try TemporaryFolder()
        let begin = ContinuousClock.now
        let status = try interrupted(arguments + ["--threads", "1"], error: folder / "err")
        let error = try String(contentsOf: folder / "err", encoding: .utf8)
        #expect(status == 130 && error.contains("kept"), "\(status) \(error)")
        #expect(ContinuousClock.now - begin < .seconds(60))
    }

    @Test("A standard transformer trains, is kept, and goes on from the file alone")
    func standard() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "standard.h5").path
        let run = try BuiltProgram.run(
            [
                "lab", "train", "--model", "standard", "--steps", "60", "--checkpoint", path, "--format",
                "json",
            ]
                + Self.small)
        let document = try document(run)
        #expect(document["model"] as? String == "standard")
        let last = try #require(document["last"] as? [String: Any])
        #expect((last["loss"] as? Double ?? 9) < log(3))
        let again = try self.document(
            BuiltProgram.run(["lab", "train", "--resume", path, "--checkpoint", path, "--format", "json"]))
        #expect(again["steps"] as? Int == 0)
        #expect((again["last"] as? [String: Any])?["loss"] as? Double == last["loss"] as? Double)
    }

    @Test(
        "Graphs that change with each sequence have their Bayes predictor and its baselines",
        arguments: [
            ["--task", "lags", "--length", "8"], ["--task", "parent-maps", "--chain-length", "3"],
        ])
    func varying(task: [String]) throws {
        let run = try BuiltProgram.run(
            ["lab", "train", "--vocabulary", "3", "--steps", "4", "--batch", "64", "--threads", "1"]
                + ["--format", "json"] + task)
        let document = try document(run)
        let last = try #require(document["last"] as? [String: Any])
        let losses = try #require(document["baselines"] as? [[String: Any]]).reduce(into: [String: Double]())
        {
            $0[$1["predictor"] as? String ?? ""] = $1["loss"] as? Double
        }
        let bayes = last["bayesLoss"] as? Double ?? .nan
        #expect(bayes < losses["evenGraphs"] ?? 0 && losses["evenGraphs"] ?? 9 < losses["uniform"] ?? 0)
        #expect(last["recovery"] == nil)
    }

    @Test("A figure becomes a drawing and a page that loads nothing")
    func figure() throws {
        let folder = try TemporaryFolder()
        let figures = (folder / "figures").path
        let run = try BuiltProgram.run(
            ["lab", "figure", "8", "--steps", "1", "--threads", "1", "-o", figures])
        #expect(run.status == 0 && run.output.contains("reference: 1.7600 (computed)"), "\(run.error)")
        let files = try FileManager.default.contentsOfDirectory(atPath: figures).sorted()
        #expect(files == ["figure-8.html", "figure-8.svg"])
        let page = try String(contentsOfFile: figures + "/figure-8.html", encoding: .utf8)
        for mention in ["<svg", "Nichani, Damian and Lee", "<th>reference</th>", "AdamW", "<dt>Seed</dt>"] {
            #expect(page.contains(mention), "\(mention)")
        }
        let again = try BuiltProgram.run(["lab", "figure", "8", "--steps", "1", "-o", figures])
        #expect(again.status == 73 && again.error.contains("--force"))
    }

    @Test("A sweep has a line for each run, and goes on where it was stopped")
    func sweep() throws {
        let folder = try TemporaryFolder()
        let path = (folder / "runs.jsonl").path
        let command =
            ["lab", "sweep", "--steps", "3", "--learning-rates", "0.5,1e30", "--head-counts", "1,1/2,1"]
            + ["--seeds", "2", "-o", path] + Self.small
        let run = try BuiltProgram.run(command)
        #expect(run.status == 0 && run.output.hasPrefix("8 runs, 8 of them new"), "\(run.error)")
        let whole = try String(contentsOfFile: path, encoding: .utf8)
        let lines = try whole.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
        #expect(lines.count == 8)
        for line in lines.prefix(4) {
            let (loss, bayes) = (line["loss"] as? Double ?? 0, line["bayesLoss"] as? Double ?? 9)
            let gap = line["gap"] as? Double ?? 9
            #expect(abs(gap - (loss - bayes)) < 1e-12 && line["recovery"] is Double, "\(line)")
        }
        #expect(try BuiltProgram.run(command).output.contains("0 of them new"))
        let half = whole.split(separator: "\n").prefix(5).joined(separator: "\n") + "\n"
        try Data(half.utf8).write(to: folder / "runs.jsonl")
        #expect(try BuiltProgram.run(command).output.contains("3 of them new"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == whole)
    }

    @Test("Ctrl-C keeps the run, and the command that it prints goes on")
    func interrupt() throws {
        let folder = try TemporaryFolder()
        let checkpoint = (folder / "run.h5").path
        let metrics = (folder / "run.jsonl").path
        let arguments =
            ["lab", "train", "--steps", "1000000", "--checkpoint", checkpoint, "--metrics", metrics]
            + Self.small
        let status = try interrupted(arguments, error: folder / "err") {
            (try? Data(contentsOf: folder / "run.jsonl"))?.isEmpty == false
        }
        #expect(status == 130)
        let error = try String(contentsOf: folder / "err", encoding: .utf8)
        #expect(
            error.contains("whence lab train --resume \(checkpoint) --checkpoint \(checkpoint)"), "\(error)")
        #expect(FileManager.default.fileExists(atPath: checkpoint))
    }

    @Test("Divergence names the step, and the last good state is in the checkpoint")
    func divergence() throws {
        let folder = try TemporaryFolder()
        let checkpoint = (folder / "run.h5").path
        let run = try BuiltProgram.run(
            [
                "lab", "train", "--steps", "50", "--learning-rate", "1e15", "--weight-decay", "1",
                "--schedule", "constant", "--checkpoint", checkpoint,
            ] + Self.small)
        #expect(run.status == 65)
        #expect(run.error.contains("diverged: after step") && run.error.contains(checkpoint), "\(run.error)")
        let again = try BuiltProgram.run(["lab", "train", "--resume", checkpoint])
        #expect(again.status == 65 && again.error.contains("diverged: after step"), "\(again.error)")
    }

    @Test(
        "Wrong uses are named",
        arguments: [
            (["train", "--vocabulary", "1"], 64, "vocabulary"), (["train", "--alpha=-1"], 64, "alpha"),
            (["train", "--length", "1"], 64, "--length"), (["train", "--heads", "0,1"], 64, "heads"),
            (["train", "--steps", "0"], 64, "steps"), (["train", "--heads", "1;1"], 64, "--heads"),
            (["train", "--learning-rate=-1"], 64, "learning rate"),
            (["train", "--graph", "nowhere.json"], 66, "nowhere.json"),
            (["train", "--resume", "nowhere.h5"], 66, "nowhere.h5: the checkpoint is missing"),
            (["train", "--resume", "a.h5", "--steps", "4"], 64, "leave --steps out"),
            (["train", "--two-stage", "--heads", "1,1"], 64, "--two-stage"),
            (["gradient", "--task", "two-parents"], 64, "one tree"),
            (["gradient", "--kernels", "0"], 64, "number of kernels"),
            (["gradient", "--vocabulary", "256", "--kernels", "1000000"], 64, "number of kernels"),
            (
                ["train", "--model", "standard", "--layers", "16", "--vocabulary", "256", "--length", "2"]
                    + ["--batch", "100000"], 64, "batch size"
            ),
            (["train", "--alpha", "-1"], 64, "alpha"), (["train", "--noise", "-1"], 64, "noise"),
            (["train", "--learning-rate", "-1"], 64, "learning rate"),
            (["train", "--seed", "-1"], 64, "'-1' is invalid for '--seed"),
            (["calibrate", "--alpha", "-1"], 64, "between 0 and 1"),
            (["calibrate", "--families", "chain,chain"], 64, "each once"),
            (["calibrate", "--families", "chain,"], 64, "no family \"\""),
            (["train", "--task", "two-parents", "--two-stage"], 64, "one tree"),
            (["train", "--parents", "2"], 64, "--task random-graph"),
            (["train", "--checkpoint", "a", "--metrics", "./a"], 64, "the same file"),
            (["train", "--lags", "1,2"], 64, "--task lags"),
            (["train", "--task", "lags", "--lags", "1,1"], 64, "each once"),
            (["train", "--task", "lags", "--lags", "99"], 64, "the lag"),
            (["train", "--task", "parent-maps", "--chain-length", "9"], 64, "2 to 7"),
            (["train", "--task", "parent-maps", "--length", "9"], 64, "--chain-length"),
            (["train", "--layers", "3"], 64, "--model standard"),
            (["train", "--model", "standard", "--heads", "1,1"], 64, "leave it out"),
            (["gradient", "--task", "lags"], 64, "one tree"),
            (["sweep", "--alphas", "1,2", "--alpha", "1", "-o", "a.jsonl"], 64, "say the same"),
            (["sweep", "--head-counts", "1;1", "-o", "a.jsonl"], 64, "--head-counts"),
            (["figure", "3", "-o", "figures"], 64, "no figure"),
            (["figure", "9", "-o", "/dev/null/figures"], 73, "cannot be made"),
        ] as [([String], Int32, String)])
    func wrong(arguments: [String], status: Int32, mention: String) throws {
        let run = try BuiltProgram.run(["lab"] + arguments)
        #expect(run.status == status && run.error.contains(mention), "\(run.status) \(run.error)")
        #expect(run.output.isEmpty)
    }

    @Test(
        "Illegal graphs are refused",
        arguments: [
            (#"{"nodes": 3, "edges": [[0, 1], [1, 0]]}"#, "cycle"), ("[null, 3, 0]", "comes before"),
            ("{}", "graph"), ("[]", "graph.json: the length"),
            (#"{"nodes": 4, "edges": [[0, 1], [1, 2]]}"#, "has no parent"),
        ])
    func graphs(json: String, mention: String) throws {
        let folder = try TemporaryFolder()
        try Data(json.utf8).write(to: folder / "graph.json")
        let run = try BuiltProgram.run(["lab", "train", "--graph", (folder / "graph.json").path])
        #expect(run.status == 65 && run.error.contains(mention), "\(run.status) \(run.error)")
    }

    @Test("The gradient's report holds every pair, and no broken inequality")
    func gradient() throws {
        let arguments = ["lab", "gradient", "--vocabulary", "3", "--length", "6", "--kernels", "200"]
        let small = arguments + ["--sequences", "2048", "--threads", "1"]
        let document = try document(try BuiltProgram.run(small + ["--format", "json"]))
        #expect(document["schema"] as? String == "whence.gradient/1")
        let gradient = try #require(document["gradient"] as? [String: Any])
        let pairs = try #require(gradient["pairs"] as? [Any])
        #expect(pairs.count == 14)
        let correlation = try #require(gradient["correlation"] as? Double)
        #expect(correlation > 0.7)
        let information = try #require(document["information"] as? [String: Any])
        #expect(information["violations"] as? Int == 0)
        let text = try BuiltProgram.run(small + ["--pairs", "--quiet"])
        #expect(text.error.isEmpty)
        for mention in ["parent", "2 up", "correlation", "4 → 3 *", "0 of"] {
            #expect(text.output.contains(mention), "\(mention) in\n\(text.output)")
        }
    }
}
