import ArgumentParser
import Foundation
import Whence

/// A causal order of named variables: `natural`, a file with a name a line, or names with commas.
struct OrderArgument {
    private let argument: String?

    init(_ argument: String?) { self.argument = argument }

    /// The variables' indices, causes first.
    ///
    /// - Throws: `ValidationError` for names that are not all the variables, `AnnotationError` where a file has them.
    func nodes(of names: [String]) throws -> [Int] {
        guard let argument, argument != "natural" else { return Array(names.indices) }
        guard FileManager.default.fileExists(atPath: argument) else {
            let given = argument.split(separator: ",", omittingEmptySubsequences: false)
            return try nodes(given.map { String($0).withoutOuterBlanks }, of: names) { _, problem in
                ValidationError("--order: \(problem) (there is no file of that name either).")
            }
        }
        var lines = DelimitedText(try TextFile.read(argument), name: argument)
        var given: [(line: Int, name: String)] = []
        while let line = try lines.next() {
            given.append((line.line, line.fields.joined(separator: ",").withoutOuterBlanks))
        }
        return try nodes(given.map(\.name), of: names) { place, problem in
            AnnotationError.line(
                path: argument, line: place.map { given[$0].line } ?? given.last?.line ?? 1,
                reason: problem + ".")
        }
    }

    private func nodes(
        _ given: [String], of names: [String], refusal: (_ place: Int?, _ problem: String) -> any Error
    ) throws -> [Int] {
        let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var seen: Set<Int> = []
        let nodes = try given.enumerated().map { place, name in
            guard let index = indices[name] else {
                throw refusal(place, "there is no variable \(name.inQuotes)")
            }
            guard seen.insert(index).inserted else {
                throw refusal(place, "\(name.inQuotes) is named twice")
            }
            return index
        }
        if let absent = names.indices.first(where: { !seen.contains($0) }) {
            throw refusal(nil, "the variable \(names[absent].inQuotes) is not in the order")
        }
        return nodes
    }
}
