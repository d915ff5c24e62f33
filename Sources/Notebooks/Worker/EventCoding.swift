import FoundationEssentials

/// Requests and events as lines of JSON.
enum EventCoding {
  /// One line with its line end.
  static func line<Message: Encodable>(_ message: Message) -> [UInt8] {
    // A string or a finite number can always be encoded; seconds are finite.
    guard let data = try? JSONEncoder().encode(message) else { return [] }
    return Array(data) + [UInt8(ascii: "\n")]
  }

  static func message<Message: Decodable>(
    _ type: Message.Type, from line: ArraySlice<UInt8>
  ) -> Message? {
    try? JSONDecoder().decode(type, from: Data(line))
  }
}
