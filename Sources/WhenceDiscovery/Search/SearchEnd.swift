/// A search that a bound ended: the stage and the size of conditioning sets at which it stood, and the bound.
struct SearchEnd {
    var stage: DiscoveryStage
    var size: Int
    var bound: DiscoveryBound
}
