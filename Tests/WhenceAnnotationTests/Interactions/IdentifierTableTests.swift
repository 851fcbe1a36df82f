import Testing

@testable import WhenceAnnotation

@Suite("Numbers for ids")
struct IdentifierTableTests {
    @Test("Every id has one number, in order of first appearance, whatever it looks like")
    func numbers() {
        let special = [
            "0", "00", "007", "7", "4194303", "4194304", "9999999", "12345678", "-1", "é", "1a", " 1",
        ]
        let many = (0..<5000).flatMap { ["\($0 * 7919 % 100_003)", "user-\($0)"] }
        var table = IdentifierTable()
        var known: [String: Int32] = [:]
        var order: [String] = []
        for id in special + many + special.reversed() + many.reversed() {
            let number = table.number(of: id)
            if let expected = known[id] {
                #expect(number == expected, "\(id)")
            } else {
                #expect(number == Int32(order.count), "\(id)")
                known[id] = number
                order.append(id)
            }
        }
        #expect(table.texts == order)
    }
}
