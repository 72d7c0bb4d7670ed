"""Engines, one file each: an endpoint, vLLM, llama.cpp, transformers in this process. ``choosing`` picks one."""
