"""Turns units and patterns into instruction pairs that the verifier accepts; one module a strategy."""
