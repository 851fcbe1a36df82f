/// A JSON value of a model's or a tokenizer's files.
///
/// Names keep their exact spelling: `é` in one and in two characters are equal Swift strings, but different rows of
/// a vocabulary.
enum TokenizerJSON: Sendable, Hashable {
    case null
    case bool(Bool)
    /// A number written without a fraction or an exponent.
    case integer(Int)
    case number(Double)
    case string(String)
    case array([TokenizerJSON])
    case object(Object)

    /// Named values in the order of the file.
    struct Object: Sendable, Hashable {
        /// One name and its value.
        struct Member: Sendable, Hashable {
            var name: String
            var value: TokenizerJSON
        }

        /// All of them; a name may come twice.
        var members: [Member] = []

        /// The value of a name, the last one where it comes twice.
        ///
        /// - Complexity: O(members): for objects with fields, not for vocabularies.
        subscript(_ name: String) -> TokenizerJSON? {
            members.last { $0.name.utf8.elementsEqual(name.utf8) }?.value
        }
    }

    /// The most bytes of a file that is read: several times those of the largest tokenizers there are.
    private static let largestFile = 128 << 20

    /// The object in a file; `nil` when there is no such file.
    ///
    /// - Throws: `LoaderError.invalid` when the file is no JSON object.
    static func object(at path: String) throws(LoaderError) -> Object? {
        guard let bytes = try TokenizerFolder.contents(of: path, limit: largestFile) else { return nil }
        return try object(bytes, path: path)
    }

    /// The object in the bytes of a file.
    ///
    /// - Throws: `LoaderError.invalid` when they are no JSON object.
    static func object(_ bytes: [UInt8], path: String) throws(LoaderError) -> Object {
        let value: TokenizerJSON
        do {
            var reader = JSONReader(bytes)
            value = try reader.document()
        } catch {
            throw .invalid(
                path: path, place: "byte \(error.offset)", expected: "JSON", found: error.found,
                hint: "Fetch or save the file again.")
        }
        guard case .object(let object) = value else {
            throw .invalid(
                path: path, place: "the whole file", expected: "a JSON object", found: "another JSON value",
                hint: "Fetch or save the file again.")
        }
        return object
    }

    /// True or false, if it is either.
    var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
    /// A text, if it is one.
    var string: String? { if case .string(let value) = self { value } else { nil } }
    /// A number, if it is one.
    var number: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }
    /// Values in order, if it is an array.
    var array: [TokenizerJSON]? { if case .array(let value) = self { value } else { nil } }
    /// Named values, if it is an object.
    var object: Object? { if case .object(let value) = self { value } else { nil } }

    /// A row of an embedding: a whole number that 32 bits hold, if it is one.
    var id: Int? {
        guard let number, number >= 0, number < Double(Int32.max), number == number.rounded() else {
            return nil
        }
        return Int(number)
    }
}
