extension Trainer {
    /// Writes everything that going on needs: HDF5, `parameters`, the optimiser's memory, and the settings as JSON.
    ///
    /// - Throws: `LoaderError.unwritable`; what was at the path is then as it was.
    public func save(to path: String) throws {
        try CheckpointFile(settings, state, parameters: transformer.parameters).write(.disentangled, to: path)
        noteCheckpoint(path)
    }

    /// Goes on where a checkpoint was written: the steps that follow are the same, to the byte, as if the run had never
    /// been interrupted.
    ///
    /// - Throws: `LaboratoryError.checkpoint` for a file that is not one; `LoaderError` for one that cannot be read.
    public convenience init(resuming path: String, threadCount: Int? = nil) throws {
        let file = try CheckpointFile<TrainingSettings>(.disentangled, readingFrom: path) { settings in
            try settings.check()
            return (settings.shape.parameterCount, settings.optimizer)
        }
        let transformer = try DisentangledTransformer(file.settings.shape, parameters: file.parameters)
        try self.init(
            file.settings, transformer: transformer, state: file.state(from: path), threadCount: threadCount)
    }
}
