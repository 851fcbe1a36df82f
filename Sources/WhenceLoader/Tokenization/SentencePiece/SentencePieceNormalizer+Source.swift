extension SentencePieceNormalizer {
    /// The bytes that are normalised, and the character that each one belongs to.
    struct Source {
        let bytes: [UInt8]
        private let scalars: [TracedScalar]
        /// For each byte the index of its character.
        private let owners: [Int32]

        /// A character of the output, or several that cannot be told apart.
        struct Part {
            var bytes: ArraySlice<UInt8>
            var span: Range<Int>
            var isBlank: Bool
            var begin: Int
        }

        init(_ text: TracedText) {
            scalars = text.scalars
            var bytes: [UInt8] = []
            var owners: [Int32] = []
            bytes.reserveCapacity(scalars.count)
            owners.reserveCapacity(scalars.count)
            for (index, traced) in scalars.enumerated() {
                for byte in traced.scalar.utf8 {
                    bytes.append(byte)
                    owners.append(Int32(index))
                }
            }
            self.bytes = bytes
            self.owners = owners
        }

        /// A blank that normalisation adds before byte `offset`; it stands for the empty range there.
        func blank(before offset: Int) -> Part {
            let place =
                offset < owners.count
                ? scalars[Int(owners[offset])].span.lowerBound : scalars.last?.span.upperBound ?? 0
            return Part(bytes: [], span: place..<place, isBlank: true, begin: offset)
        }

        /// A character, or bytes of one, that stays as it is; `nil` for any other chunk.
        func unchanged(_ chunk: Range<Int>, output: ArraySlice<UInt8>) -> Part? {
            let owner = Int(owners[chunk.lowerBound])
            guard owners[chunk.upperBound - 1] == owner, output.elementsEqual(bytes[chunk]) else {
                return nil
            }
            return part(output, owner..<owner + 1, chunk)
        }

        /// The characters of `output`, which replaces the bytes of `chunk`, with their sources.
        ///
        /// A rule such as ` n't` to `n't` says only that four characters become three. What ends, and then what
        /// begins, alike on both sides is taken to be the same; the rest of the output stands for the rest of
        /// the chunk, white space at its ends left out. A rest without output (`colour` to `color`) goes to the
        /// character beside it, unless it is white space, which is then dropped.
        func parts(of chunk: Range<Int>, output: ArraySlice<UInt8>) -> [Part] {
            let owned = Int(owners[chunk.lowerBound])..<Int(owners[chunk.upperBound - 1]) + 1
            let source = scalars[owned]
            let result = Self.characters(of: output)
            let atEnd = zip(source.reversed(), result.reversed())
                .prefix { $0.scalar.utf8.elementsEqual($1) }.count
            let atStart = zip(source.dropLast(atEnd), result.dropLast(atEnd))
                .prefix { $0.scalar.utf8.elementsEqual($1) }.count
            let rest = owned.dropFirst(atStart).dropLast(atEnd)
            let visible = trimmed(rest)

            var parts: [Part] = []
            for index in result.indices {
                var own: Range<Int>
                if index < atStart {
                    own = owned.lowerBound + index..<owned.lowerBound + index + 1
                } else if index >= result.count - atEnd {
                    let fromEnd = result.count - index
                    own = owned.upperBound - fromEnd..<owned.upperBound - fromEnd + 1
                } else {
                    own = visible ?? (rest.isEmpty ? owned : rest)
                }
                if atStart + atEnd == result.count, let visible {
                    let takesRest = atStart > 0 ? index == atStart - 1 : index == 0
                    if takesRest { own = own.joined(with: visible) }
                }
                var made = part(result[index], own, chunk, isBlank: result[index].elementsEqual([0x20]))
                if made.isBlank, index >= atStart, index < result.count - atEnd,
                    visible != nil || rest.isEmpty
                {
                    // A blank that a rule puts beside a quotation mark stands for no character of the text.
                    let isBehind = result[atStart..<index].contains { !$0.elementsEqual([0x20]) }
                    let others = result[index..<result.count - atEnd]
                    // Between the words of one character, such as ﷺ, it belongs to the character as they do.
                    if !isBehind || others.allSatisfy({ $0.elementsEqual([0x20]) }) {
                        let place = place(beside: visible ?? rest, isBehind: isBehind)
                        made.span = place..<place
                    }
                }
                parts.append(made)
            }
            return parts
        }

        /// Where a range of characters ends, or begins; an empty one lies behind the character before it.
        private func place(beside range: Range<Int>, isBehind: Bool) -> Int {
            if !isBehind, !range.isEmpty { return scalars[range.lowerBound].span.lowerBound }
            return range.upperBound > 0 ? scalars[range.upperBound - 1].span.upperBound : 0
        }

        private func part(
            _ bytes: ArraySlice<UInt8>, _ owned: Range<Int>, _ chunk: Range<Int>, isBlank: Bool = false
        ) -> Part {
            let span = scalars[owned.lowerBound].span.joined(with: scalars[owned.upperBound - 1].span)
            let isBlank = isBlank || scalars[owned].allSatisfy { $0.scalar.isPythonWhiteSpace }
            return Part(bytes: bytes, span: span, isBlank: isBlank, begin: chunk.lowerBound)
        }

        /// Without white space at the ends; `nil` when nothing else is there.
        private func trimmed(_ range: Range<Int>) -> Range<Int>? {
            guard let first = range.first(where: { !scalars[$0].scalar.isPythonWhiteSpace }),
                let last = range.last(where: { !scalars[$0].scalar.isPythonWhiteSpace })
            else { return nil }
            return first..<last + 1
        }

        /// Bytes cut before each one that begins a character.
        private static func characters(of bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
            var result: [ArraySlice<UInt8>] = []
            var rest = bytes
            while !rest.isEmpty {
                let length = 1 + rest.dropFirst().prefix { $0 & 0xC0 == 0x80 }.count
                result.append(rest.prefix(length))
                rest = rest.dropFirst(length)
            }
            return result
        }
    }
}
