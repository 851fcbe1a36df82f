import Whence

/// Counts as the whole program words them.
extension Int {
    /// With commas between thousands.
    var grouped: String { NumberWording.count(self) }

    /// With a noun: `1 row`, `10,721 rows`.
    func counted(_ noun: String, plural: String? = nil) -> String {
        NumberWording.count(self, noun, plural: plural)
    }

    /// `one`, or `many` where it is another count: verbs and pronouns that go with a noun.
    func agreeing(_ one: String, _ many: String) -> String { self == 1 ? one : many }
}
