/// A tensor as a weights file declares it, its elements unread.
public struct StoredTensor: Sendable, Hashable, Codable {
    /// The file it lies in.
    public var file: String
    /// Its full name inside the file, `/`-separated.
    public var name: String
    /// The extent of each axis, outermost first; empty for a scalar.
    public var shape: [Int]
    /// What its elements are.
    public var elementType: ElementType
    /// Bytes of all elements in `elementType`; what compression leaves of them is not known before reading.
    public var byteCount: Int
    /// Why its elements cannot be read, as far as the file's headers tell; `nil` if nothing speaks against it.
    public var problem: String?

    /// The number of elements: the product of `shape`.
    public var count: Int { shape.reduce(1, *) }

    /// Makes a description.
    public init(
        file: String, name: String, shape: [Int], elementType: ElementType, byteCount: Int,
        problem: String? = nil
    ) {
        self.file = file
        self.name = name
        self.shape = shape
        self.elementType = elementType
        self.byteCount = byteCount
        self.problem = problem
    }
}

extension StoredTensor {
    /// Names are the same if their bytes are: letters with and without a mark of their own are not.
    public static func == (left: StoredTensor, right: StoredTensor) -> Bool {
        left.name.utf8.elementsEqual(right.name.utf8) && left.file == right.file && left.shape == right.shape
            && left.elementType == right.elementType && left.byteCount == right.byteCount
            && left.problem == right.problem
    }
}
