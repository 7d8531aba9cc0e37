"""The ways onto review sites."""
