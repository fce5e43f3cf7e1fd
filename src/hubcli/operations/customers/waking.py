"""Makes archived customers active again on whom something became open: no command may leave them archived."""

from typing import TYPE_CHECKING

from hubcli.values import text

if TYPE_CHECKING:
    from hubcli.store import Hub


def wake(hub: "Hub") -> list[str]:
    """Restore the archived customers on whom the change under way opened something; give what is told of it.

    No archived customer has an active quote or order, and money that a bank takes back asks nobody whether it may.
    """
    told = []
    for row in list(hub.rows("customers.awake", {"today": hub.day.today})):
        hub.run("customers.restore", {"id": row["id"], "today": hub.day.today})
        name = text.visible(row["name"])
        told.append(f"C{row['id']} {name} was archived and is active again: {row['document']} is open")
    return told
