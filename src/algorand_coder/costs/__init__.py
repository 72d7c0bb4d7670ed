"""The plan's budget, line by line: measured where a run says it, listed or estimated elsewhere, and which is which."""
