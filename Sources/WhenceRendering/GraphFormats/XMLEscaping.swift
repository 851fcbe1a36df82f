extension String {
    /// The string as XML character data or as an attribute in double quotation marks.
    ///
    /// Reserved characters become entities; white space that a parser would normalise becomes character
    /// references; scalars that XML 1.0 does not allow even as references become their visible pictures.
    var xmlEscaped: String {
        var output = String.UnicodeScalarView()
        output.reserveCapacity(unicodeScalars.count)
        for scalar in unicodeScalars {
            switch scalar {
            case "&": output.append(contentsOf: "&amp;".unicodeScalars)
            case "<": output.append(contentsOf: "&lt;".unicodeScalars)
            case ">": output.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": output.append(contentsOf: "&quot;".unicodeScalars)
            case "'": output.append(contentsOf: "&#39;".unicodeScalars)
            case "\t", "\n", "\r": output.append(contentsOf: "&#\(scalar.value);".unicodeScalars)
            default:
                let isLegal = scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF
                if isLegal {
                    output.append(scalar)
                } else {
                    output.append(contentsOf: scalar.picture.unicodeScalars)
                }
            }
        }
        return String(output)
    }
}
