"""Models that answer: base weights, chat templates, and engines that generate. Heavy imports stay inside calls."""
