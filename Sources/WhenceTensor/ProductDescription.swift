internal import COneDNN

/// oneDNN's plan for one product `[rows, depth] · [depth, columns]` with its bias and epilogue.
final class ProductDescription {
    let shapes: [[Int]]
    private(set) var handle: dnnl_primitive_desc_t?

    /// Plans the product for weights of some extents and layout.
    init(
        rowCount: Int, weights: dnnl_memory_desc_t, hasBias: Bool, epilogue: ProductEpilogue
    ) throws(TensorError) {
        let (depth, columnCount) = (Int(weights.dims.0), Int(weights.dims.1))
        shapes = [[rowCount, depth], [depth, columnCount]]
        var source = try dnnl_memory_desc_t.matrix(rowCount, depth, tag: dnnl_ab)
        var weights = weights
        var bias = try dnnl_memory_desc_t.matrix(1, columnCount, tag: dnnl_ab)
        var result = try dnnl_memory_desc_t.matrix(rowCount, columnCount, tag: dnnl_ab)

        var operation = dnnl_matmul_desc_t()
        let status =
            hasBias
            ? dnnl_matmul_desc_init(&operation, &source, &weights, &bias, &result)
            : dnnl_matmul_desc_init(&operation, &source, &weights, nil, &result)
        try OneDNN.check("planning a product", shapes, status)

        var attributes: dnnl_primitive_attr_t?
        try OneDNN.check("planning a product", shapes, dnnl_primitive_attr_create(&attributes))
        defer { dnnl_primitive_attr_destroy(attributes) }
        try Self.apply(epilogue, to: attributes, shapes: shapes)
        let shapes = shapes
        try OneDNN.onOneThread { () throws(TensorError) in
            try OneDNN.check(
                "planning a product", shapes,
                dnnl_primitive_desc_create(&handle, &operation, attributes, OneDNN.engine(), nil))
        }
    }

    deinit {
        dnnl_primitive_desc_destroy(handle)
    }

    /// The layout that the plan chose for one of its operands.
    func memoryDescription(_ operand: dnnl_query_t) throws(TensorError) -> dnnl_memory_desc_t {
        guard let description = dnnl_primitive_desc_query_md(handle, operand, 0) else {
            throw TensorError.library(
                operation: "planning a product", code: Int(dnnl_not_required.rawValue), shapes: shapes)
        }
        return description.pointee
    }

    /// The scratch memory is ours, so that one plan can run in several tasks at once.
    private static func apply(
        _ epilogue: ProductEpilogue, to attributes: dnnl_primitive_attr_t?, shapes: [[Int]]
    ) throws(TensorError) {
        try OneDNN.check(
            "planning a product", shapes,
            dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user))
        var operations: dnnl_post_ops_t?
        try OneDNN.check("planning a product", shapes, dnnl_post_ops_create(&operations))
        defer { dnnl_post_ops_destroy(operations) }
        try OneDNN.check("planning a product", shapes, epilogue.append(to: operations))
        try OneDNN.check(
            "planning a product", shapes, dnnl_primitive_attr_set_post_ops(attributes, operations))
    }
}
