"""Which clauses match: encoders, BM25, vector indexes and the Searcher over them.

`index.build.build` and `index.build.ensure` make the index that the Searcher reads.
"""

from index.base import EVERYTHING, Encoder, Hit, Scope, VectorIndex, Why
from index.manifest import Manifest
from index.search import Searcher

__all__ = ["EVERYTHING", "Encoder", "Hit", "Manifest", "Scope", "Searcher", "VectorIndex", "Why"]
