public import WhenceExplanation

// The parts of `whence.explanation/1` that only recommendations have.

extension JSONBytes {
    /// Writes a history as the model saw it.
    public mutating func input(_ input: RecommendationInput) {
        object { json in
            json.key("abduction")
            json.numbers(input.abduction)
            json.key("firstSeen")
            json.number(input.unseenCount)
            json.key("history")
            json.array(input.history) { json, item in
                json.object { json in
                    json.key("index")
                    json.number(item.index)
                    json.key("item")
                    json.string(item.item)
                    json.key("seen")
                    json.truth(item.index >= input.unseenCount)
                    json.key("title")
                    json.string(item.title)
                    json.key("token")
                    json.number(item.token)
                }
            }
            json.key("query")
            json.numbers(input.query)
            json.key("queryTarget")
            json.number(input.queryTarget)
            if !input.unknownItems.isEmpty {
                json.key("unknownItems")
                json.strings(input.unknownItems)
            }
            json.key("user")
            json.string(input.user)
        }
    }

    /// Writes what is recommended.
    public mutating func prediction(_ recommendation: Recommendation) {
        object { json in
            let best = recommendation.best
            json.key("candidates")
            json.number(recommendation.candidateCount)
            json.key("item")
            json.string(best.item)
            json.key("score")
            json.number(best.score)
            json.key("title")
            json.string(best.title)
            json.key("token")
            json.number(best.token)
            json.key("top")
            json.array(recommendation.top) { $0.ranked($1) }
        }
    }

    private mutating func ranked(_ item: RankedItem) {
        object { json in
            json.key("item")
            json.string(item.item)
            json.key("rank")
            json.number(item.rank)
            json.key("score")
            json.number(item.score)
            json.key("title")
            json.string(item.title)
            json.key("token")
            json.number(item.token)
        }
    }

    /// Writes the parts of a history that change a recommendation.
    public mutating func explanations(_ explanations: [ItemExplanation]) {
        array(explanations) { json, found in
            json.object { json in
                json.key("distance")
                json.number(found.distance)
                json.key("heads")
                json.heads(found.heads)
                json.key("items")
                json.numbers(found.items)
                json.key("nodes")
                json.numbers(found.nodes)
                json.key("original")
                json.shift(found.original)
                json.key("outcome")
                json.prediction(found.outcome)
                json.key("query")
                json.numbers(found.query)
                json.key("queryTarget")
                json.number(found.queryTarget)
                json.key("replacement")
                json.shift(found.replacement)
                json.key("size")
                json.number(found.size)
                json.key("tokens")
                json.numbers(found.tokens)
            }
        }
    }

    private mutating func shift(_ shift: ItemShift) {
        object { json in
            json.key("item")
            json.string(shift.item)
            json.key("rankAfter")
            json.number(shift.rankAfter)
            json.key("rankBefore")
            json.number(shift.rankBefore)
            json.key("scoreAfter")
            json.number(shift.scoreAfter)
            json.key("scoreBefore")
            json.number(shift.scoreBefore)
            json.key("title")
            json.string(shift.title)
            json.key("token")
            json.number(shift.token)
        }
    }
}
