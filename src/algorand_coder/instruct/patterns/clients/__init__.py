"""Patterns of client code, one module a group of recipes."""
