internal import CZstd

/// What a zstd file holds: all of its frames, one after the other.
///
/// - Note: RFC 8878, §3.1.
final class ZstdBytes: ByteSource {
    private let source: any ByteSource
    private let packed = ByteBlock(size: max(1 << 17, ZSTD_DStreamInSize()))
    private let stream: OpaquePointer
    private var input: ZSTD_inBuffer
    private var isInFrame = true
    /// What ended the reading, kept until everything before it has been handed out.
    private var fault: ByteFault?

    /// Unpacks a source.
    init(_ source: any ByteSource) throws(ByteFault) {
        self.source = source
        input = ZSTD_inBuffer(src: packed.buffer.baseAddress, size: 0, pos: 0)
        guard let stream = ZSTD_createDStream() else {
            throw .unreadable("there is too little memory to unpack it")
        }
        self.stream = stream
    }

    deinit { ZSTD_freeDStream(stream) }

    var share: Double? { source.share }
    var isReady: Bool { source.isReady }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int {
        if let fault { throw fault }
        var output = ZSTD_outBuffer(dst: buffer.baseAddress, size: buffer.count, pos: 0)
        while output.pos == 0 {
            do throws(ByteFault) {
                guard try unpack(&output) else { return 0 }
            } catch {
                fault = error
                guard output.pos > 0 else { throw error }
            }
        }
        return output.pos
    }

    /// Unpacks what is at hand; `false` at the end.
    private func unpack(_ output: inout ZSTD_outBuffer) throws(ByteFault) -> Bool {
        var isLast = false
        if input.pos == input.size {
            input.size = try source.read(into: packed.buffer)
            input.pos = 0
            isLast = input.size == 0
        }
        // Between frames there is nothing left to hand out.
        guard !isLast || isInFrame else { return false }
        let status = ZSTD_decompressStream(stream, &output, &input)
        guard ZSTD_isError(status) == 0 else {
            throw .broken("the zstd file is damaged: \(String(cString: ZSTD_getErrorName(status))).")
        }
        isInFrame = status != 0
        if isLast, isInFrame, output.pos == 0 {
            throw .broken("the zstd file ends in the middle; it has been cut off.")
        }
        return true
    }
}
