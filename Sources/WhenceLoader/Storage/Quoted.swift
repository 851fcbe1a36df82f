/// A name or value from a file as an error shows it: in quotes, control characters escaped, cut when long.
func quoted(_ text: String, limit: Int = 160) -> String {
    let start = String(text.unicodeScalars.prefix(limit))
    return start.debugDescription + (start.utf8.count < text.utf8.count ? "…" : "")
}
