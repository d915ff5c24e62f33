// Batches are tensors: `import Datasets` brings them along.
@_exported import Tensors
