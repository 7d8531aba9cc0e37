"""What has the firm said of itself, in its own folder, and where does each value stand?

One folder for all services (``CLIENTELE_FIRM_DIR``); without it everything is as shipped.
"""
