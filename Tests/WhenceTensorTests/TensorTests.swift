import Testing
import WhenceTensor

@Suite("Tensor")
struct TensorTests {
    @Test("Elements are row-major, and a subscript finds them")
    func rowMajor() {
        let tensor = Tensor(shape: [2, 3], elements: [0, 1, 2, 3, 4, 5])
        #expect(tensor[1, 0] == 3)
        #expect(tensor[0, 2] == 2)
        #expect(tensor.reshaped(to: [3, 2])[2, 1] == 5)
    }

    @Test("A new tensor starts at zero, and memory is aligned for vector loads")
    func zeroAndAligned() {
        let tensor = Tensor(shape: [3, 5]) { _ in }
        #expect(tensor.elements.allSatisfy { $0 == 0 })
        let address = tensor.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        #expect(address % 64 == 0)
    }

    @Test("More memory than there are addresses is refused, and a buffer is usable after that")
    func noMemory() throws {
        let buffer = FloatBuffer()
        #expect(throws: TensorError.memory(bytes: 1 << 52)) { try buffer.matrix(1 << 25, 1 << 25) }
        let matrix = try buffer.matrix(3, 7)
        #expect(matrix.buffer.allSatisfy { $0 == 0 })
        #expect(ComputeContext.memoryLeft > 0)
    }

    @Test("A tensor of more memory than there are addresses throws what its maker wants")
    func refusedTensor() {
        struct Refusal: Error, Equatable { var bytes: Int }
        #expect(throws: Refusal(bytes: 1 << 52)) {
            _ = try Tensor(shape: [1 << 25, 1 << 25], orThrow: Refusal.init) { _ throws(Refusal) in
                Issue.record("filled")
            }
        }
    }

    @Test(
        "A tensor starts at zero also in memory that another one has left",
        arguments: [[1, 100], [300, 300], [512, 512], [1024, 2048]])
    func zeroAgain(shape: [Int]) {
        for _ in 0..<6 {
            let used = Tensor(shape: shape) { $0.update(repeating: 7) }
            #expect(used.count == shape.reduce(1, *))
        }
        let tensor = Tensor(shape: shape) { _ in }
        #expect(tensor.elements.allSatisfy { $0 == 0 })
    }
}
