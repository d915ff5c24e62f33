/// What a page needs to know that stands in no notebook.
public struct PageSettings: Sendable {
  /// A page to go to from this one.
  public struct Link: Hashable, Sendable {
    public var title: String
    /// Relative to the page.
    public var address: String

    public init(title: String, address: String) {
      self.title = title
      self.address = address
    }
  }

  /// Language of the prose, as in `<html lang>`.
  public var language = "en"
  /// The pages of the course around this one, where there is a course.
  public var index: Link?
  public var previous: Link?
  public var next: Link?
  /// Address of the page of another notebook, from the `.md` path a link names. By default all pages
  /// stand in one folder, under the names of their notebooks.
  public var addressOfPage: @Sendable (_ notebookPath: String) -> String = { path in
    let name = path.split(separator: "/").last ?? ""
    return name.dropLast(".md".count) + ".html"
  }
  /// The way from the folder of the page to that of the notebook, for links to other files; ends in
  /// `/` unless it is empty.
  public var notebookFolder = ""
  /// Reads an image; the path is relative to the folder the program runs in, or absolute.
  public var readFile: @Sendable (_ path: String) -> [UInt8]? = { path in
    FileReader.bytes(ofFile: path, atMost: 32 << 20)
  }

  public init() {}
}
