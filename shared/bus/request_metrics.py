"""Which figures does a service show of the requests it answers?

FastStream's own Prometheus middleware. Every reply goes to an inbox of its own; as a label that
would be a new series per request, so replies are counted under one name.
"""

from typing import Any

from faststream.prometheus import ConsumeAttrs, MetricsSettingsProvider, PrometheusMiddleware
from prometheus_client import CollectorRegistry

PREFIX = "requests"
REPLY = "reply"


class _Labels(MetricsSettingsProvider[Any, Any]):
    messaging_system = "nats"

    def get_consume_attrs_from_message(self, msg: Any) -> ConsumeAttrs:
        """The subject of a request: one of the few this service answers."""
        return {
            "destination_name": msg.raw_message.subject,
            "message_size": len(msg.body),
            "messages_count": 1,
        }

    def get_publish_destination_name_from_cmd(self, cmd: Any) -> str:
        """Never the inbox."""
        del cmd
        return REPLY


def metrics_of(service: str, registry: CollectorRegistry) -> Any:
    """A middleware that counts requests and what became of them, and how long they took."""
    return PrometheusMiddleware(
        settings_provider_factory=lambda _: _Labels(),
        registry=registry,
        app_name=service,
        metrics_prefix=PREFIX,
    )
