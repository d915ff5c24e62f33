/// Changes that the memory of some tensors is owed.
///
/// An optimizer that moves a few rows of a large table leaves the others behind. Until they have
/// caught up, the storage holds its debt (`Storage.deferred`), and whoever asks for the memory pays it
/// first. (A parallel task does not: it works on pointers taken before.) The debt knows its storages
/// until all is settled; then it lets go of them, and they of it.
package protocol DeferredUpdates: AnyObject {
  /// Makes all changes, and takes itself out of the storages.
  func settle()

  /// Makes those in rows of a table, which are distinct. `layout` is the table as the caller sees it.
  func settle(_ rows: UnsafeBufferPointer<Int>, of layout: Layout)
}
