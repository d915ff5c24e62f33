// Datasets, loaders, vocabularies and the other generators.
import Datasets
import NN

manualSeed(3)
let x = Tensor.arange(10).float().reshape(5, 2)
let y = Tensor([0, 1, 0, 1, 1])

// What a sample is follows from the default, from a closure, or from the type that is asked for.
let pairs = TensorDataset(x, y)
let (first, label) = pairs[0]
print(pairs.count, first.doubles, label.item(), pairs[-1].0.doubles)
let plain = TensorDataset(x)
print(plain[1].doubles, plain.batch([0, 2]).shape)
let named = TensorDataset(x, y) { (image: $0, label: $1) }
print(named[2].image.doubles, named[2].label.item())
let triples = TensorDataset(x, y, Tensor.ones(5))
print(triples[4].2.item(), triples.tensors.count)
let typed: TensorDataset<(Tensor, Tensor)> = TensorDataset(x, y)
for (input, target) in typed.subset([3, -5]) { print(input.doubles, target.item()) }

for (inputs, targets) in DataLoader(pairs, batchSize: 2) { print(inputs.shape, targets.ints) }
for batch in DataLoader(named, batchSize: 3, shuffle: true, dropLast: true) {
    print(batch.image.shape, batch.label.shape)
}
let loader = DataLoader(Array(1...7), batchSize: 3, shuffle: true) { $0.reduce(0, +) }
print(loader.count, loader.sampleCount, Array(loader).reduce(0, +))
func join(_ words: [String]) -> (text: String, count: Int) { (words.joined(), words.count) }
for (text, count) in DataLoader(["a", "b", "c"], batchSize: 2, collate: join) { print(text, count) }
struct Sentence {
    var words: [String]
    var mark: Int
}
let sentences = [Sentence(words: ["to", "be"], mark: 1), Sentence(words: ["or"], mark: 0)]
for (lengths, marks) in DataLoader(sentences, collate: { ($0.map(\.words.count), $0.map(\.mark)) }) {
    print(lengths, marks)
}
let sampler = BucketSampler(lengths: [5, 1, 4, 2, 3], batchSize: 2)
for words in DataLoader([5, 1, 4, 2, 3], batchSampler: sampler, collate: { $0 }) { print(words) }

let tokenize = basicEnglishTokenizer()
let vocabulary = Vocabulary(["To be, or not to be!"].map { tokenize($0) }, specials: ["<unk>"])
print(vocabulary.tokens, vocabulary.encode(["be", "it"]), vocabulary.decode([1, 2]), vocabulary["or"])
vocabulary.defaultIndex = 2
print(vocabulary["nobody"], vocabulary.contains("not"), ngrams(["a", "b", "c"], upTo: 2))
let parts = randomSplit(Array(0..<6), [4, 2])
print(parts.map(\.count), parts.joined().sorted())
print(randomSplit(pairs, [3, 2]).map(\.count), randomSplit(sentences, [0.5, 0.5]).map(\.count))

let python = PythonRandom(7)
print(python.random(), python.randint(1, 6), python.choice(["x", "y", "z"])!, python.shuffled([1, 2, 3, 4]))
print(python.sample(sentences.map(\.mark), 1).count, python.choice([Int]()) == nil)
let numpy = NumPyRandom(7)
print(numpy.rand(2).doubles, numpy.permutation(4).ints, numpy.shuffled(["p", "q", "r"]))
do {
    _ = try attempt { TensorDataset(x, Tensor.ones(4)) }
} catch {
    print(error)
}
do {
    _ = try attempt { DataLoader(pairs, batchSize: 0) }
} catch {
    print(error)
}
