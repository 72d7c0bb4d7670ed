"""algorand-coder: collect, verify, train, measure and serve an Algorand-native code model."""

__version__ = "0.1.0"
