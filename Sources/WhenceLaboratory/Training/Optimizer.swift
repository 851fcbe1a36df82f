internal import Foundation

/// How a gradient becomes a step.
public enum Optimizer: Sendable, Hashable, Codable {
    /// Gradient descent; weight decay is part of the gradient, `g + decay · p`.
    case gradientDescent
    /// Adam with decoupled weight decay, `p − rate · (m̂ / (√v̂ + epsilon) + decay · p)`.
    ///
    /// - Note: Loshchilov and Hutter 2019, https://arxiv.org/abs/1711.05101.
    case adamW(firstDecay: Float = 0.9, secondDecay: Float = 0.999, epsilon: Float = 1e-8)
}

/// What an optimiser remembers from step to step.
struct OptimizerState: Sendable, Hashable {
    /// Means of gradients and of their squares, as long as the parameters; empty for gradient descent.
    var first: [Float]
    var second: [Float]

    init(_ optimizer: Optimizer, parameterCount: Int) {
        let count = optimizer == .gradientDescent ? 0 : parameterCount
        first = [Float](repeating: 0, count: count)
        second = first
    }

    /// Moves the parameters of some ranges.
    ///
    /// - Parameters:
    ///   - step: steps taken before this one.
    ///   - ranges: those that are learnt; the others stay as they are.
    /// - Returns: whether every parameter is still a finite number.
    mutating func move(
        _ parameters: inout [Float], along gradient: [Float], by optimizer: Optimizer, rate: Float,
        weightDecay: Float, step: Int, ranges: [Range<Int>]
    ) -> Bool {
        // The sum of what is not finite is not either, and stays so: one look at the end instead of one a number.
        var trouble: Float = 0
        switch optimizer {
        case .gradientDescent:
            parameters.withUnsafeMutableBufferPointer { parameters in
                gradient.withUnsafeBufferPointer { gradient in
                    for range in ranges {
                        for index in range {
                            let value = parameters[index]
                            let moved = value - rate * (gradient[index] + weightDecay * value)
                            parameters[index] = moved
                            trouble += moved * 0
                        }
                    }
                }
            }
        case .adamW(let firstDecay, let secondDecay, let epsilon):
            let count = Float(step + 1)
            let firstScale = 1 / (1 - power(firstDecay, count))
            let secondScale = 1 / (1 - power(secondDecay, count))
            parameters.withUnsafeMutableBufferPointer { parameters in
                gradient.withUnsafeBufferPointer { gradient in
                    first.withUnsafeMutableBufferPointer { first in
                        second.withUnsafeMutableBufferPointer { second in
                            for range in ranges {
                                for index in range {
                                    let slope = gradient[index]
                                    let mean = firstDecay * first[index] + (1 - firstDecay) * slope
                                    let square =
                                        secondDecay * second[index] + (1 - secondDecay) * slope * slope
                                    first[index] = mean
                                    second[index] = square
                                    let value = parameters[index]
                                    let direction =
                                        mean * firstScale / ((square * secondScale).squareRoot() + epsilon)
                                    let moved = value - rate * (direction + weightDecay * value)
                                    parameters[index] = moved
                                    trouble += moved * 0
                                }
                            }
                        }
                    }
                }
            }
        }
        return trouble == 0
    }

    private func power(_ base: Float, _ exponent: Float) -> Float {
        Float(pow(Double(base), Double(exponent)))
    }
}
