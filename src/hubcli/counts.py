"""How many of what, in a sentence: 1 row, 2 rows, 1,200 rows."""


class Count(int):
    """A number that knows what it counts: f"{Count(1):row}" gives "1 row", f"{Count(1200):row}" gives "1,200 rows".

    Sentences of refusals write {count:row} for any whole number among their facts. Other formats are those of int.
    """

    def __format__(self, noun: str) -> str:
        if noun[:-1].replace(" ", "").isalpha():
            return f"{int(self):,} {noun}{'s' * (self != 1)}"
        return int(self).__format__(noun)
