"""The demo shop's models: number, what it is, list price and cost."""

from typing import NamedTuple


class Model(NamedTuple):
    """One appliance of the catalogue; price and cost in cents."""

    model: str
    description: str
    price_cents: int
    cost_cents: int


# model number | description | list price in whole dollars
_TABLE = """
WF45R6100AW/US|Front-load washer 4.5 cu ft, white|849
WF50A8600AV/US|Front-load washer 5.0 cu ft, steam, black|1099
WF45T6000AW/A5|Front-load washer 4.5 cu ft, vibration control, white|799
WA50R5400AV/US|Top-load washer 5.0 cu ft, black stainless|899
WA45T3200AW/A4|Top-load washer 4.5 cu ft, white|629
WTW5057LW0|Top-load washer 4.7 cu ft, agitator, white|749
WTW4855HW2|Top-load washer 3.8 cu ft, white|579
WM3600HWA0|Front-load washer 4.5 cu ft, steam, white|899
WM4000HBA1|Front-load washer 4.5 cu ft, turbo wash, black|1049
WM6700HBA0|Front-load washer 5.0 cu ft, dial, black|1199
FLW4114QW3|Front-load washer 2.4 cu ft, compact|1149
NFW5800DW1|Front-load washer 4.5 cu ft, stackable, white|879
DVE45R6100W/A3|Electric dryer 7.5 cu ft, white|849
DVG45R6100W/A3|Gas dryer 7.5 cu ft, white|949
DVE50A8600V/A3|Electric dryer 7.5 cu ft, steam, black|1099
WED5010LW1|Electric dryer 7.0 cu ft, wrinkle guard, white|699
WGD5010LW1|Gas dryer 7.0 cu ft, wrinkle guard, white|799
DLEX3900W0|Electric dryer 7.4 cu ft, steam, white|949
DLGX3901B1|Gas dryer 7.4 cu ft, steam, black|1099
DLHC1455W|Heat pump dryer 4.2 cu ft, ventless|1399
YFD2400CW|Electric dryer 4.0 cu ft, compact, vented|899
WET4024HW1|Stacked laundry center, electric, 24 in|1599
WKEX200HBA|Single-unit laundry tower, electric, black|2199
GUD27EESNWW2|Stacked laundry center, gas, 27 in|1749
PD27G4|Laundry pedestal with drawer, white|269
PD27B4|Laundry pedestal with drawer, black|289
SKK-8K|Stacking kit, 27 in|39
RF28R7351SR/AA|French door refrigerator 28 cu ft, beverage center, stainless|2699
RF27T5501SG/AA|French door refrigerator 27 cu ft, touch screen, black stainless|2999
RF22A4121SR/AA|French door refrigerator 22 cu ft, counter depth, stainless|1899
RS27T5200SR/AA|Side-by-side refrigerator 27 cu ft, stainless|1499
RT18M6213WW/AA|Top-freezer refrigerator 18 cu ft, white|849
LRFVS3006S2|French door refrigerator 30 cu ft, door in door, stainless|3299
LRMVC2306D5|French door refrigerator 23 cu ft, counter depth, black stainless|2899
LRSXS2706V1|Side-by-side refrigerator 27 cu ft, stainless|1599
LTCS20020W|Top-freezer refrigerator 20 cu ft, white|949
WRF555SDHZ9|French door refrigerator 25 cu ft, stainless|1999
WRS325SDHZ8|Side-by-side refrigerator 25 cu ft, stainless|1399
WRT311FZDW0|Top-freezer refrigerator 21 cu ft, white|899
WRB329DFBM1|Bottom-freezer refrigerator 19 cu ft, stainless|1549
GNE27JYMFS4|French door refrigerator 27 cu ft, fingerprint resistant|1899
GSS25GYPFS2|Side-by-side refrigerator 25 cu ft, fingerprint resistant|1349
GTS18HYNRFS1|Top-freezer refrigerator 18 cu ft, stainless|799
CWE23SP4MW2|French door refrigerator 23 cu ft, counter depth, matte white|3499
KRFC704FPS6|French door refrigerator 24 cu ft, counter depth, stainless|3399
KBSN608ESS5|Built-in side-by-side refrigerator 29 cu ft, 48 in|11499
B36CT80SNS2|French door refrigerator 21 cu ft, counter depth, stainless|3299
BI-36UFD/S/PH|Built-in French door refrigerator 36 in, pro handle|12850
IT-36CIIDRH|Integrated refrigerator with freezer drawers 36 in, panel ready|11150
T36BT925NS1|Built-in bottom-freezer refrigerator 36 in|9799
ZIR301NBRII2|Integrated column refrigerator 30 in, panel ready|8499
ZIF241NBRII1|Integrated column freezer 24 in, panel ready|7499
UC-24BG/S/RH|Undercounter beverage center 24 in|4350
FFUE2022AW0|Upright freezer 20 cu ft, frost free, white|999
FFFC15M4TW3|Chest freezer 15 cu ft, white|649
WZF34X16DW5|Upright freezer 16 cu ft, convertible|849
HUI-20S|Undercounter ice maker 15 in, clear ice|2699
SHP78CM5N1|Dishwasher 24 in, 42 dBA, third rack, stainless|1299
SHE3AEM2N8|Dishwasher 24 in, 50 dBA, stainless|649
SHX5AVF5UC7|Dishwasher 24 in, 44 dBA, bar handle|999
SGV78B53UC4|Dishwasher 24 in, 42 dBA, panel ready|1449
WDT750SAKZ1|Dishwasher 24 in, third rack, stainless|899
WDF341PAPM2|Dishwasher 24 in, 57 dBA, stainless|549
KDTM404KPS4|Dishwasher 24 in, 44 dBA, free-flex third rack|1199
KDPM604KPS1|Dishwasher 24 in, 44 dBA, print shield|1399
GDT665SYNFS5|Dishwasher 24 in, 46 dBA, fingerprint resistant|899
DW80R5061US/AA|Dishwasher 24 in, 48 dBA, storm wash|799
LDPH7972S1|Dishwasher 24 in, 42 dBA, heated dry|1049
DD24DCTX9N|Double dish drawer 24 in, stainless|1599
G7106SCUSS|Dishwasher 24 in, 42 dBA, cutlery tray|1449
PDSS12FPA|Portable dishwasher 18 in|779
NX60A6511SS/AA|Gas range 30 in, 6.0 cu ft, air fry, stainless|1149
NE63A6511SS/AA|Electric range 30 in, 6.3 cu ft, air fry, stainless|1049
NSI6DG9500SR|Slide-in induction range 30 in, 6.3 cu ft|2499
LRGL5825F0|Gas range 30 in, 5.8 cu ft, convection|1199
LSEL6335F1|Slide-in electric range 30 in, 6.3 cu ft|1699
WFG505M0BS5|Gas range 30 in, 5.0 cu ft, stainless|899
WFE525S0JS3|Electric range 30 in, 5.3 cu ft, steam clean|899
WFC150M0EW4|Electric range 24 in, 2.9 cu ft, apartment size|749
JGB735SPSS8|Gas range 30 in, 5.0 cu ft, convection, air fry|1049
JB645RKSS6|Electric range 30 in, 5.3 cu ft, self clean|799
PGS930YPFS5|Slide-in gas range 30 in, double oven|2999
KFGC506JMH3|Commercial-style gas range 36 in, misty blue|6999
KSEG700ESS8|Slide-in electric range 30 in, baking drawer|2399
OR36SCG4X1|Gas range 36 in, 4 burners, stainless|7599
RGV3-366-N|Gas range 36 in, 6 burners, natural gas|7899
PRG486WDH2|Dual fuel range 48 in, griddle|14999
DF48650CG/S/P|Dual fuel range 48 in, charbroiler, pro|17350
HGI8056UC2|Slide-in gas range 30 in, convection|2699
FCFE3062AS1|Electric range 30 in, air fry|779
NV51K6650SS/AA|Single wall oven 30 in, steam cook|2099
NQ70M6650DG/AA|Microwave combination wall oven 30 in|3399
WOS51EC0HS3|Single wall oven 30 in, 5.0 cu ft|1849
KODE500ESS5|Double wall oven 30 in, even-heat convection|3799
JTS3000SNSS4|Single wall oven 30 in, 5.0 cu ft, self clean|1649
HBL8651UC1|Double wall oven 30 in, convection|4299
M301S2|Single wall oven 30 in, M series|5450
H6280BP|Single wall oven 30 in, easy control|4199
NZ30A3060UK/AA|Electric cooktop 30 in, built-in|899
NZ36K7880UG/AA|Induction cooktop 36 in, virtual flame|2399
PGP7030SLSS5|Gas cooktop 30 in, griddle|1199
KCGS556ESS3|Gas cooktop 36 in, griddle|1899
CI365TB1|Induction cooktop 36 in, transition|4550
NIT8669UC2|Induction cooktop 36 in, black|2799
SRTU366|Gas rangetop 36 in, 6 burners|4699
ME21R7051SS/AA|Over-the-range microwave 2.1 cu ft, sensor cook|449
MVEL2137F0|Over-the-range microwave 2.1 cu ft, easy clean|479
WMH31017HS5|Over-the-range microwave 1.7 cu ft|329
JVM3160RFSS6|Over-the-range microwave 1.6 cu ft|309
PSB9120SFSS3|Built-in speed oven 30 in|1899
MD24TES4|Drawer microwave 24 in|1699
JES1095SMSS7|Countertop microwave 0.9 cu ft|179
VW30S1|Wall hood 30 in, 400 CFM|1099
HCP36651UC3|Canopy hood 36 in, 600 CFM|1399
JVX5305SJSS4|Under-cabinet hood 30 in|239
PRXV36|Downdraft ventilation 36 in|2149
GFC520N1|Garbage disposal 1/2 hp, continuous feed|119
GFC1020V1|Garbage disposal 1 hp, batch feed|269
GTU20-WF|Under-sink water filter|99
WH-3S-KIT|Washer hose set, braided stainless|29
DV-4SEMI|Dryer vent kit, semi-rigid, 8 ft|25
PC-4-30A|Power cord, four prong, 30 A, 6 ft|29
ICE-KIT-10|Ice maker water line, braided, 10 ft|25
"""


def _read() -> tuple[Model, ...]:
    """Read the table; the cost is 64 to 80 percent of the price, the same for a model every time."""
    rows = [line.split("|") for line in _TABLE.split("\n") if line]
    return tuple(
        Model(model, what, int(price) * 100, int(price) * (64 + rank * 7 % 17))
        for rank, (model, what, price) in enumerate(rows)
    )


MODELS = _read()
BY_NUMBER = {model.model: model for model in MODELS}
