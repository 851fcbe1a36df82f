"""BERT4Rec and SASRec in Keras 3, as Whence reads them: README.md describes the file that `save_weights` writes.

Every choice in which implementations differ is an option, under the name that it has in `config.json`.
"""

import dataclasses
import math

import keras
from keras import ops


@dataclasses.dataclass(frozen=True)
class Options:
    """What `config.json` says; README.md explains each."""

    model_type: str
    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    max_length: int
    hidden_act: str
    layer_norm_eps: float
    block: str
    padding: str
    padding_states: str
    embedding_scale: float | str = 1.0
    pad_token_id: int | None = None
    mask_token_id: int | None = None
    position_embedding: str = "learned"
    position_offset: int = 0
    embedding_norm: bool = False
    final_norm: bool = False
    final_norm_eps: float | None = None
    layer_norm: str = "standard"
    output_table: str = "tied"
    output_bias: bool = False
    output_transform: bool = False
    output_act: str | None = None
    output_norm_eps: float | None = None

    def document(self) -> dict:
        """The content of `config.json`."""
        return {name: value for name, value in dataclasses.asdict(self).items() if value is not None}

    @property
    def is_causal(self) -> bool:
        return self.model_type == "sasrec"

    @property
    def scale(self) -> float:
        return math.sqrt(self.hidden_size) if self.embedding_scale == "sqrt_hidden" else self.embedding_scale

    def is_padding(self, ids):
        return ops.equal(ids, -1 if self.pad_token_id is None else self.pad_token_id)


ACTIVATIONS = {
    "gelu": lambda x: keras.activations.gelu(x, approximate=False),
    "gelu_new": lambda x: keras.activations.gelu(x, approximate=True),
    "relu": keras.activations.relu,
    "silu": keras.activations.silu,
    "tanh": keras.activations.tanh,
}


class Norm(keras.layers.Layer):
    """`gamma · (x − mean) / √(variance + epsilon) + beta`, or over the deviation of the sample plus epsilon."""

    def __init__(self, options: Options, epsilon: float | None = None, **more):
        super().__init__(**more)
        self.options = options
        self.epsilon = options.layer_norm_eps if epsilon is None else epsilon

    def build(self, shape):
        self.gamma = self.add_weight(shape=shape[-1:], initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape[-1:], initializer="zeros", name="beta")

    def call(self, x):
        centred = x - ops.mean(x, axis=-1, keepdims=True)
        squares = ops.sum(ops.square(centred), axis=-1, keepdims=True)
        if self.options.layer_norm == "standard":
            divisor = ops.sqrt(squares / x.shape[-1] + self.epsilon)
        else:
            divisor = ops.sqrt(squares / (x.shape[-1] - 1)) + self.epsilon
        return self.gamma * centred / divisor + self.beta


class EmbeddingNorm(Norm):
    """Behind the sum of the embeddings."""


class FinalNorm(Norm):
    """Behind the last block."""


class ItemEmbedding(keras.layers.Layer):
    """Items in, or with `reverse` scores out."""

    def __init__(self, options: Options, **more):
        super().__init__(**more)
        self.options = options

    def build(self, _):
        shape = (self.options.vocab_size, self.options.hidden_size)
        self.embeddings = self.add_weight(shape=shape, initializer="uniform", name="embeddings")

    def call(self, inputs, reverse=False):
        if reverse:
            return ops.matmul(inputs, ops.transpose(self.embeddings))
        return ops.take(self.embeddings, inputs, axis=0) * self.options.scale


class PositionEmbedding(keras.layers.Layer):
    """Adds what the table holds for each place of the window; from 1 on, row 0 is padding's."""

    def __init__(self, options: Options, **more):
        super().__init__(**more)
        self.options = options

    def build(self, x_shape, ids_shape):
        options = self.options
        shape = (options.max_length + options.position_offset, options.hidden_size)
        self.embeddings = self.add_weight(shape=shape, initializer="uniform", name="embeddings")

    def call(self, x, ids):
        options = self.options
        rows = ops.zeros_like(ids) + ops.arange(ids.shape[1], dtype=ids.dtype) + options.position_offset
        if options.position_offset:
            rows = ops.where(options.is_padding(ids), 0, rows)
        return x + ops.take(self.embeddings, rows, axis=0)


class RecommenderBlock(keras.layers.Layer):
    """Self-attention and a feed-forward network, with layer norms where `block` says."""

    def __init__(self, options: Options, **more):
        super().__init__(**more)
        self.options = options
        heads, hidden = options.num_attention_heads, options.hidden_size
        self.attention_norm = Norm(options)
        self.attention = keras.layers.MultiHeadAttention(heads, hidden // heads)
        self.feed_forward_norm = Norm(options)
        self.intermediate_dense = keras.layers.Dense(options.intermediate_size)
        self.output_dense = keras.layers.Dense(hidden)

    def build(self, x_shape, ids_shape):
        for part in (self.attention_norm, self.feed_forward_norm, self.intermediate_dense):
            part.build(x_shape)
        self.attention.build(x_shape, x_shape)
        self.output_dense.build((*x_shape[:-1], self.options.intermediate_size))

    def call(self, x, ids):
        if self.options.padding_states == "zeroed":
            x = self.without_padding(x, ids)
        if self.options.block == "post_norm":
            x = self.attention_norm(x + self.attend(x, x, ids))
            x = self.feed_forward_norm(x + self.feed_forward(x))
        elif self.options.block == "pre_norm":
            y = self.attention_norm(x)
            x = x + self.attend(y, y, ids)
            x = x + self.feed_forward(self.feed_forward_norm(x))
        else:
            queries = self.attention_norm(x)
            x = self.feed_forward_norm(queries + self.attend(queries, x, ids))
            x = x + self.feed_forward(x)
        return self.without_padding(x, ids) if self.options.padding_states == "zeroed" else x

    def without_padding(self, x, ids):
        return ops.where(self.options.is_padding(ids)[..., None], 0.0, x)

    def feed_forward(self, x):
        return self.output_dense(ACTIVATIONS[self.options.hidden_act](self.intermediate_dense(x)))

    def attend(self, queries, x, ids):
        length = ids.shape[1]
        seen = ops.ones((1, length, length), dtype="bool")
        if self.options.is_causal:
            seen = ops.tril(seen)
        if self.options.padding_states == "ignored":
            seen = ops.logical_and(seen, ops.logical_not(self.options.is_padding(ids))[:, None, :])
        return self.attention(queries, x, attention_mask=seen)


class OutputTransform(keras.layers.Layer):
    """BERT's dense layer, activation and norm in front of the scores."""

    def __init__(self, options: Options, **more):
        super().__init__(**more)
        self.dense = keras.layers.Dense(options.hidden_size)
        self.activation = ACTIVATIONS[options.output_act or options.hidden_act]
        self.norm = Norm(options, options.output_norm_eps)

    def build(self, shape):
        self.dense.build(shape)
        self.norm.build(shape)

    def call(self, x):
        return self.norm(self.activation(self.dense(x)))


class OutputKernel(keras.layers.Layer):
    """Scores with a table of their own."""

    def __init__(self, options: Options, **more):
        super().__init__(**more)
        self.shape = (options.hidden_size, options.vocab_size)

    def build(self, _):
        self.kernel = self.add_weight(shape=self.shape, initializer="uniform", name="kernel")

    def call(self, x):
        return ops.matmul(x, self.kernel)


class OutputBias(keras.layers.Layer):
    """A bias an item."""

    def build(self, shape):
        self.bias = self.add_weight(shape=shape[-1:], initializer="zeros", name="bias")

    def call(self, scores):
        return scores + self.bias


def recommender(options: Options) -> keras.Model:
    """The scores of all tokens at every place of `[batch, max_length]` ids; shorter ones where `padding` is none."""
    length = None if options.padding == "none" else options.max_length
    ids = keras.Input((length,), dtype="int32", name="ids")
    items = ItemEmbedding(options)
    x = items(ids)
    if options.position_embedding == "learned":
        x = PositionEmbedding(options)(x, ids)
    if options.embedding_norm:
        x = EmbeddingNorm(options)(x)
    for _ in range(options.num_hidden_layers):
        x = RecommenderBlock(options)(x, ids)
    if options.final_norm:
        x = FinalNorm(options, options.final_norm_eps)(x)
    if options.output_transform:
        x = OutputTransform(options)(x)
    scores = items(x, reverse=True) if options.output_table == "tied" else OutputKernel(options)(x)
    return keras.Model(ids, OutputBias()(scores) if options.output_bias else scores)
