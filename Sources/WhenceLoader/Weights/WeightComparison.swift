/// What a configuration calls for, beside what the files hold.
struct WeightComparison {
    var missing: [MissingTensor] = []
    var mismatched: [MismatchedTensor] = []
    var unused: [UnusedTensor] = []

    /// Nearest names are looked up for this many missing tensors; beyond, it is another model altogether.
    private static let namedLimit = 10

    init(_ expected: [ExpectedTensor], with tensors: [String: Weight]) {
        let names = tensors.keys.sorted()
        var used: Set<String> = []
        for weight in expected {
            let key = tensors[weight.name] == nil ? WeightNames.alias(of: weight.name) : weight.name
            guard let key, let found = tensors[key] else {
                let nearest =
                    missing.count < Self.namedLimit ? NearestNames.of(weight.name, among: names) : []
                missing.append(MissingTensor(name: weight.name, shape: weight.shape, nearest: nearest))
                continue
            }
            used.insert(key)
            let problem = found.stored.problem
            if found.shape != weight.shape || !found.stored.elementType.isFloatingPoint || problem != nil {
                mismatched.append(
                    MismatchedTensor(
                        name: weight.name, expected: weight.shape, found: found.shape,
                        elementType: found.stored.elementType, problem: problem))
            }
        }
        for name in names where !used.contains(name) {
            unused.append(UnusedTensor(key: name, name: tensors[name]?.stored.name ?? name))
        }
    }
}
