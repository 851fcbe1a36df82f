import ArgumentParser
import Whence

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explains one prediction.",
        subcommands: [ExplainSentimentCommand.self, ExplainRecommendationCommand.self]
    )
}
