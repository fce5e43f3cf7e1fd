"""Writes a statement as plain text, 78 characters wide: what the customer reads."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hubcli.counts import Count
from hubcli.values.text import visible

WIDTH = 78


def text(content: Mapping[str, Any]) -> str:
    """Give a statement as text, ending with a line end; nothing internal stands in it."""
    parts = [
        [line for line in (content["shop"]["name"], content["shop"]["address"]) if line],
        [f"Statement {content['number']} of {content['issued_on']}", f"for {content['from']} to {content['to']}"],
        [f"{content['customer']} {content['customer_name']}", *content["address"]],
        list(_moves(content)),
        list(_lines(content)),
        list(_sums(content)),
        list(content["messages"]),
    ]
    return "\n\n".join("\n".join(visible(line) for line in part) for part in parts if part) + "\n"


def _lines(content: Mapping[str, Any]) -> Iterator[str]:
    """Give what is listed: number, day, due day, how late, amount, what is open of it."""
    if not content["lines"]:
        return
    yield _row(("", "Date", "Due", "Overdue", "Amount", "Open"))
    for line in content["lines"]:
        yield _row((named(line), line["date"], line["due_on"] or "", late(line), line["total"], line["balance"]))


def late(line: Mapping[str, Any]) -> str:
    """Give how late a line is, in words: 15 days, paid 3 d late, disputed; nothing for one in time."""
    if line["disputed"]:
        return "disputed"
    if line["paid_on"]:
        return f"paid {line['days_overdue']} d late"
    return f"{line['days_overdue']} days" if line["days_overdue"] else ""


def _row(cells: Sequence[str]) -> str:
    name, day, due, late, amount, balance = cells
    return f"{name:<16} {day:<10} {due:<10}  {late:<14} {amount:>11} {balance:>11}"


def named(line: Mapping[str, Any]) -> str:
    """Give what the customer has on paper: the printed number of an invoice or an order; a draw has only ours."""
    return f"{ {'I': 'Invoice', 'O': 'Order'}.get(line['number'][0], 'Draw') } {line['printed']}"


def _moves(content: Mapping[str, Any]) -> Iterator[str]:
    """Give every movement of the period between the opening and the closing balance, where the statement has them."""
    if content.get("opening") is None:
        return
    yield _sum(f"Balance before {content['from']}", content["opening"])
    for move in content["moves"]:
        what = " ".join(filter(None, (move["what"], move["number"])))
        yield f"{move['date']:<10} {what:<43} {move['amount']:>11} {move['balance']:>11}"
    yield _sum(f"Balance on {content['to']}", content["total_owed"])


def _sums(content: Mapping[str, Any]) -> Iterator[str]:
    """Give what is listed in all, what is not yet due, and what is owed."""
    yield _sum("Listed", content["balance"])
    if content["not_yet_due_count"]:
        yield _sum(f"Not yet due, {counted(content)}", content["not_yet_due"])
    yield _sum(f"Owed in all on {content['to']}", content["total_owed"])


def _sum(name: str, amount: str) -> str:
    return f"{name:<{WIDTH - 12}} {amount:>11}"


def counted(content: Mapping[str, Any]) -> str:
    """Give how many things are not listed, in words: 1 invoice, 2 orders, 3 items."""
    count = content["not_yet_due_count"]
    kinds = {item["number"][0] for item in content["not_listed"]}
    name = {"I": "invoice", "O": "order"}.get(kinds.pop(), "item") if len(kinds) == 1 else "item"
    return f"{Count(count):{name}}"
