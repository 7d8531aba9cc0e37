"""How are lists, their fields and what became of them said on the pages?"""

from services.desk.pages.language import N_, Words
from shared.contracts.imports import ListTold

KINDS = Words(
    {
        "clients": N_("Clients"),
        "matters": N_("Matters"),
        "parties": N_("Parties"),
        "appointments": N_("Appointments"),
        "invoices": N_("Invoices"),
    }
)
FIELDS = Words(
    {
        "client_id": N_("Client number"),
        "matter_id": N_("Matter number"),
        "party_id": N_("Number of the party"),
        "appointment_id": N_("Number of the appointment"),
        "invoice_id": N_("Invoice number"),
        "name": N_("Name"),
        "email": N_("E-mail"),
        "phone": N_("Telephone"),
        "locale": N_("Language"),
        "timezone": N_("Time zone"),
        "since": N_("Since which day"),
        "birth_date": N_("Day of birth"),
        "company_number": N_("Company number"),
        "address": N_("Address"),
        "salutation": N_("Salutation"),
        "form_of_address": N_("Form of address"),
        "family_name": N_("Family name"),
        "name_order": N_("Order of names"),
        "preferred_name": N_("Name they go by"),
        "contact_person": N_("Contact person"),
        "interpreter": N_("Interpreter"),
        "preferred_channel": N_("Preferred channel"),
        "practice_area": N_("Practice area"),
        "owner_id": N_("Who works on it"),
        "opened_on": N_("Opened on"),
        "closed_on": N_("Closed on"),
        "last_contact_on": N_("Last contact"),
        "status": N_("State"),
        "role": N_("Role"),
        "client_email": N_("E-mail of the client"),
        "starts": N_("Begins"),
        "kind": N_("Kind"),
        "location": N_("Place"),
        "issued_on": N_("Issued on"),
        "due_on": N_("Due on"),
        "number": N_("Number as printed"),
        "amount": N_("Amount"),
        "currency": N_("Currency"),
        "paid_on": N_("Paid on"),
    }
)
STATES = Words(
    {
        "read": (N_("To be tried"), "warn"),
        "weighing": (N_("Being tried"), "accent"),
        "weighed": (N_("To be confirmed"), "warn"),
        "taking": (N_("Being taken in"), "accent"),
        "taken": (N_("Taken in"), "ok"),
        "stopped": (N_("Stands still"), "danger"),
    }
)
RUNNING = ("weighing", "taking")
FOUND_BY = Words(
    {
        "kept": N_("The columns are read as they were chosen here last."),
        "folder": N_("The columns are read by a mapping of the folder of the firm."),
        "headings": N_("What the columns mean was guessed by their headings: look at each."),
        "chosen": N_("The columns are read as they were chosen here."),
    }
)
WOULD_BE = Words(
    {
        "new": N_("Would be new"),
        "changed": N_("Would be changed"),
        "same": N_("The same as before"),
        "wrong": N_("Refused"),
    }
)
WERE = Words(
    {
        "new": N_("New"),
        "changed": N_("Changed"),
        "same": N_("The same as before"),
        "wrong": N_("Refused"),
    }
)


def state_of(told: ListTold) -> tuple[str, str]:
    """How far a list is, as its badge says it."""
    return STATES["stopped" if told.stopped_at else told.state]
