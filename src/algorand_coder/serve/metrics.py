"""What Prometheus reads. A registry for each gateway, so that several can live in one process."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)


class Metrics:
    """Counters and times; labels are few and never come from a client."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        prefix = "algorand_coder_"
        self.requests = Counter(
            f"{prefix}requests", "Requests by route and status", ["route", "status"], registry=registry
        )
        self.seconds = Histogram(
            f"{prefix}request_seconds", "Time of whole requests", ["route"], buckets=_SECONDS, registry=registry
        )
        self.first_token = Histogram(
            f"{prefix}first_token_seconds", "Time to the first chunk of a stream", buckets=_SECONDS, registry=registry
        )
        self.working = Gauge(f"{prefix}requests_in_progress", "Requests being worked on", registry=registry)
        self.waiting = Gauge(f"{prefix}requests_waiting", "Requests waiting for their turn", registry=registry)
        self.refused = Counter(f"{prefix}refused", "Requests refused, by error code", ["code"], registry=registry)
        self.gone = Counter(f"{prefix}disconnects", "Clients that left before their answer", registry=registry)
        self.verdicts = Counter(
            f"{prefix}verdicts", "Verdicts on answers, by level and outcome", ["level", "outcome"], registry=registry
        )
        self.repairs = Counter(f"{prefix}repair_rounds", "Rounds of repair", registry=registry)
        self.fallbacks = Counter(f"{prefix}fallbacks", "Requests handed to another model", registry=registry)
        self.tokens = Counter(f"{prefix}tokens", "Tokens that engines counted", ["direction"], registry=registry)
        self.engine_up = Gauge(f"{prefix}engine_up", "Whether an engine answers", ["model"], registry=registry)
        self.collected = Counter(f"{prefix}collected_pairs", "Candidate pairs kept", ["result"], registry=registry)

    def render(self) -> bytes:
        """The text that Prometheus scrapes."""
        return generate_latest(self._registry)
