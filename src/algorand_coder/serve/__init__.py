"""Answers for developers: an OpenAI-compatible gateway that verifies and repairs, MCP tools, a router, a page."""
