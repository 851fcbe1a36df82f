/// Colours of the arc diagram, for light and for dark surroundings.
struct ArcPalette {
    var background: String
    var ink: String
    var muted: String
    var pill: String
    var bar: String
    var highlight: String
    var highlightInk: String
    var cause: String
    var hidden: String
    var neutral: String

    static let light = ArcPalette(
        background: "#ffffff", ink: "#18212d", muted: "#5d6b7c", pill: "#eff2f6", bar: "#cfd6df",
        highlight: "#ffe08a",
        highlightInk: "#3a2b00", cause: "#1f5fbf", hidden: "#c2500a", neutral: "#7b8796")

    static let dark = ArcPalette(
        background: "#11161d", ink: "#e9eef5", muted: "#9aa7b8", pill: "#222b37", bar: "#3d4857",
        highlight: "#ffd257",
        highlightInk: "#2b2000", cause: "#79b0ff", hidden: "#ff9f5f", neutral: "#8794a6")

    /// Rules that depend on the colours. They are written out twice rather than through CSS variables, which
    /// converters such as librsvg do not know.
    private var rules: String {
        """
        .background{fill:\(background)}text{fill:\(ink)}.muted{fill:\(muted)}
        .pill{fill:\(pill)}.bar{fill:\(bar)}.target{stroke:\(ink)}.found{fill:\(highlight)}.word.found-text{fill:\(highlightInk)}
        .rule{stroke:\(pill)}.edge path{stroke:\(neutral)}.edge .circle{stroke:\(neutral);fill:\(background)}
        .edge .arrow{fill:\(neutral)}.cause path,.cause .circle{stroke:\(cause)}.cause .arrow{fill:\(cause)}
        .hidden path,.hidden .circle{stroke:\(hidden)}.hidden .arrow{fill:\(hidden)}
        """
    }

    /// The whole style sheet: light, and dark where the reader prefers it.
    static let styleSheet = """
        text{font-family:ui-sans-serif,system-ui,-apple-system,Segoe UI,Helvetica Neue,Noto Sans,Arial,sans-serif}
        .title{font-size:22px;font-weight:650}.subtitle{font-size:14px}.head{font-size:13px;font-weight:650}
        .small{font-size:12.5px}.word{font-size:15px}.found-text,.target-text{font-weight:650}
        .target{stroke-width:1.5}.rule{stroke-width:1}
        .edge path{fill:none;stroke-width:1.5;stroke-opacity:.55}.edge.near path{stroke-width:2.2;stroke-opacity:1}
        .edge .circle{stroke-width:1.6}.hidden path{stroke-dasharray:6 4}.selection path{stroke-dasharray:1.5 3.5}
        \(light.rules)
        @media (prefers-color-scheme:dark){
        \(dark.rules)
        }
        """
}
