import Testing

@testable import WhenceRendering

@Suite("What characters take and show")
struct DisplayTests {
    @Test(
        "Display width",
        arguments: [
            ("abc", 3), ("", 0), ("e\u{301}", 1), ("映画", 4), ("ｗ", 2), ("한", 2),
            ("\u{1112}\u{1161}\u{11AB}", 2),
            ("👍", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇩🇪", 2), ("❤️", 2), ("جميل", 4), ("\u{200B}", 0), ("a\u{200D}", 1),
            ("“”", 2), ("…", 1), ("━╸┄", 3), ("©", 1), ("1️⃣", 1), ("\u{AD}", 1), ("⟨U+202E⟩", 8),
        ])
    func width(text: String, columns: Int) {
        #expect(text.displayWidth == columns, "\(text.debugDescription)")
    }

    @Test(
        "What cannot be shown is made visible",
        arguments: [
            ("a\u{1B}[31m", "a␛[31m"), ("\u{0}", "␀"), ("\u{7F}", "␡"), ("\u{9B}2J", "⟨U+009B⟩2J"),
            ("\u{202E}abc\u{2069}", "⟨U+202E⟩abc⟨U+2069⟩"), ("\u{2028}", "⟨U+2028⟩"),
            ("\u{FFFF}\u{10FFFF}", "⟨U+FFFF⟩⟨U+10FFFF⟩"), ("plain", "plain"), ("جميل", "جميل"), ("👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"),
        ])
    func escaping(text: String, shown: String) {
        #expect(text.escapedForDisplay == shown)
    }

    @Test(
        "Labels can be recognised",
        arguments: [
            ("charming", "“charming”"), ("", "“”"), ("\u{200B}", "“⟨U+200B⟩”"), ("\u{301}x", "“◌\u{301}x”"),
            ("abcdefghijklm", "“abcdefghi…”"), ("映画館映画館", "“映画館映…”"),
        ])
    func quoting(label: String, shown: String) {
        #expect(label.quoted(maximumWidth: 10) == shown)
    }

    @Test(
        "Percentages never round to certainty",
        arguments: [
            (0.9731, "97 %"), (0.5, "50 %"), (0.994, "99.4 %"), (0.9989, "99.8 %"), (0.9996, "> 99.9 %"),
            (1, "> 99.9 %"), (0, "< 0.1 %"), (0.004, "0.4 %"), (0.01, "1 %"), (0.99, "99.0 %"),
        ])
    func percentages(probability: Double, shown: String) {
        #expect(NumberWording.percent(probability) == shown)
    }

    @Test(
        "Counts and ordinals", arguments: [(0, "0", "0th"), (1_232, "1,232", "1232nd"), (11, "11", "11th")])
    func counts(value: Int, count: String, ordinal: String) {
        #expect(NumberWording.count(value) == count)
        #expect(NumberWording.ordinal(value) == ordinal)
    }
}
