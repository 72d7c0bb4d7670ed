"""Measure models on the benchmark: questions, answers, verdicts, statistics, Inspect logs."""
