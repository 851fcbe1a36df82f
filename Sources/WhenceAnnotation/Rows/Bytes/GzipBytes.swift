internal import CZlib

/// What a gzip file holds: all of its members, one after the other.
///
/// - Note: RFC 1952, §2.2. Zero bytes behind a member are padding, as of tapes, and passed over.
final class GzipBytes: ByteSource {
    private let source: any ByteSource
    private let packed = ByteBlock(size: 1 << 17)
    /// On the heap, because zlib keeps the address.
    private let stream: UnsafeMutablePointer<z_stream>
    private var isInMember = true
    /// What ended the reading, kept until everything before it has been handed out.
    private var fault: ByteFault?

    /// Unpacks a source.
    init(_ source: any ByteSource) throws(ByteFault) {
        self.source = source
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        guard whence_zlib_gunzip_begin(stream) == Z_OK else {
            stream.deallocate()
            throw .unreadable("zlib cannot be started; there may be too little memory")
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    var share: Double? { source.share }
    var isReady: Bool { source.isReady }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ByteFault) -> Int {
        if let fault { throw fault }
        let size = min(buffer.count, Int(UInt32.max))
        stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(size)
        while Int(stream.pointee.avail_out) == size {
            do throws(ByteFault) {
                guard try unpack() else { return 0 }
            } catch {
                fault = error
                let unpacked = size - Int(stream.pointee.avail_out)
                guard unpacked > 0 else { throw error }
                return unpacked
            }
        }
        return size - Int(stream.pointee.avail_out)
    }

    /// Unpacks what is at hand; `false` at the end.
    private func unpack() throws(ByteFault) -> Bool {
        if stream.pointee.avail_in == 0 {
            let read = try source.read(into: packed.buffer)
            guard read > 0 else {
                guard !isInMember else {
                    throw .broken("the gzip file ends in the middle; it has been cut off.")
                }
                return false
            }
            stream.pointee.next_in = packed.buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_in = UInt32(read)
        }
        if !isInMember {
            while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
                stream.pointee.next_in += 1
                stream.pointee.avail_in -= 1
            }
            guard stream.pointee.avail_in > 0 else { return true }
            guard inflateReset(stream) == Z_OK else { throw .broken("zlib cannot go on.") }
            isInMember = true
        }
        switch inflate(stream, Z_NO_FLUSH) {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: isInMember = false
        case Z_MEM_ERROR: throw .unreadable("there is too little memory to unpack it")
        default:
            let reason = stream.pointee.msg.map { String(cString: $0) } ?? "the data are wrong"
            throw .broken("the gzip file is damaged: \(reason).")
        }
        return true
    }
}
