import Foundation
import Testing

@testable import WhenceLoader

@Suite("Preprocessing keeps to Unicode and to Python")
struct UnicodeTests {
    @Test("Normalisation forms are Foundation's, for whole texts")
    func normalizationForms() {
        var source = RandomText(seed: 7)
        for _ in 0..<2000 {
            let text = source.next()
            let traced = TracedText(original: text)
            // As scalars: equal strings need not be spelt alike.
            let shown = text.debugDescription
            #expect(
                scalars(traced.composed().string) == scalars(text.precomposedStringWithCanonicalMapping),
                "\(shown)")
            #expect(
                scalars(traced.decomposed(.canonical).string)
                    == scalars(text.decomposedStringWithCanonicalMapping), "\(shown)")
            #expect(
                scalars(traced.decomposed(.compatibility).string)
                    == scalars(text.decomposedStringWithCompatibilityMapping), "\(shown)")
        }
    }

    @Test(
        "Lower case is Python's",
        arguments: [
            ("ΑΣ", "ας"), ("ΑΣ.", "ας."), ("ΑΣΑ", "ασα"), ("Σ", "σ"), ("Α'Σ", "α'ς"), ("ΑΣ'Α", "ασ'α"),
            ("İ", "i\u{307}"), ("ẞ", "ß"), ("ǅ", "ǆ"), ("ABC\n", "abc\n"),
        ])
    func lowerCase(text: String, expected: String) {
        #expect(scalars(TracedText(original: text).lowercased().string) == scalars(expected))
    }

    @Test("Marks that change places share their bytes")
    func reorderedMarks() {
        let spans = TracedText(original: "a\u{302}\u{323}").decomposed(.canonical).scalars.map(\.span)
        #expect(spans == [0..<1, 1..<5, 1..<5])
    }

    @Test("A composed character has the bytes of its parts")
    func composedSpans() {
        let composed = TracedText(original: "xe\u{301}y").composed().scalars
        #expect(composed.map(\.span) == [0..<1, 1..<4, 4..<5])
        #expect(composed.map(\.scalar) == ["x", "é", "y"])
    }

    @Test("White space is what Python splits at")
    func whiteSpace() {
        let expected: [ClosedRange<UInt32>] = [
            9...13, 28...32, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
            0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
        ]
        for value in UInt32(0)...0xFFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(scalar.isPythonWhiteSpace == expected.contains { $0.contains(value) })
        }
    }

    private func scalars(_ text: String) -> [Unicode.Scalar] { Array(text.unicodeScalars) }
}
