import ArgumentParser
import Whence

struct AnnotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "annotate",
        abstract: "Explains the prediction of every row of a data set.",
        subcommands: [AnnotateSentimentCommand.self, AnnotateRecommendationCommand.self]
    )
}
