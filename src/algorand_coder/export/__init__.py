"""From an adapter to weights that others can use: merged and proven, GGUF, Ollama, with card and checksums."""
