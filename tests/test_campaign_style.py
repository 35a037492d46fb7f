"""The linters: blaming words are caught, their lawful neighbours pass; numbers come from the register."""

from __future__ import annotations

import pytest

from handbill.campaign.campaign import load_campaign
from handbill.campaign.contacts import Contact
from handbill.campaign.style import Rule, find_typed, find_typed_names, lint
from handbill.problems import Place, Severity

PLACE = Place("content/messages/shared.yaml", 3)
CONTACTS = {
    "emergency": Contact(name="Emergency", phone="999", source="", certainty="A"),
    "silent": Contact(name="Silent", phone="55", source="", certainty="A"),
    "childline": Contact(
        name="Childline", phone="0800 1111", web="childline.org.uk", source="", certainty="A"
    ),
}


@pytest.fixture(scope="module")
def shipped(root):
    return load_campaign(root).rules


@pytest.mark.parametrize(
    ("text", "lookup"),
    [
        ("Call 999 now", "{{ emergency.phone }}"),
        ("Press 55.", "{{ silent.phone }}"),
        ("Childline 0800 1111", "{{ childline.phone }}"),
        ("Childline 08001111", "{{ childline.phone }}"),
        ("Childline 0800\u00a01111", "{{ childline.phone }}"),
        ("Childline 0800-1111", "{{ childline.phone }}"),
        ("۹۹۹", "{{ emergency.phone }}"),
        ("৯৯৯", "{{ emergency.phone }}"),
        ("Go to www.childline.org.uk/x", "{{ childline.web }}"),
        ("childline.org.uk", "{{ childline.web }}"),
        ("0345 678 9000", ""),
        ("9 9 9", "{{ emergency.phone }}"),
        ("123", ""),
        ("a@example.org", ""),
        ("https://example.com/a", ""),
        ("example.com", ""),
    ],
)
def test_typed_number_is_found(text, lookup):
    """A number that is typed is a number that nobody corrects when it changes: any grouping, any digits."""
    (problem,) = find_typed(text, PLACE, CONTACTS)
    assert (problem.code, problem.place) == ("content/typed-number", PLACE)
    assert lookup in problem.remedy


@pytest.mark.parametrize(
    "text",
    [
        "under 18",
        "16 or 17",
        "ages 11-16",
        "24/7",
        "13–15",
        "e.g. this",
        "Call. Now",
        "at 5pm",
        "২৪ ঘণ্টা",
        "۱۸ سال",
        "",
    ],
)
def test_ages_and_sentences_pass(text):
    """Ages in any digits, and full stops, are not mistaken for numbers and addresses."""
    assert find_typed(text, PLACE, CONTACTS) == []


RULE = Rule(
    id="G33",
    avoid=("confront", "follow(?:s|ed)?"),
    say="tell",
    level="E",
    audiences=("drivers",),
    except_after=("do not", "don't"),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("You can confront them.", True),
        ("CONFRONT them.", True),
        ("He followed the car.", True),
        ("Do not confront them.", False),
        ("Don’t follow.", False),
        ("An undo not confront", True),
        ("Confrontation", False),
        ("unconfront", False),
        ("Do not wait. Confront them.", True),
    ],
)
def test_rule_matches_whole_words(text, found):
    """Whole words in any case; allowed right after “do not” alone."""
    problems = lint(text, "drivers", "en", [RULE], PLACE)
    assert bool(problems) == found
    if found:
        assert problems[0].severity is Severity.ERROR and "tell" in problems[0].remedy


def test_rule_holds_where_it_says():
    """A rule for drivers in English leaves parents and Polish alone."""
    assert not lint("confront", "parents", "en", [RULE])
    assert not lint("confront", "drivers", "pl", [RULE])


BLOCKED = [
    ("G1", "parents", "Child prostitution"),
    ("G2", "parents", "child porn"),
    ("G3", "parents", "They put themselves at risk"),
    ("G4", "parents", "involved in sexual activity"),
    ("G5", "parents", "sexually active"),
    ("G6", "parents", "a lifestyle choice"),
    ("G7", "parents", "in a relationship with him"),
    ("G10", "parents", "talking to adult men online"),
    ("G11", "parents", "She sent explicit pictures"),
    ("G12", "parents", "in exchange for gifts"),
    ("G13", "parents", "recruited by them"),
    ("G14", "parents", "mature for her age"),
    ("G15", "parents", "attention-seeking"),
    ("G20", "parents", "a grooming gang"),
    ("G27", "parents", "stranger danger"),
    ("G29", "parents", "revenge porn"),
    ("G30", "parents", "a ruined life"),
    ("G31", "parents", "you should have noticed"),
    ("G32", "young-people", "Keep yourself safe"),
    ("G33", "drivers", "Confront the adult"),
    ("G33", "shop-workers", "Follow them outside"),
    ("G34", "parents", "We will keep you safe"),
    ("G34", "young-people", "It is 100% confidential"),
    ("G35", "parents", "an immigrant"),
    ("G36", "drivers", "looks dodgy"),
]
ASKED = [
    ("G8", "parents", "her boyfriend"),
    ("G9", "parents", "spending time with"),
    ("G17", "parents", "He ran away"),
    ("G18", "young-people", "a victim"),
    ("G19", "parents", "She disclosed it"),
    ("G21", "parents", "the perpetrator"),
    ("G22", "parents", "CSE is"),
    ("G23", "parents", "a young woman"),
    ("G24", "parents", "a gang member"),
    ("G25", "parents", "historic abuse"),
    ("G26", "parents", "a vulnerable child"),
    ("G28", "parents", "lured away"),
    ("G37", "young-people", "a survivor"),
]


@pytest.mark.parametrize(
    ("rule", "audience", "text", "severity"),
    [
        *((*row, Severity.ERROR) for row in BLOCKED),
        *((*row, Severity.WARNING) for row in ASKED),
    ],
)
def test_shipped_rules_catch_the_words_of_the_brief(rule, audience, text, severity, shipped):
    """Each line of the brief's section G catches the wording it is about, at its level."""
    assert ("style/" + rule.lower(), severity) in [
        (problem.code, problem.severity) for problem in lint(text, audience, "en", shipped)
    ]


@pytest.mark.parametrize(
    ("audience", "text"),
    [
        ("drivers", "Do not confront or follow anyone."),
        ("shop-workers", "Do not question or search a child."),
        ("parents", "They earn trust first."),
        ("parents", "It was not your choice."),
        ("young-people", "You are not in trouble."),
        ("parents", "You do not need proof."),
        ("shop-workers", "Follow shop rules."),
        ("parents", "Send the form to the council."),
        ("parents", "A child who is being exploited."),
    ],
)
def test_shipped_rules_let_good_words_pass(audience, text, shipped):
    """What the brief tells us to say is not held against us."""
    assert lint(text, audience, "en", shipped) == []


def test_words_are_found_without_spaces_around_them():
    """Chinese has none: a wording, or a service's name, stands right beside the next character."""
    rule = Rule(id="G99", avoid=("坏孩子",), say="孩子", level="E", languages=("zh-Hans",))
    (problem,) = lint("他是坏孩子吗", "parents", "zh-Hans", (rule,), PLACE)
    assert problem.code == "style/g99"
    (problem,) = find_typed_names("请打给Childline吧", PLACE, CONTACTS)
    assert "{{ childline." in problem.remedy
    assert find_typed_names("Childlines", PLACE, CONTACTS) == []
