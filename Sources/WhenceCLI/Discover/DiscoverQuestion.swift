import ArgumentParser
import Whence

/// What a search is asked: the variables' names and the test that answers for them.
struct DiscoverQuestion {
    let names: [String]
    let test: any IndependenceTest
    /// The test's name; `nil` with an oracle.
    let testName: String?
    /// The significance level; `nil` with an oracle.
    let alpha: Double?
    /// The number of samples; `nil` with an oracle.
    let samples: Int?
    /// Whether the input is attention in which no row attends to a later one.
    private(set) var isCausalAttention = false
    /// What a user should know before the result; one sentence each.
    private(set) var notes: [String] = []

    /// Reads the input.
    ///
    /// - Throws: `AnnotationError`, `LoaderError` or `DiscoverInputError` for what is wrong in the file.
    init(_ input: DiscoverInput, _ choice: DiscoverTest, progress: ProgressLine) throws {
        switch input.source {
        case .data(let path): try self.init(data: path, input, choice, progress)
        case .correlation(let path):
            let matrix = try MatrixFile(path: path, delimiter: input.delimiter(of: path))
            try self.init(matrix, input, choice) {
                try CorrelationMatrix(matrix.elements, nodeCount: matrix.names.count)
            }
        case .attention(let path):
            let matrix = try MatrixFile(path: path, delimiter: input.delimiter(of: path))
            try self.init(matrix, input, choice) {
                try CorrelationMatrix(attention: matrix.elements, nodeCount: matrix.names.count)
            }
        case .oracle(let path):
            try self.init(OracleFile(path: path))
        }
    }

    private init(_ file: OracleFile) {
        (names, test, testName, alpha, samples) = (file.observed, file.oracle, nil, nil, nil)
    }

    private init(
        _ matrix: MatrixFile, _ input: DiscoverInput, _ choice: DiscoverTest,
        _ correlation: () throws -> CorrelationMatrix
    ) throws {
        let samples = input.samples ?? 0
        do {
            test = try FisherZTest(correlation(), samples: samples, alpha: choice.alpha)
        } catch let error as DiscoveryError {
            throw matrix.refusal(error)
        }
        (names, testName) = (matrix.names, DiscoverTest.Name.fisherZ.rawValue)
        (alpha, self.samples) = (choice.alpha, samples)
        isCausalAttention = input.attention != nil && names.count > 2 && matrix.isLowerTriangular
    }

    private init(
        data path: String, _ input: DiscoverInput, _ choice: DiscoverTest, _ progress: ProgressLine
    ) throws {
        var file = try SampleFile(path: path, delimiter: input.delimiter(of: path), missing: input.missing)
        let name = file.name
        let tell = { (rows: Int) in progress.show("\(rows.counted("row")) of \(name) read") }
        do {
            if choice.test.takesCategories {
                let table = try file.categories(progress: tell)
                samples = table.sampleCount
                test = try choice.test(of: table)
                notes += Self.notes(on: table, choice.test)
            } else {
                let table = try file.numbers(progress: tell)
                samples = table.sampleCount
                test = try choice.test(of: table)
                notes += Self.notes(on: table)
            }
        } catch let error as DiscoveryError {
            throw DiscoverInputError(path: name, reason: "\(error)")
        }
        if file.droppedRowCount > 0 {
            let rows = file.droppedRowCount.counted("row was", plural: "rows were")
            notes.insert("\(rows) left out because a value is missing.", at: 0)
        }
        (names, testName, alpha) = (file.names, choice.test.rawValue, choice.alpha)
    }

    /// A hint when every column looks like one of categories.
    private static func notes(on table: SampleTable) -> [String] {
        let few = 10
        let lookCategorical = table.columns.allSatisfy { column in
            var seen: Set<Double> = []
            return column.allSatisfy { value in
                seen.insert(value)
                return seen.count <= few && value == value.rounded()
            }
        }
        guard lookCategorical, table.sampleCount > 2 * few else { return [] }
        return ["every column holds a few whole numbers only; if they stand for categories, give --test g2."]
    }

    /// A hint when a column can hardly be one of categories.
    private static func notes(on table: CategoryTable, _ test: DiscoverTest.Name) -> [String] {
        guard
            let column = table.categoryCounts.firstIndex(where: { $0 > max(20, table.sampleCount / 10) })
        else { return [] }
        return [
            "the column \(table.names[column].inQuotes) has \(table.categoryCounts[column].grouped) different values in "
                + "\(table.sampleCount.counted("row")), and \(test.rawValue) takes each for a category."
        ]
    }
}
