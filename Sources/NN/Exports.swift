// `import NN` is all a notebook needs: the layers and the tensors they work on.
@_exported import Tensors
