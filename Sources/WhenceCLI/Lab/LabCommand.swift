import ArgumentParser

struct LabCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "Experiments on transformers whose causal graph is known.",
        subcommands: [LabCalibrateCommand.self])
}
