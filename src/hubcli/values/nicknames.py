"""Which first names are short forms of which: Bob is Robert, Peggy is Margaret."""

from functools import cache

_FORMS = """
alexander alex al sandy sasha lex; alexandra alex sandra sandy lexi; albert al bert; andrew andy drew; anthony tony;
anna ann anne annie hannah; barbara barb barbie babs; benjamin ben benny; catherine katherine kathryn cathy kathy kate
katie kay kit; charles charlie chuck chas; christine christina chris chrissy tina; christopher chris topher kit;
daniel dan danny; david dave davy; deborah deb debbie debra; dorothy dot dottie; douglas doug; edward ed eddie ted
ned; elizabeth liz lizzie beth betty betsy eliza elisabeth lisa; emily em; eugene gene; frances fran frannie; francis
frank; frederick fred freddy; gabriel gabe; gerald gerry jerry; gregory greg; harold hal harry; henry hank harry;
jacob jake; james jim jimmy jamie; jennifer jen jenny; jeffrey jeff; jessica jess jessie; john jack johnny jon;
jonathan jon; joseph joe joey; joshua josh; judith judy; kenneth ken kenny; lawrence larry; leonard leo len lenny;
leonardo leo; margaret maggie meg peggy marge; martha marty; matthew matt; michael mike mick mickey; nathaniel nathan
nate; nicholas nick nicky; pamela pam; patricia pat patty trish; patrick pat; peter pete; philip phil phillip;
raymond ray; rebecca becky becca; richard rick rich dick ricky; robert bob rob bobby robbie bert; ronald ron ronnie;
samuel sam sammy; samantha sam sammy; stephen steve steven; susan sue susie suzanne; theodore ted teddy theo; thomas
tom tommy; timothy tim; victoria vicky tori; vincent vince; walter walt; william bill will billy willy liam;
jose pepe; francisco paco pancho; guadalupe lupe; ignacio nacho; johannes hans; josef sepp; wilhelm willi; friedrich
fritz; maria mary marie mia
"""


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Give for each form the groups it belongs to: a short form may stand for several names."""
    found: dict[str, set[int]] = {}
    for place, group in enumerate(_FORMS.split(";")):
        for form in group.split():
            found.setdefault(form, set()).add(place)
    return {form: frozenset(places) for form, places in found.items()}


def alike(first: str, second: str) -> bool:
    """Tell whether two folded first names may be the same: equal, an initial of the other, or forms of one name."""
    if first == second or (first and second and 1 in {len(first), len(second)} and first[0] == second[0]):
        return True
    groups = _groups()
    return not groups.get(first, frozenset()).isdisjoint(groups.get(second, frozenset()))
