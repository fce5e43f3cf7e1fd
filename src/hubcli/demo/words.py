"""The words that invented people, companies, streets and notes are made of."""

import unicodedata
from typing import NamedTuple

_LATIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "ü": "ue", "ö": "oe", "ä": "ae"})


class Name(NamedTuple):
    """A name as written and as it stands in an e-mail address."""

    text: str
    slug: str


class Origin(NamedTuple):
    """First and last names that go together, and how many in 64 people bear such names."""

    share: int
    firsts: tuple[Name, ...]
    lasts: tuple[Name, ...]


def slug(text: str) -> str:
    """Give the small ASCII letters and digits of a text: `René O'Brien` -> `reneobrien`, `Müller` -> `mueller`."""
    plain = unicodedata.normalize("NFC", text).lower().translate(_LATIN)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isascii() and c.isalnum())


def _words(text: str) -> tuple[str, ...]:
    """Split a text into words; `_` stands for a space."""
    return tuple(word.replace("_", " ") for word in text.split())


def _name(word: str) -> Name:
    """Read one name; `林=lin` says how a name in another script is spelled in an address."""
    text, _, latin = word.partition("=")
    return Name(text, latin or slug(text))


def _origin(share: int, firsts: str, lasts: str) -> Origin:
    return Origin(share, tuple(map(_name, _words(firsts))), tuple(map(_name, _words(lasts))))


ORIGINS = (
    _origin(
        28,
        """
        James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Thomas
        Jessica Christopher Karen Charles Sarah Daniel Lisa Matthew Nancy Anthony Sandra Mark Betty Donald Ashley Steven
        Emily Paul Kimberly Andrew Margaret Joshua Donna Kenneth Michelle Kevin Carol Brian Amanda George Melissa
        Timothy Deborah Ronald Stephanie Edward Rebecca Jason Sharon Jeffrey Laura Ryan Cynthia Jacob Dorothy Gary Amy
        Nicholas Kathleen Eric Angela Jonathan Shirley Stephen Emma Larry Brenda Justin Pamela Scott Nicole Brandon
        Anna Benjamin Samantha Samuel Katherine Gregory Christine Alexander Helen Patrick Debra Frank Rachel Raymond
        Carolyn Jack Janet Dennis Maria Jerry Olivia Tyler Heather Aaron Diane Henry Julie Douglas Joyce Nathan Victoria
        Peter Ruth Zachary Virginia Kyle Lauren Walter Kelly Harold Christina Jeremy Joan Ethan Evelyn Carl Judith Keith
        Andrea Roger Hannah Gerald Megan Terry Cheryl Sean Jacqueline Arthur Martha Austin Madison Noah Teresa Jesse
        Gloria Joe Sara Bryan Janice Billy Ann Jordan Kathryn Albert Abigail Dylan Sophia Bruce Frances Willie Jean
        """,
        """
        Smith Johnson Williams Brown Jones Davis Miller Wilson Moore Taylor Anderson Thomas Jackson White Harris Martin
        Thompson Robinson Clark Lewis Lee Walker Hall Allen Young King Wright Scott Hill Green Adams Nelson Baker Hill
        Campbell Mitchell Roberts Carter Phillips Evans Turner Parker Collins Edwards Stewart Morris Rogers Reed Cook
        Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray James Watson Brooks Kelly Sanders
        Price Bennett Wood Barnes Ross Henderson Coleman Jenkins Perry Powell Long Patterson Hughes Washington Butler
        Simmons Foster Bryant Alexander Russell Griffin Hayes Myers Ford Hamilton Graham Sullivan Wallace Woods Cole
        West Jordan Owens Reynolds Fisher Ellis Harrison Gibson McDonald Cruz Marshall Gomez Murray Freeman Wells Webb
        Simpson Stevens Tucker Porter Hunter Hicks Crawford Henry Boyd Mason Kennedy Warren Dixon Burns Gordon Shaw
        Holmes Rice Robertson Hunt Black Daniels Palmer Mills Nichols Grant Knight Ferguson Rose Stone Hawkins Dunn
        Perkins Hudson Spencer Gardner Stephens Payne Pierce Berry Matthews Arnold Wagner Willis Ray Watkins Olson
        Carroll Duncan Snyder Hart Cunningham Bradley Lane Andrews Ruiz Harper Fox Riley Armstrong Carpenter Weaver
        Greene Lawrence Elliott Chavez Sims Austin Peters Kelley Franklin Lawson Fields Ryan Schmidt Carr Vasquez
        Castillo Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop McCoy Howell
        Morrison Hansen Garza Harvey Little Burton Stanley Nguyen George Jacobs Reid Kim Fuller Lynch Dean Gilbert
        Garrett Romero Welch Larson Frazier Burke Hanson Day Mendoza Moreno Bowman Medina Fowler Brewer Hoffman Carlson
        Silva Pearson Holland Douglas Fleming Jensen Vargas Byrd Davidson Hopkins May Terry Herrera Wade Soto Walters
        Curtis Neal Caldwell Lowe Jennings Barnett Graves Jimenez Horton Shelton Barrett Obrien Castro Sutton Gregory
        McKinney Lucas Miles Craig Rodriquez Chambers Holt Lambert Fletcher Watts Bates Hale Rhodes Pena Beck Newman
        Haynes McDaniel Mendez Bush Vaughn Parks Dawson Santiago Norris Hardy Love Steele Curry Powers Schultz Barker
        Guzman Page Munoz Ball Keller Chandler Weber Leonard Walsh Lyons Ramsey Wolfe Schneider Mullins Benson Sharp
        Bowen Daniel Barber Cummings Hines Baldwin Griffith Valdez Hubbard Salazar Reeves Warner Stevenson Burgess
        Santos Tate Cross Garner Mann Mack Moss Thornton Dennis McGee Farmer Delgado Aguilar Vega Glover Manning Cohen
        Harmon Rodgers Robbins Newton Todd Blair Higgins Ingram Reese Cannon Strickland Townsend Potter Goodwin Walton
        Rowe Hampton Ortega Patton Swanson Joseph Francis Goodman Maldonado Yates Becker Erickson Hodges Rios Conner
        Adkins Webster Norman Malone Hammond Flowers Cobb
        """,
    ),
    _origin(
        3,
        "Siobhán Seán Aoife Niamh Cian Ciarán Róisín Eoin Caitlín Brigid Declan Maeve Fionn Liam Una",
        """
        O'Brien O'Connor O'Neill O'Sullivan O'Malley D'Arcy McCarthy McLaughlin Byrne Doyle Gallagher Doherty
        Fitzgerald Kavanagh Brennan Nolan Quinn Flanagan Keane Hogan Maguire MacDonald McIntyre Tierney Ó_Súilleabháin
        """,
    ),
    _origin(
        9,
        """
        José María Juan Guadalupe Luis Carmen Carlos Rosa Jesús Ana Miguel Luz Jorge Elena Pedro Sofía Manuel Lucía
        Antonio Inés Javier Pilar Alejandro Beatriz Diego Ximena Andrés Mónica Raúl Noemí Fernando Belén Héctor Rocío
        Ángel Paola Óscar Íñigo Nuria João
        """,
        """
        García Rodríguez Martínez Hernández López González Pérez Sánchez Ramírez Torres Flores Rivera Gómez Díaz Reyes
        Morales Ortiz Gutiérrez Chávez Ramos Ruiz Álvarez Mendoza Vásquez Castillo Jiménez Moreno Romero Herrera Medina
        Aguilar Garza Vargas Fernández Guzmán Muñoz Salazar Soto Delgado Peña Ríos Núñez Ibáñez Ocampo Cárdenas
        Contreras Domínguez Estrada Figueroa Fuentes Guerrero Juárez Lara León Luna Maldonado Marín Mejía Miranda
        Molina Montoya Navarro Ochoa Ortega Pacheco Padilla Quiñones Rosario Sandoval Serrano Solís Suárez Trujillo
        Valdez Valencia Vega Velasco Villarreal Zamora Zúñiga de_la_Cruz del_Río Gonçalves Almeida Ferreira Araújo
        Magalhães
        """,
    ),
    _origin(
        3,
        """
        Hans Greta Jürgen Ursula Wolfgang Heike Klaus Sabine Günther Jörg Bärbel Dieter Käthe Matthias Ulrike Stefan
        Heinz Liesl Björn Anneliese Pieter Femke Joost Sanne
        """,
        """
        Müller Schäfer Schröder Köhler König Krüger Böhm Jäger Weiß Groß Vogel Fischer Zimmermann Hartmann Lange
        Schwarz Krause Lehmann Huber Kaiser Fuchs Scholz Möller Vogt Jung Hahn Keller Günther Frank Berger Winkler Roth
        Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böttcher Kraft Seidel Haas Sommer Brandt Dietrich Engel
        Kühn van_Dijk de_Vries Bakker Visser van_der_Berg Jansen Mulder de_Groot Bos Hendriks Dekker Kuipers
        """,
    ),
    _origin(
        2,
        """
        René Chloé Zoë François Élodie Jérôme Aurélie Benoît Hélène Étienne Agnès Noël Maëlle Gaëtan Geneviève Théo
        Amélie Loïc Océane Sébastien
        """,
        """
        Lefèvre Dubois Durand Moreau Laurent Lemaître Bélanger Gagné Côté Tremblay Bouchard Gauthier Morin Lavoie
        Fortin Ouellet Pelletier Bergeron Léger Hébert Beaulieu Cloutier Dupré Fournier Girard Bonnet François Garnier
        Mercier Chevalier Renard Besançon L'Heureux D'Amour Lacroix Desrosiers Thibault Villeneuve
        """,
    ),
    _origin(
        2,
        """
        Søren Astrid Bjørn Ingrid Åsa Göran Märta Håkon Sigrid Jørgen Solveig Øyvind Frøya Lars Þóra Aino Väinö Päivi
        """,
        """
        Sørensen Jørgensen Nielsen Østergård Møller Ødegård Bjørnstad Håkansson Åkesson Lindström Öberg Sjöberg Nyström
        Björk Ångström Haugen Dahl Solberg Lund Bakke Moen Strand Virtanen Mäkinen Hämäläinen Järvinen Guðmundsson
        Ásgeirsson Kjærgaard Thorvaldsen
        """,
    ),
    _origin(
        3,
        """
        Łukasz Małgorzata Paweł Agnieszka Wojciech Grażyna Stanisław Bożena Jiří Markéta Zdeněk Šárka Andrej Živa
        Oksana Volodymyr Dmitri Natasha Goran Mirjana Çiğdem Ștefan Ioana György
        """,
        """
        Kowalski Nowak Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski
        Jankowski Mazur Krawczyk Piotrowski Grabowski Pawłowski Michalski Król Wróbel Dvořák Černý Novák Procházka
        Kučera Horvat Kovačević Babić Marić Jurić Petrović Jovanović Đorđević Ivanov Petrov Sokolov Shevchenko
        Bondarenko Tkachenko Kravchuk Popescu Ionescu Nagy Szabó Tóth Kovács Balogh
        """,
    ),
    _origin(
        2,
        "Giuseppe Giulia Marco Francesca Nicolò Chiara Matteo Alessia Salvatore Rosalia Luca Bianca Enzo Ilaria",
        """
        Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Costa Giordano
        Mancini Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli D'Angelo Dell'Orto
        Leone Longo Papadopoulos Nikolaidis Georgiou Pappas
        """,
    ),
    _origin(
        2,
        "Thị_Lan Văn_Hùng Ngọc_Anh Minh_Đức Thu_Hà Quốc_Bảo Mỹ_Linh Hữu_Phước Bích_Trâm Tuấn_Kiệt",
        "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý",
    ),
    _origin(
        2,
        "Wei Mei Jian Xiu Hao Ling Jun Yan Bo Fang Min Qing Zihan Yuxuan Kai",
        """
        Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang
        Deng Feng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye
        """,
    ),
    _origin(
        1,
        "美玲=meiling 伟=wei 秀英=xiuying 健太=kenta 花子=hanako 민준=minjun 서연=seoyeon 志明=zhiming",
        "林=lin 王=wang 陈=chen 山田=yamada 佐藤=sato 김=kim 박=park 鈴木=suzuki 黃=huang 李=li",
    ),
    _origin(
        1,
        "Haruto Yui Kenji Akiko Takeshi Naoko Hiroshi Yōko Min-jun Ji-woo Seo-yeon Hyun",
        """
        Tanaka Watanabe Itō Nakamura Kobayashi Katō Yoshida Yamamoto Sasaki Matsumoto Inoue Kimura Hayashi Shimizu Ōno
        Kim Park Choi Jung Kang Cho Yoon Jang Lim Han Shin Seo Kwon
        """,
    ),
    _origin(
        2,
        """
        Priya Rahul Anjali Amit Sunita Vikram Deepa Arjun Kavita Sanjay Meera Rohan Lakshmi Imran Ayesha Fatima
        Harpreet Simran Nisha Ravi
        """,
        """
        Patel Singh Kumar Sharma Gupta Shah Khan Reddy Rao Mehta Iyer Nair Menon Joshi Desai Chaudhary Agarwal Verma
        Mishra Banerjee Mukherjee Chatterjee Das Bose Ghosh Kapoor Malhotra Bhatia Sethi Gill Sandhu Dhillon Krishnan
        Subramaniam Venkataraman Pillai Chowdhury Hossain Rahman Begum Siddiqui Qureshi
        """,
    ),
    _origin(
        2,
        """
        Mohammed Layla Ahmed Noor Yusuf Amina Omar Zainab Khalid Hana Emre Zeynep Tariq Salma David Shira Levi Noa
        """,
        """
        Haddad Khoury Nasser Mansour Saleh Aziz Farah Najjar Hamdan Karimi Hosseini Ahmadi Rezaei Yılmaz Kaya Demir
        Şahin Çelik Öztürk Aydın Doğan al-Rashid El-Sayed Ben-David Levi Mizrahi Peretz Friedman Katz Goldberg
        Rosenberg
        """,
    ),
    _origin(
        2,
        "Chidi Ngozi Kwame Ama Tunde Folake Sékou Aminata Abebe Makeda Thabo Naledi Kofi Zanele Oluwaseun",
        """
        Okafor Adeyemi Okonkwo Balogun Eze Nwosu Mensah Owusu Boateng Asante Diallo Traoré Koné Touré N'Diaye Ndlovu
        Dlamini Nkosi Mokoena Tesfaye Bekele Haile Kamau Mwangi Otieno Abdi Warsame Jean-Baptiste Pierre-Louis Sithole
        """,
    ),
)

STREETS = _words(
    """
    N_Halsted_St W_Fullerton_Ave N_Clark_St N_Lincoln_Ave W_Armitage_Ave N_Damen_Ave S_Michigan_Ave W_Belmont_Ave
    N_Sheffield_Ave E_55th_St N_Milwaukee_Ave W_Diversey_Pkwy Main_St Oak_St Maple_Ave Elm_St Cedar_Ln Pine_St
    Washington_Ave Lake_St Hill_Rd Park_Ave 2nd_St 3rd_Ave 5th_Ave 7th_St 12th_Ave_NE Walnut_St Chestnut_St Spruce_St
    Highland_Ave Lincoln_Blvd Jefferson_St Madison_Ave Monroe_St Adams_St Jackson_Blvd Franklin_St Union_St Prospect_St
    Church_St School_St Mill_Rd River_Rd Spring_St Summit_Ave Grant_St Center_St Court_St Broadway Sunset_Blvd Ridge_Rd
    Valley_View_Dr Forest_Ave Meadow_Ln Willow_Ct Dogwood_Dr Magnolia_Ave Sycamore_St Birch_Rd Laurel_St Juniper_Way
    Hawthorne_Ave Poplar_St Cherry_St Peach_St Vine_St Orchard_Rd Garden_St Grove_Ave Fairview_Ave Bay_St Harbor_Dr
    Ocean_Ave Beacon_St Commonwealth_Ave Tremont_St Newbury_St Harvard_St Brookline_Ave Cambridge_St
    Martin_Luther_King_Jr_Dr Cesar_Chavez_St Rue_St._Ann Calle_Ocho St._Mark's_Pl
    """
)
SECOND_LINES = ("Apt 2", "Apt 3B", "Apt 12", "Unit 4", "Unit 1107", "Suite 210", "# 5", "Floor 2", "Rear building")

COMPANY_FIRST = _words(
    """
    Acorn Lakeview Prairie Northside Summit Harbor Cedar Granite Redwood Beacon Keystone Liberty Pioneer Skyline
    Evergreen Bluebird Cornerstone Ironwood Lighthouse Maplewood Riverside Sterling Union Vista Westgate Parkside
    Hilltop Birch
    """
)
COMPANY_SECOND = _words(
    """
    Builders Construction Homes Properties Kitchens Remodeling Property_Management Contractors Development Realty
    Apartments Interiors Cabinets Renovations Catering Hospitality Senior_Living Housing_Co-op Design_Group Plumbing
    """
)
COMPANY_END = ("", "", "", "", " LLC", " LLC", " Inc.", ", Inc.", " Co.", " & Sons", " & Partners", " Group")

FOUND_US = ("Google", "Friend", "Referral", "Walk-in", "Yelp", "Facebook", "Radio", "Newspaper", "Builder", "Mailer")
RELATIONSHIPS = ("Spouse", "Parent", "Son", "Daughter", "Neighbor", "Tenant", "Landlord", "Sister", "Brother")
COMPANY_ROLES = ("Site manager", "Bookkeeper", "Owner", "Superintendent", "Purchasing", "Building engineer")
JOB_NAMES = ("kitchen", "laundry", "basement", "remodel", "rental", "lake house")
SITE_NAMES = ("Lot 12", "Lot 14", "Building A", "Building C", "Phase 2", "Unit 4B", "Model home", "Clubhouse")

# Each with its type, whether it is important, whether it is persistent, and its text.
NOTES = (
    ("delivery", True, True, "Call thirty minutes before delivery"),
    ("delivery", False, True, "Third floor, no elevator"),
    ("delivery", False, True, "Use the alley entrance, the front steps are narrow"),
    ("delivery", True, True, "Dog in the yard, ring first"),
    ("delivery", False, False, "Doorway is 31 inches wide"),
    ("delivery", False, False, "Loading dock closes at 3 pm"),
    ("internal", False, False, "Prefers stainless, asked about the next sale"),
    ("internal", True, True, "Check the order twice: two houses on the same lot"),
    ("internal", False, False, "Left a voicemail about the floor model"),
    ("internal", False, True, "Speaks Spanish, ask for Luis"),
    ("internal", False, False, "Wants gas, measured for electric"),
    ("internal", False, True, "Always pays by check"),
    ("customer", False, False, "Haul away of the old unit is included"),
    ("customer", False, True, "Water line kit is supplied by the plumber"),
    ("customer", False, False, "Door swing changed to left at no charge"),
    ("customer", False, False, "Please have the cabinet opening ready"),
)
CREDIT_REMARKS = ("Late delivery", "Price match", "Scratch on the side panel", "Gift card", "Goodwill after a repair")
