/// A search that a bound ended: the size of conditioning sets at which it stood, and the bound.
struct SearchEnd {
    var size: Int
    var bound: DiscoveryBound
}
