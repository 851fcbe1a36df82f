/// What a piece of text is, from which its colour follows.
enum TextRole {
    case plain
    case heading
    case strong
    case small
    case highlight
    case mark
    case hiddenCause
    case warning

    /// Parameters of the ANSI sequence "select graphic rendition"; `nil` for the terminal's own colours.
    ///
    /// Only colours of the basic palette, which terminals adapt to their background.
    fileprivate var rendition: String? {
        switch self {
        case .plain: nil
        case .heading, .strong: "1"
        case .small: "2"
        case .highlight: "1;30;43"
        case .mark: "36"
        case .hiddenCause: "35"
        case .warning: "1;33"
        }
    }
}

/// A piece of text in one role. The text is safe to show: whoever makes a run has escaped what users wrote.
struct StyledRun {
    var text: String
    var role: TextRole

    init(_ text: String, _ role: TextRole = .plain) {
        self.text = text
        self.role = role
    }

    var width: Int { text.displayWidth }

    func rendered(colour: Bool) -> String {
        guard colour, let rendition = role.rendition, !text.isEmpty else { return text }
        return "\u{1B}[\(rendition)m\(text)\u{1B}[0m"
    }
}
