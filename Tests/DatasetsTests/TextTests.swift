import XCTest

@testable import Datasets

final class TextTests: XCTestCase {
  func testBasicEnglish() {
    let tokenize = basicEnglishTokenizer()
    // From torchtext's rules, run in Python.
    let cases: [(String, [String])] = [
      ("The minister met the president.", ["the", "minister", "met", "the", "president", "."]),
      (
        "You can't (really) do it?!",
        ["you", "can", "'", "t", "(", "really", ")", "do", "it", "?", "!"]
      ),
      ("a;b:c,d\te\n\nf  g", ["a", "b", "c", ",", "d", "e", "f", "g"]),
      ("He said \"no\" to AT\"T", ["he", "said", "no", "to", "att"]),
      ("one<br />two<BR />three<br/>four", ["one", "two", "three<br/>four"]),
      ("a<\"br /\">b <br / > <b", ["a", "b", "<br", "/", ">", "<b"]),
      ("$1.50, U.S. #39;s", ["$1", ".", "50", ",", "u", ".", "s", ".", "#39", "s"]),
      (
        "Ünï\u{a0}ÇÖ\u{3000}\u{85}\u{2003}İ ΟΔΟΣ Σ ΑΣ.",
        [
          "ünï", "çö", "i\u{307}", "οδος", "σ", "ας", ".",
        ]
      ),
      ("-- a_b & c\u{1c}d\u{0}e", ["--", "a_b", "&", "c", "d\u{0}e"]),
      ("", []), (" \"\" ", []), ("<br />", []),
    ]
    for (text, tokens) in cases {
      XCTAssertEqual(tokenize(text).map { Array($0.utf8) }, tokens.map { Array($0.utf8) }, text)
    }
  }

  func testNgrams() {
    let tokens = ["here", "we", "are"]
    XCTAssertEqual(ngrams(tokens, upTo: 1), tokens)
    XCTAssertEqual(ngrams(tokens, upTo: 2), tokens + ["here we", "we are"])
    XCTAssertEqual(ngrams(tokens, upTo: 3), tokens + ["here we", "we are", "here we are"])
    XCTAssertEqual(ngrams(tokens, upTo: Int.max), ngrams(tokens, upTo: 3))
    XCTAssertEqual(ngrams([], upTo: 2), [])
  }

  func testVocabulary() {
    let rows = [["b", "a", "c", "a"], ["z", "b", "<unk>", "é"], ["c", "e\u{301}", "ｚ", "😀"]]
    let vocabulary = Vocabulary(rows)
    // Falling counts, then code points: the emoji last, which UTF-16 would put before U+FF5A.
    XCTAssertEqual(
      vocabulary.tokens.map { Array($0.utf8) },
      ["<unk>", "<pad>", "a", "b", "c", "e\u{301}", "z", "é", "ｚ", "😀"].map { Array($0.utf8) })
    XCTAssertEqual(vocabulary.count, 10)
    XCTAssertEqual(vocabulary["a"], 2)
    XCTAssertEqual(vocabulary["never"], 0)
    XCTAssertEqual(vocabulary["e\u{301}"], 5)
    XCTAssertEqual(vocabulary["\u{e9}"], 7)
    XCTAssertTrue(vocabulary.contains("<pad>"))
    XCTAssertFalse(vocabulary.contains("never"))
    XCTAssertEqual(vocabulary.encode(["c", "never", "b"]), [4, 0, 3])
    XCTAssertEqual(vocabulary.decode([4, 0, 3]), ["c", "<unk>", "b"])
    vocabulary.defaultIndex = 9
    XCTAssertEqual(vocabulary["never"], 9)
  }

  func testVocabularyLimits() {
    let rows = [["a", "a", "a", "b", "b", "c", "c", "d"]]
    XCTAssertEqual(Vocabulary(rows, specials: [], minFrequency: 2).tokens, ["a", "b", "c"])
    XCTAssertEqual(Vocabulary(rows, specials: ["x"], maxSize: 2).tokens, ["x", "a", "b"])
    XCTAssertEqual(
      Vocabulary(rows, specials: ["c"], minFrequency: 2, maxSize: 1).tokens, ["c", "a"])
    XCTAssertEqual(Vocabulary(rows, specials: ["p", "<unk>"], maxSize: 0)["q"], 1)
    XCTAssertEqual(Vocabulary(rows, specials: [], minFrequency: Int.min, maxSize: Int.max).count, 4)
    XCTAssertEqual(Vocabulary([], specials: []).count, 0)
    XCTAssertEqual(Vocabulary([], specials: [])["a"], 0)
  }

  func testPadSequences() {
    let rows = [[1], [2, 3, 4], []]
    let padded = padSequences(rows)
    XCTAssertEqual(padded.shape, [3, 3])
    XCTAssertEqual(padded.dtype, .int64)
    XCTAssertEqual(padded.ints, [0, 0, 1, 2, 3, 4, 0, 0, 0])
    XCTAssertEqual(padSequences(rows, maxLength: 2).ints, [0, 1, 3, 4, 0, 0])
    XCTAssertEqual(
      padSequences(rows, maxLength: 2, padding: .back, truncating: .back, value: 9).ints,
      [1, 9, 2, 3, 9, 9])
    XCTAssertEqual(padSequences(rows, maxLength: 0).shape, [3, 0])
    XCTAssertEqual(padSequences([]).shape, [0, 0])
  }
}
