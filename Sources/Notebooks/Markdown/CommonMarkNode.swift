import CMark

/// A node of a document parsed by libcmark; the document lives as long as one of its nodes.
struct CommonMarkNode {
  fileprivate final class Document {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
      self.pointer = pointer
    }

    deinit { cmark_node_free(pointer) }
  }

  private let pointer: OpaquePointer
  private let document: Document

  /// Parses UTF-8 text and gives the root.
  init(parsing bytes: [UInt8]) {
    let parsed = bytes.withUnsafeBytes { buffer in
      cmark_parse_document(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, CMARK_OPT_DEFAULT)
    }
    guard let parsed else { fatalError("libcmark gave no document") }
    self.init(pointer: parsed, document: Document(parsed))
  }

  fileprivate init(pointer: OpaquePointer, document: Document) {
    self.pointer = pointer
    self.document = document
  }

  var type: cmark_node_type { cmark_node_get_type(pointer) }
  var children: Children { Children(current: cmark_node_first_child(pointer), document: document) }
  /// What a text, a code block, a code span or raw HTML holds.
  var literal: String { Self.string(cmark_node_get_literal(pointer)) }
  /// The info string of a fence; nil for indented code.
  var fenceInfo: String { Self.string(cmark_node_get_fence_info(pointer)) }
  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
  var isTight: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var url: String { Self.string(cmark_node_get_url(pointer)) }
  var title: String { Self.string(cmark_node_get_title(pointer)) }
  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var startColumn: Int { Int(cmark_node_get_start_column(pointer)) }
  /// May be one line too far, with column 0, for lists, items and headings with an underline.
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
  var endColumn: Int { Int(cmark_node_get_end_column(pointer)) }

  /// All text within, without structure.
  var text: String {
    guard let iterator = cmark_iter_new(pointer) else { return "" }
    defer { cmark_iter_free(iterator) }
    var text = ""
    while true {
      let event = cmark_iter_next(iterator)
      guard event != CMARK_EVENT_DONE else { return text }
      guard event == CMARK_EVENT_ENTER else { continue }
      text += Self.string(cmark_node_get_literal(cmark_iter_get_node(iterator)))
    }
  }

  private static func string(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }

  /// The children of a node, in order.
  struct Children: Sequence, IteratorProtocol {
    fileprivate var current: OpaquePointer?
    fileprivate let document: Document

    mutating func next() -> CommonMarkNode? {
      guard let pointer = current else { return nil }
      current = cmark_node_next(pointer)
      return CommonMarkNode(pointer: pointer, document: document)
    }
  }
}
