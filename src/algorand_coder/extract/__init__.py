"""Cuts collected files into units: functions, methods, classes, contracts, tests and documentation examples."""
