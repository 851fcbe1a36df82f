import Foundation
import WhenceDiscovery
import WhenceTestSupport

extension SplitMix64 {
    /// Whether something happens that has a share of all cases.
    mutating func happens(_ share: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < share }
}

/// Annotated rows made by hand or by chance, as `whence annotate` writes them.
enum SyntheticRows {
    static let model =
        #"{"family":"albert","name":"made","parameters":10,"sha256":"0f0f"}"#
    static let settings =
        #"{"algorithm":"icd","allSizes":false,"alpha":0.01,"estimator":"attention","exhaustiveSetSize":0,"#
        + #""hash":"31fa","heads":"each","maxConditioningSize":null,"maxForwardPasses":2000,"maxSetSize":2,"#
        + #""maxTests":1000000,"nodes":"words","replacement":"mask","samples":384,"selectionBias":false,"#
        + #""skipPunctuation":false,"timeLimit":null}"#

    /// One row of a classifier.
    struct Row {
        var index: Int
        var words: [String]
        var label = "positive"
        /// Each a list of places in `words`.
        var explanations: [[Int]] = []
        /// A graph a head: word places with the marks at the word and at the prediction.
        var graphs: [[(word: Int, marks: String)]] = []
        var gold: String?
        var model = SyntheticRows.model
        var extra = ""

        var json: String {
            let text = words.joined(separator: " ")
            var start = 0
            let spelt = words.enumerated().map { place, word in
                let end = start + word.utf8.count
                defer { start = end + 1 }
                return
                    #"{"end":\#(end),"index":\#(place),"start":\#(start),"text":\#(quoted(word)),"tokens":[\#(place + 1)]}"#
            }
            let other = label == "positive" ? "negative" : "positive"
            let found = explanations.map { places in
                let list = places.map(String.init).joined(separator: ",")
                return #"{"outcome":\#(prediction(other)),"size":\#(places.count),"words":[\#(list)]}"#
            }
            let graphs = graphs.enumerated().map { head, links in
                let nodes = (0...words.count).map { #"{"index":\#($0),"label":"n","tokens":[\#($0)]}"# }
                let edges = links.map { link in
                    let arrows = link.marks.map {
                        $0 == ">" || $0 == "<" ? "arrow" : $0 == "o" ? "circle" : "tail"
                    }
                    return
                        #"{"a":0,"b":\#(link.word + 1),"markAtA":"\#(arrows[2])","markAtB":"\#(arrows[0])","pValue":0}"#
                }
                return
                    #"{"edges":[\#(edges.joined(separator: ","))],"head":\#(head),"nodes":[\#(nodes.joined(separator: ","))],"target":0}"#
            }
            let goldField = gold.map { #","label":\#(quoted($0))"# } ?? ""
            return
                #"{"explanations":[\#(found.joined(separator: ","))],"graphs":[\#(graphs.joined(separator: ","))],"#
                + #""input":{"text":\#(quoted(text)),"tokens":[],"unseenFrom":null,"words":[\#(spelt.joined(separator: ","))]}"#
                + #"\#(goldField),"model":\#(model),"prediction":\#(prediction(label)),"#
                + #""row":{"index":\#(index),"line":\#(index + 2)},"schema":"whence.explanation/1","#
                + #""settings":\#(settings),"status":{"search":"minimal"},"task":"sentiment"\#(extra)}"#
        }

        private func prediction(_ label: String) -> String {
            #"{"index":\#(label == "positive" ? 1 : 0),"label":"\#(label)","labels":["negative","positive"],"probability":0.9}"#
        }

        private func quoted(_ text: String) -> String {
            let data = try? JSONEncoder().encode(text)
            return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        }
    }

    /// A record of a row that could not be annotated.
    static func failure(_ index: Int, kind: String) -> String {
        #"{"error":{"kind":"\#(kind)","reason":"…"},"row":{"index":\#(index),"line":\#(index + 2)},"schema":"whence.explanation/1","task":"sentiment"}"#
    }

    /// Sentences of words of which some bear sentiment, of a model that mostly decides by those.
    ///
    /// - Parameters:
    ///   - count: rows.
    ///   - seed: the same seed makes the same rows.
    ///   - planted: a word without sentiment that stands in every tenth row, and explains there.
    ///   - isBlind: whether the words of explanations are drawn blindly from the row.
    static func sentences(_ count: Int, seed: UInt64, planted: String? = nil, isBlind: Bool = false) -> [Row]
    {
        var generator = SplitMix64(seed: seed)
        func below(_ bound: Int) -> Int { Int(generator.next().multipliedFullWidth(by: UInt64(bound)).high) }
        return (0..<count).map { index in
            let isPositive = below(2) == 0
            // Frequent words come often: the product of two numbers is mostly small.
            var words = (0..<5 + below(15)).map { _ in "word\(below(14) * below(14))" }
            let bearing = (isPositive ? ["superb", "lovely"] : ["terrible", "dull"])[below(2)]
            let place = below(words.count)
            words[place] = bearing
            var explaining = place
            if let planted, below(10) == 0 {
                explaining = below(words.count + 1)
                words.insert(planted, at: explaining)
            }
            // A model is seldom as tidy as that: one explanation in ten is of any word.
            if isBlind || below(10) == 0 { explaining = below(words.count) }
            let changes = below(10) < 7
            return Row(
                index: index, words: words, label: isPositive ? "positive" : "negative",
                explanations: changes ? [[explaining]] : [], gold: isPositive ? "1" : "0")
        }
    }

    /// Writes lines to a file.
    static func file(_ lines: [String], in folder: TemporaryFolder, name: String = "rows.jsonl") throws
        -> String
    {
        let url = folder / name
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
        return url.path
    }

    /// Writes rows to a file.
    static func file(_ rows: [Row], in folder: TemporaryFolder, name: String = "rows.jsonl") throws -> String
    {
        try file(rows.map(\.json), in: folder, name: name)
    }
}
