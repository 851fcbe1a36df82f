/// The tables of a database of annotated rows.
///
/// Every row of the data set is in `inputs`, and in `predictions` or `errors`. Every other table begins its key with
/// the same `row`, so that what belongs to a row lies together, and databases of shards can be merged by copying.
/// `explained` and `edge_words` are views to look at first. What the columns mean is said in the SQL, which the
/// database keeps (`.schema` in the SQLite shell).
enum DatabaseSchema {
    /// `PRAGMA application_id`: “Whnc”.
    static let application: Int32 = 0x5768_6E63
    /// `PRAGMA user_version`.
    static let version: Int32 = 1

    /// The statements that make the tables and views.
    static func creation(of task: AnnotationTask) -> String {
        switch task {
        case .sentiment: run + inputs + sentiment + graphs + sentimentViews
        case .recommendation: run + inputs + recommendation + graphs + recommendationViews
        }
    }

    /// The tables with one line or more a row, those that are referred to behind those that refer.
    static func tables(of task: AnnotationTask) -> [String] {
        let own =
            task == .sentiment
            ? ["explanation_words", "explanations", "words"] : ["explanation_items", "explanations", "items"]
        return ["edges", "graphs", "nodes"] + own + ["predictions", "errors", "inputs"]
    }

    /// The statements that make the indices, after all rows are there.
    static func indices(of task: AnnotationTask) -> String {
        let own =
            switch task {
            case .sentiment:
                """
                CREATE INDEX IF NOT EXISTS predictions_by_label ON predictions (label, probability);
                CREATE INDEX IF NOT EXISTS words_by_text ON words (text);
                CREATE INDEX IF NOT EXISTS explanations_by_words ON explanations (words);
                """
            case .recommendation:
                """
                CREATE INDEX IF NOT EXISTS predictions_by_item ON predictions (item);
                CREATE INDEX IF NOT EXISTS items_by_item ON items (item);
                CREATE INDEX IF NOT EXISTS explanations_by_items ON explanations (items);
                """
            }
        return own + """

            CREATE INDEX IF NOT EXISTS explanations_by_size ON explanations (size);
            CREATE INDEX IF NOT EXISTS nodes_by_label ON nodes (label);
            CREATE INDEX IF NOT EXISTS errors_by_kind ON errors (kind);
            """
    }

    private static let run = """
        -- What was run: one line.
        CREATE TABLE run (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          schema TEXT NOT NULL,             -- of the documents with the same content: whence.explanation/1
          whence_version TEXT NOT NULL,
          task TEXT NOT NULL,               -- sentiment or recommendation
          detail TEXT NOT NULL,             -- prediction, explanation or graphs: which tables are filled
          model_family TEXT NOT NULL,
          model_name TEXT NOT NULL,
          model_parameters INTEGER NOT NULL,
          model_sha256 TEXT NOT NULL,       -- of the weights
          model_precision TEXT NOT NULL,    -- fp32 or int8
          settings TEXT NOT NULL,           -- JSON, as in the documents
          options TEXT NOT NULL,            -- JSON: how the input was read
          input TEXT NOT NULL,              -- name of the data set
          input_bytes INTEGER,              -- its size and SHA-256 (of a large one, of its ends); NULL for a stream
          input_sha256 TEXT,
          shard TEXT,                       -- such as 3/16; NULL for all of it
          rows_done INTEGER NOT NULL        -- lines of inputs
        );

        """

    private static let inputs = """
        -- The rows of the data set, bad ones included.
        CREATE TABLE inputs (
          row INTEGER PRIMARY KEY,          -- index in the data set, from 0
          file TEXT NOT NULL,               -- name of the data set; of a row of a folder, the path in it
          line INTEGER,                     -- from 1; NULL where a whole file is a row
          text TEXT,                        -- what a classifier was asked about; NULL where it could not be read
          unseen_from INTEGER,              -- UTF-8 offset in text of what the model did not see; NULL if it saw all
          history TEXT,                     -- JSON: what a recommender was asked about, the oldest first
          first_seen INTEGER,               -- items of history before this place were not seen
          user TEXT,                        -- whose history it is
          fields TEXT NOT NULL              -- JSON object: the other fields of the row
        );
        -- Rows that could not be annotated.
        CREATE TABLE errors (
          row INTEGER PRIMARY KEY REFERENCES inputs (row),
          kind TEXT NOT NULL,               -- such as invalid-utf8, missing-field, empty, too-long
          reason TEXT NOT NULL
        );

        """

    private static let sentiment = """
        -- What the model predicts.
        CREATE TABLE predictions (
          row INTEGER PRIMARY KEY REFERENCES inputs (row),
          label TEXT NOT NULL,
          label_index INTEGER NOT NULL,
          probability REAL NOT NULL,        -- of label
          probabilities TEXT NOT NULL,      -- JSON object: label to probability, in order of the labels' indices
          logits TEXT NOT NULL              -- JSON array, in order of the labels' indices
        );
        -- Words of the text, as explanations count them.
        CREATE TABLE words (
          row INTEGER NOT NULL REFERENCES inputs (row),
          word INTEGER NOT NULL,            -- from 0
          text TEXT NOT NULL,               -- as the text spells it
          start INTEGER NOT NULL,           -- UTF-8 offsets in inputs.text
          "end" INTEGER NOT NULL,
          PRIMARY KEY (row, word)
        ) WITHOUT ROWID;
        -- Smallest sets of words without which the prediction would have been another.
        CREATE TABLE explanations (
          row INTEGER NOT NULL REFERENCES inputs (row),
          rank INTEGER NOT NULL,            -- from 1, the best first
          size INTEGER NOT NULL,            -- number of nodes
          distance INTEGER,                 -- sum of distances from the target; NULL where no graph led to the set
          words TEXT NOT NULL,              -- the words, with commas
          nodes TEXT NOT NULL,              -- JSON array of nodes
          heads TEXT NOT NULL,              -- JSON array of the heads whose graphs led to the set
          outcome_label TEXT NOT NULL,      -- the prediction without the set
          outcome_probability REAL NOT NULL,
          PRIMARY KEY (row, rank)
        ) WITHOUT ROWID;
        CREATE TABLE explanation_words (
          row INTEGER NOT NULL,
          rank INTEGER NOT NULL,
          word INTEGER NOT NULL,
          PRIMARY KEY (row, rank, word),
          FOREIGN KEY (row, rank) REFERENCES explanations (row, rank),
          FOREIGN KEY (row, word) REFERENCES words (row, word)
        ) WITHOUT ROWID;

        """

    private static let recommendation = """
        -- What the model recommends.
        CREATE TABLE predictions (
          row INTEGER PRIMARY KEY REFERENCES inputs (row),
          item TEXT NOT NULL,               -- the data set's own id
          title TEXT NOT NULL,
          score REAL NOT NULL,              -- logit
          candidates INTEGER NOT NULL,      -- number of items that were ranked
          top TEXT NOT NULL                 -- JSON array: the best items with rank, title and score
        );
        -- Items of the histories, the oldest first.
        CREATE TABLE items (
          row INTEGER NOT NULL REFERENCES inputs (row),
          place INTEGER NOT NULL,           -- from 0
          item TEXT NOT NULL,               -- the data set's own id
          title TEXT NOT NULL,
          seen INTEGER NOT NULL,            -- whether the model saw it
          PRIMARY KEY (row, place)
        ) WITHOUT ROWID;
        -- Smallest parts of a history without which another item would have been recommended.
        CREATE TABLE explanations (
          row INTEGER NOT NULL REFERENCES inputs (row),
          rank INTEGER NOT NULL,            -- from 1, the best first
          size INTEGER NOT NULL,            -- number of items
          distance INTEGER,                 -- sum of distances from the target; NULL where no graph led to the set
          items TEXT NOT NULL,              -- the titles, with semicolons
          nodes TEXT NOT NULL,              -- JSON array of nodes
          heads TEXT NOT NULL,              -- JSON array of the heads whose graphs led to the set
          replacement_item TEXT NOT NULL,   -- what is recommended without the set
          replacement_title TEXT NOT NULL,
          replacement_rank_before INTEGER NOT NULL,
          PRIMARY KEY (row, rank)
        ) WITHOUT ROWID;
        CREATE TABLE explanation_items (
          row INTEGER NOT NULL,
          rank INTEGER NOT NULL,
          place INTEGER NOT NULL,
          PRIMARY KEY (row, rank, place),
          FOREIGN KEY (row, rank) REFERENCES explanations (row, rank),
          FOREIGN KEY (row, place) REFERENCES items (row, place)
        ) WITHOUT ROWID;

        """

    private static let graphs = """
        -- Nodes of a row's graphs, the same in all of them.
        CREATE TABLE nodes (
          row INTEGER NOT NULL REFERENCES inputs (row),
          node INTEGER NOT NULL,            -- from 0
          label TEXT NOT NULL,
          is_target INTEGER NOT NULL,       -- 1 for the node that the prediction is read from
          word INTEGER,                     -- the word, or the place in the history, that it is; NULL for others
          PRIMARY KEY (row, node)
        ) WITHOUT ROWID;
        -- Causal graphs, one a head.
        CREATE TABLE graphs (
          row INTEGER NOT NULL REFERENCES inputs (row),
          graph INTEGER NOT NULL,           -- from 0
          head TEXT NOT NULL,               -- number of the attention head, or pooled
          status TEXT NOT NULL,             -- complete, anytime or skeleton
          tested_below INTEGER,             -- with anytime: all conditioning sets below this size were tested
          independence_tests INTEGER NOT NULL,
          tests_by_size TEXT NOT NULL,      -- JSON array, by size of the conditioning set
          degenerate_tests INTEGER NOT NULL,
          PRIMARY KEY (row, graph)
        ) WITHOUT ROWID;
        -- Edges between the nodes a < b.
        CREATE TABLE edges (
          row INTEGER NOT NULL,
          graph INTEGER NOT NULL,
          a INTEGER NOT NULL,
          b INTEGER NOT NULL,
          mark_at_a TEXT NOT NULL,          -- tail, arrow or circle
          mark_at_b TEXT NOT NULL,
          marks TEXT NOT NULL,              -- both, from a to b, such as o->
          p_value REAL NOT NULL,            -- largest of the tests that kept the edge
          PRIMARY KEY (row, graph, a, b),
          FOREIGN KEY (row, graph) REFERENCES graphs (row, graph),
          FOREIGN KEY (row, a) REFERENCES nodes (row, node),
          FOREIGN KEY (row, b) REFERENCES nodes (row, node)
        ) WITHOUT ROWID;
        -- Edges with the words, or titles, that they join: edge is such as 'great o-> [CLS]'.
        CREATE VIEW edge_words AS
          SELECT e.row, g.head, e.a, e.b, a.label AS a_label, b.label AS b_label,
            a.label || ' ' || e.marks || ' ' || b.label AS edge, e.marks, e.mark_at_a, e.mark_at_b, e.p_value,
            a.is_target OR b.is_target AS touches_target
          FROM edges e
          JOIN graphs g ON g.row = e.row AND g.graph = e.graph
          JOIN nodes a ON a.row = e.row AND a.node = e.a
          JOIN nodes b ON b.row = e.row AND b.node = e.b;

        """

    private static let sentimentViews = """
        -- Every prediction with its best explanation; size is NULL where none was found.
        CREATE VIEW explained AS
          SELECT i.row, i.file, i.line, i.text, p.label, p.probability, e.size, e.words AS explanation,
            e.outcome_label, e.outcome_probability, i.fields
          FROM inputs i
          JOIN predictions p ON p.row = i.row
          LEFT JOIN explanations e ON e.row = i.row AND e.rank = 1
          ORDER BY i.row;
        """

    private static let recommendationViews = """
        -- Every recommendation with its best explanation; size is NULL where none was found.
        CREATE VIEW explained AS
          SELECT i.row, i.file, i.line, i.user, i.history, p.title, p.score, e.size, e.items AS explanation,
            e.replacement_title, e.replacement_rank_before, i.fields
          FROM inputs i
          JOIN predictions p ON p.row = i.row
          LEFT JOIN explanations e ON e.row = i.row AND e.rank = 1
          ORDER BY i.row;
        """
}
