"""The one client of remote models: OpenAI-compatible endpoints and Anthropic's Messages API.

``resolve`` turns a name into a configured model, ``Endpoint.complete`` asks it many questions at once. Every answer is
on disk before it is used, so that nothing is paid for twice; a budget in dollars is never exceeded.
"""

from algorand_coder.generate.endpoints.client import Endpoint
from algorand_coder.generate.endpoints.config import EndpointConfig, label_of, resolve
from algorand_coder.generate.endpoints.exchange import Bill, Failure, Reply, Request

__all__ = ["Bill", "Endpoint", "EndpointConfig", "Failure", "Reply", "Request", "label_of", "resolve"]
