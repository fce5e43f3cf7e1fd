"""Files from outside, read and mapped: bytes to rows, rows to hub's fields; the database is not known here."""

from hubcli.importing.drafting import draft
from hubcli.importing.mapping import Mapper, mapper
from hubcli.importing.orders import Orders, read_orders
from hubcli.importing.profiles import Profile, detect, load
from hubcli.importing.reader import Reject, Table, open_table

__all__ = [
    "Mapper",
    "Orders",
    "Profile",
    "Reject",
    "Table",
    "detect",
    "draft",
    "load",
    "mapper",
    "open_table",
    "read_orders",
]
