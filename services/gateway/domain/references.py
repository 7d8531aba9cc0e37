"""What does a reference of the firm's own name, which it has written into another product?

Products that know neither our clients nor our invoices carry a text of the firm's: it says whom and
what it is about, as ``client id/thing's id``.
"""

from shared.contracts.refusals import refuse


def client_and_thing(reference: str, path: str) -> tuple[str, str]:
    """The client and the thing a reference names; raises Invalid that names the field."""
    client_id, slash, thing = (each.strip() for each in reference.partition("/"))
    if not (client_id and slash and thing):
        raise refuse(
            path, "must hold the client's id, a slash and the id of what it is about: c-100/R-17"
        )
    return client_id, thing
