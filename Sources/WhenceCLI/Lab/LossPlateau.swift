import Whence

/// A stretch of training in which the loss hardly falls, though much of its fall is still to come.
struct LossPlateau: Encodable, Sendable, Hashable {
    /// Steps taken where it begins.
    var first: Int
    /// Steps taken where it ends.
    var last: Int
    /// The mean loss along it.
    var loss: Double

    /// The plateaus of a run, in order.
    ///
    /// A plateau is at least a tenth of the run along which the loss falls by less than a fiftieth of its whole fall,
    /// while at least a tenth of the fall comes after it.
    /// - Parameter measurements: in the order of their steps.
    static func found(in measurements: [TrainingMetrics]) -> [LossPlateau] {
        guard let begin = measurements.first, let end = measurements.last else { return [] }
        let fall = begin.loss - end.loss
        let span = Double(end.step - begin.step)
        guard fall > 0, span > 0 else { return [] }
        var plateaus: [LossPlateau] = []
        var start = 0
        while start < measurements.count - 1 {
            var stop = start
            while stop + 1 < measurements.count,
                abs(measurements[start].loss - measurements[stop + 1].loss) < fall / 50
            {
                stop += 1
            }
            let isLong = Double(measurements[stop].step - measurements[start].step) >= span / 10
            guard isLong, measurements[stop].loss - end.loss >= fall / 10 else {
                start += 1
                continue
            }
            let part = measurements[start...stop]
            plateaus.append(
                LossPlateau(
                    first: measurements[start].step, last: measurements[stop].step,
                    loss: part.reduce(0) { $0 + $1.loss } / Double(part.count)))
            start = stop
        }
        return plateaus
    }
}
