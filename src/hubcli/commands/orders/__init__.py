"""hub orders: what was sold; each part is imported when one of its commands is used."""

import typer

HELP = """Orders: what was sold, delivered, invoiced.

Examples:
hub orders list --paid due --class project
hub orders show O2
hub orders schedule O2 --date "in 3 days" --driver Dee -n
"""

app = typer.Typer(help=HELP)

_HERE = "hubcli.commands.orders."

LATER: dict[str, tuple[str, str]] = {
    "list": (_HERE + "find", "List orders, the newest first."),
    "show": (_HERE + "show", "Show an order on one screen."),
    "create": (_HERE + "create", "Key an order directly, for a known customer or a new one."),
    "edit": (_HERE + "edit", "Change what an order says: names, dates, terms, charges."),
    "add-line": (_HERE + "lines", "Sell a service with a line: install, plan, haul-away."),
    "schedule": (_HERE + "delivery", "Plan the delivery of lines."),
    "unschedule": (_HERE + "delivery", "Take planned deliveries back: the lines are open again."),
    "dispatch": (_HERE + "delivery", "Send lines out: in transit."),
    "deliver": (_HERE + "delivery", "Note that lines were delivered."),
    "failed": (_HERE + "delivery", "Note that a stop failed: the lines are open again."),
    "serials": (_HERE + "delivery", "Keep the serial numbers of a line."),
    "return": ("hubcli.commands.returns", "Take goods or services back, and give their money back."),
    "swap": (_HERE + "swap", "Swap an item for another one: return, new quote, credit applied."),
    "allowance": (_HERE + "swap", "Take money off a line while its goods stay."),
    "milestone": (_HERE + "workshop", "Note that an order reached a milestone; without one, show all six."),
    "hold": (_HERE + "workshop", "Hold orders in production."),
    "unhold": (_HERE + "workshop", "Let held orders go on."),
    "production": (_HERE + "workshop", "List the orders in the workshop."),
    "plans": (_HERE + "workshop", "List protection plans, and whether they still cover."),
    "send": (_HERE + "send", "Send orders to the customer."),
    "request-payment": (_HERE + "send", "Ask for what is owed; a saved order is then awaiting payment."),
    "complete": (_HERE + "status", "Mark an order as shipped, and invoice it."),
    "cancel": (_HERE + "status", "Cancel an order, and say what becomes of the money on it."),
    "restore": (_HERE + "status", "Bring back an order that was canceled."),
    "copy": (_HERE + "status", "Copy an order as a new order or a quote of today."),
    "invoice": (_HERE + "status", "Invoice orders: the next number, and when it is due."),
    "assign": (_HERE + "status", "Give orders to a salesperson."),
    "move": (_HERE + "status", "Put an order and its payments under another customer."),
    "delete": (_HERE + "status", "Delete draft orders."),
    "print": (_HERE + "printing", "Print order confirmations, as PDF or HTML."),
}
"""Each command with the module that holds it and its one-line help."""
