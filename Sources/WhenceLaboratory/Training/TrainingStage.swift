internal import Foundation

/// A stretch of training in which the same parameters are learnt.
public struct TrainingStage: Sendable, Hashable, Codable {
    /// Steps.
    public var steps: Int
    /// The learning rate at its first step.
    public var learningRate: Double
    /// How the rate goes on.
    public var schedule: LearningRateSchedule
    /// What is learnt; nil for everything.
    public var regions: [ParameterRegion]?

    /// Makes a stage.
    public init(
        steps: Int, learningRate: Double, schedule: LearningRateSchedule = .cosine,
        regions: [ParameterRegion]? = nil
    ) {
        self.steps = steps
        self.learningRate = learningRate
        self.schedule = schedule
        self.regions = regions
    }

    /// The learning rate of a step, counted from the stage's first.
    func rate(at step: Int) -> Double {
        switch schedule {
        case .constant: learningRate
        case .cosine: learningRate * (1 + cos(Double.pi * Double(step) / Double(steps))) / 2
        }
    }
}

/// How a learning rate goes on.
public enum LearningRateSchedule: String, Sendable, Hashable, Codable, CaseIterable {
    /// It stays.
    case constant
    /// It falls to 0 along half a cosine.
    case cosine
}

/// A rectangle of one of a transformer's matrices.
public struct ParameterRegion: Sendable, Hashable, Codable {
    /// Which matrix.
    public enum Matrix: Sendable, Hashable, Codable {
        /// That of a head; layers and heads count from 0.
        case attention(layer: Int, head: Int)
        /// The output's.
        case output
    }

    /// The matrix.
    public var matrix: Matrix
    /// Its rows.
    public var rows: Range<Int>
    /// Its columns.
    public var columns: Range<Int>

    /// Makes a region.
    public init(_ matrix: Matrix, rows: Range<Int>, columns: Range<Int>) {
        self.matrix = matrix
        self.rows = rows
        self.columns = columns
    }

    /// Where the region lies among the parameters, a range for each of its rows.
    ///
    /// - Throws: `setting` if the transformer has no such matrix or the rectangle leaves it.
    func ranges(in shape: DisentangledShape) throws(LaboratoryError) -> [Range<Int>] {
        let (start, height, width): (Int, Int, Int)
        switch matrix {
        case .attention(let layer, let head):
            guard shape.heads.indices.contains(layer), (0..<shape.heads[layer]).contains(head) else {
                throw .setting(
                    name: "the matrix that is learnt", value: "layer \(layer), head \(head)",
                    expected: "a head of the transformer, whose layers have \(shape.heads) heads")
            }
            height = shape.width(enteringLayer: layer)
            (start, width) = (shape.start(layer: layer, head: head), height)
        case .output:
            height = shape.width(enteringLayer: shape.heads.count)
            (start, width) = (shape.outputStart, shape.vocabulary)
        }
        guard rows.lowerBound >= 0, rows.upperBound <= height, columns.lowerBound >= 0,
            columns.upperBound <= width
        else {
            throw .setting(
                name: "the part of a matrix that is learnt", value: "rows \(rows), columns \(columns)",
                expected: "a part of \(height) rows and \(width) columns")
        }
        return rows.map { start + $0 * width + columns.lowerBound..<start + $0 * width + columns.upperBound }
    }
}
