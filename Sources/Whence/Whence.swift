// Everything of Whence in one import.
@_exported public import WhenceAnnotation
@_exported public import WhenceDiscovery
@_exported public import WhenceExplanation
@_exported public import WhenceInference
@_exported public import WhenceLaboratory
@_exported public import WhenceLoader
@_exported public import WhenceRendering
@_exported public import WhenceTensor
