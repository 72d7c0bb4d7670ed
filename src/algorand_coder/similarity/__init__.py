"""How alike two texts are: exact Jaccard over token shingles, MinHash to find candidates, n-gram containment."""

from algorand_coder.similarity.containment import NgramIndex, containment
from algorand_coder.similarity.duplicates import keep_first, near_duplicate_pairs, near_duplicates
from algorand_coder.similarity.minhash import Banding, banding
from algorand_coder.similarity.sets import ShingleSets
from algorand_coder.similarity.shingles import jaccard, shingle_array, shingles

__all__ = [
    "Banding",
    "NgramIndex",
    "ShingleSets",
    "banding",
    "containment",
    "jaccard",
    "keep_first",
    "near_duplicate_pairs",
    "near_duplicates",
    "shingle_array",
    "shingles",
]
