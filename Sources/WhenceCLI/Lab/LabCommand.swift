import ArgumentParser
import Whence

struct LabCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lab",
        abstract: "The laboratory: small transformers whose causal graph is known.",
        subcommands: [
            LabTrainCommand.self, LabSweepCommand.self, LabGradientCommand.self, LabFigureCommand.self,
            LabCalibrateCommand.self,
        ]
    )
}
