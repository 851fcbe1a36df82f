extension DatabaseSchema {
    /// A query for rows behind a row, so many at the most: the index of each, and what a report reads of its record,
    /// as JSON.
    ///
    /// What belongs to a token in a record belongs to a word, or an item, here: these take the places of tokens.
    static func reportRecords(of task: AnnotationTask) -> String {
        let members =
            switch task {
            case .sentiment: inputOfText + labelPredicted + explanations("word", outcomeOfText)
            case .recommendation: inputOfHistory + itemPredicted + explanations("place", outcomeOfHistory)
            }
        return """
            SELECT i.row, iif(f.row IS NULL, json_object(
                'schema', r.schema, 'task', r.task, 'settings', json(r.settings),
                'model', json_object('family', r.model_family, 'name', r.model_name,
                  'parameters', r.model_parameters, 'precision', r.model_precision, 'sha256', r.model_sha256),
                'row', json_object('index', i.row, 'line', i.line, 'fields', json(i.fields)),
                \(members) \(graphs(firstSeen: task == .sentiment ? "0" : "i.first_seen"))
              ), json_object(
                'schema', r.schema, 'row', json_object('index', i.row), 'error', json_object('kind', f.kind)))
            FROM inputs i CROSS JOIN run r
              LEFT JOIN predictions p ON p.row = i.row LEFT JOIN errors f ON f.row = i.row
            WHERE i.row > ? ORDER BY i.row LIMIT ?
            """
    }

    private static let inputOfText = """
        'input', json_object('text', i.text, 'words', (
          SELECT json_group_array(json_object('text', w.text, 'start', w.start, 'end', w."end",
            'tokens', iif(i.unseen_from <= w.start, json_array(), json_array(w.word))))
          FROM (SELECT * FROM words WHERE row = i.row ORDER BY word) w)),
        """

    private static let inputOfHistory = """
        'input', json_object('firstSeen', i.first_seen, 'history', (
          SELECT json_group_array(json_object('item', h.item, 'title', h.title))
          FROM (SELECT * FROM items WHERE row = i.row ORDER BY place) h)),
        """

    private static let labelPredicted = """
        'prediction', json_object('label', p.label, 'index', p.label_index,
          'probability', json(printf('%!.17g', p.probability)),
          'labels', (SELECT json_group_array(key) FROM json_each(p.probabilities))),
        """

    private static let itemPredicted = "'prediction', json_object('item', p.item, 'title', p.title),"

    private static let outcomeOfText = "json_object('label', x.outcome_label)"

    private static let outcomeOfHistory =
        "json_object('item', x.replacement_item, 'title', x.replacement_title)"

    private static func explanations(_ part: String, _ outcome: String) -> String {
        let name = part == "word" ? "words" : "items"
        return """
            'explanations', iif(r.detail = 'prediction', NULL, (
              SELECT json_group_array(json_object('size', x.size, 'outcome', \(outcome), '\(name)', (
                SELECT json_group_array(\(part)) FROM explanation_\(name)
                WHERE row = x.row AND rank = x.rank)))
              FROM (SELECT * FROM explanations WHERE row = i.row ORDER BY rank) x)),
            """
    }

    /// - Parameter firstSeen: the first place of a history that has a token.
    private static func graphs(firstSeen: String) -> String {
        """
        'graphs', (
          SELECT json_group_array(json_object('head', g.head,
            'target', (SELECT node FROM nodes WHERE row = g.row AND is_target),
            'nodes', (
              SELECT json_group_array(json_object(
                'tokens', iif(n.word IS NULL, json_array(), json_array(n.word - \(firstSeen)))))
              FROM (SELECT * FROM nodes WHERE row = g.row ORDER BY node) n),
            'edges', (
              SELECT json_group_array(json_object('a', a, 'b', b, 'markAtA', mark_at_a, 'markAtB', mark_at_b))
              FROM edges WHERE row = g.row AND graph = g.graph)))
          FROM (SELECT * FROM graphs WHERE row = i.row ORDER BY graph) g)
        """
    }
}
