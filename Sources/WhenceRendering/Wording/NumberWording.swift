internal import Foundation

/// Numbers as a person reads them.
package enum NumberWording {
    /// A probability as a percentage that never rounds to a certainty: `97 %`, `99.7 %`, `> 99.9 %`.
    static func percent(_ probability: Double) -> String {
        guard probability.isFinite else { return "unknown %" }
        let percent = probability * 100
        if percent > 99.9 { return "> 99.9 %" }
        if percent < 0.1 { return "< 0.1 %" }
        if percent >= 99 || percent < 1 {
            // Rounded towards the middle, so that 99.97 does not become 100.
            let tenths = percent >= 99 ? (percent * 10).rounded(.down) : (percent * 10).rounded(.up)
            return "\(tenths / 10) %"
        }
        return "\(Int(percent.rounded())) %"
    }

    /// A logit in two decimals.
    static func score(_ score: Double) -> String { String(format: "%.2f", score) }

    /// A count with commas between thousands.
    package static func count(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        var output = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { output += "," }
            output.append(digit)
        }
        return output
    }

    /// A count with its noun: `1 set`, `2 sets`.
    package static func count(_ value: Int, _ noun: String, plural: String? = nil) -> String {
        "\(count(value)) \(value == 1 ? noun : plural ?? noun + "s")"
    }

    /// A share of counted things, 0 to 1, as a whole percentage; 0 % and 100 % only where that is exact.
    static func share(_ share: Double) -> String {
        guard share.isFinite else { return "unknown %" }
        let percent = Int((share * 100).rounded())
        return "\(share > 0 && share < 1 ? min(99, max(1, percent)) : percent) %"
    }

    /// A duration: `8.4 ms`, `312 ms`, `12.3 s`.
    static func duration(milliseconds: Double) -> String {
        if milliseconds < 10 { return String(format: "%.1f ms", milliseconds) }
        if milliseconds < 999.5 { return String(format: "%.0f ms", milliseconds) }
        return String(format: "%.1f s", milliseconds / 1000)
    }

    /// `2nd`, `3rd`, `11th`.
    static func ordinal(_ value: Int) -> String {
        switch (value % 10, value % 100) {
        case (_, 11...13): "\(value)th"
        case (1, _): "\(value)st"
        case (2, _): "\(value)nd"
        case (3, _): "\(value)rd"
        default: "\(value)th"
        }
    }
}
