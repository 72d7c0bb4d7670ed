"""The judge in the middle: everybody who wants to know whether code is right asks here and gets the same verdict."""

from algorand_coder.verify.artifacts import ContractArtifact
from algorand_coder.verify.toolchain import toolchain_versions
from algorand_coder.verify.verifier import Verifier

__all__ = ["ContractArtifact", "Verifier", "toolchain_versions"]
