"""Patterns of contracts and logic signatures, one module a group of recipes."""
