import ArgumentParser

@main
struct WhenceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "whence",
        abstract: "Tells whence a transformer's prediction came."
    )
}
