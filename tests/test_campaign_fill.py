"""Filling texts: lookups only, numbers as marked spans, and nothing that is typed is ever run."""

from __future__ import annotations

import pytest
from campaign_tree import load_sample
from hypothesis import given, settings
from hypothesis import strategies as st

from handbill.campaign.contacts import Contact
from handbill.campaign.fill import Register, RichSpan, fill, find_lookups, flatten
from handbill.problems import HandbillError, InputError, Place

PLACE = Place("content/messages/shared.yaml", 7)

CONTACTS = {
    "nspcc": Contact(
        name="NSPCC Helpline",
        short="NSPCC",
        phone="0808 800 5000",
        email="help@nspcc.org.uk",
        web="nspcc.org.uk",
        source="",
        certainty="A",
    ),
    "shout": Contact(name="Shout", text="SHOUT to 85258", source="", certainty="A"),
    "police": Contact(name="Police, not an emergency", phone="101", source="", certainty="A", generic=True),
    "council": Contact(name="Council", source="", certainty="A", local=True),
}
REGISTER = Register(CONTACTS, lambda contact, field: f"[{contact} {field}]", {})


def filled(text: str) -> tuple[RichSpan, ...]:
    return fill(text, PLACE, REGISTER)


def test_number_in_the_middle():
    """A number is a span of its own, so that right-to-left text cannot reorder its groups."""
    assert filled("Call {{ nspcc.phone }} now.") == (
        RichSpan("Call "),
        RichSpan("0808 800 5000", kind="phone", ref="nspcc.phone"),
        RichSpan(" now."),
    )


def test_each_field_has_its_kind():
    """Addresses, texts, names and placeholders are told apart: each is set and linked differently."""
    spans = filled(
        "{{nspcc.web}}{{nspcc.email}}{{shout.text}}{{nspcc.short}}{{shout.short}}{{police.name}}{{council.phone}}"
    )
    assert [(span.kind, span.text) for span in spans] == [
        ("web", "nspcc.org.uk"),
        ("email", "help@nspcc.org.uk"),
        ("text", "SHOUT to 85258"),
        ("name", "NSPCC"),
        ("name", "Shout"),
        ("", "[police name]"),
        ("placeholder", "[council phone]"),
    ]


def test_bold_and_number():
    """Bold words read as written, also around a number."""
    assert filled("a **b {{ nspcc.phone }}** c") == (
        RichSpan("a "),
        RichSpan("b ", bold=True),
        RichSpan("0808 800 5000", bold=True, kind="phone", ref="nspcc.phone"),
        RichSpan(" c"),
    )


@pytest.mark.parametrize("text", ["a **b", "**", "****", "** **", "a ** b ** c **"])
def test_bold_without_partner(text):
    """A lost star is told, not printed."""
    with pytest.raises(InputError, match="content/bold"):
        filled(text)


def test_register_value_is_not_markup():
    """Stars and braces in the register are printed as they stand: values are no templates."""
    contacts = {"x": Contact(name="X", phone="**{{ 1 }}** {% x %}", source="", certainty="A")}
    (span,) = fill("{{ x.phone }}", PLACE, Register(contacts, lambda a, b: "", {}))
    assert span.text == "**{{ 1 }}** {% x %}"


HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ nspcc.__class__ }}",
    "{{ nspcc.phone.__class__ }}",
    "{{ nspcc['phone'] }}",
    "{{ nspcc.phone() }}",
    "{{ nspcc.phone|upper }}",
    "{{ nspcc.phone ~ '1' }}",
    "{{ nspcc.items }}",
    "{{ nspcc.copy }}",
    "{{ 7 * 7 }}",
    "{{ 7 }}",
    "{{ '7' }}",
    "{{ nspcc }}",
    "{{ }}",
    "{{",
    "}}",
    "{{ nspcc.phone",
    "nspcc.phone }}",
    "{{ nspcc.phone }",
    "{ nspcc.phone }",
    "{{{ nspcc.phone }}}",
    "{{- nspcc.phone -}}",
    "{{ not.phone }}",
    "{{ true.phone }}",
    "{{ self.phone }}",
    "{{ range.phone }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__ }}",
    "{{ (nspcc).phone }}",
    "{{ nspcc.phone if 1 else 2 }}",
    "{{ nspcc.phone, nspcc.web }}",
    "{{ [x for x in 'ab'] }}",
    "{{ " + "(" * 600,
    "{{ " + "a." * 600 + "b }}",
    "{{ " + "-" * 900 + "1 }}",
    "{{ " + "9" * 1900 + " }}",
    "{% for x in range(10**9) %}{% endfor %}",
    "{% include '/etc/passwd' %}",
    "{% set x = 1 %}",
    "{% raw %}{{ nspcc.phone }}{% endraw %}",
    "{# hidden #}",
    "{#",
    "{%",
    "a\ue0000\ue001b",
    "\ue0009999\ue001",
    "a\u202eb",
    "a\u2066b",
    "a\u200fb",
    "a\x00b",
    "x" * 2001,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_refused(text):
    """Every known way of making a template do more than look up ends in one clear problem at its line."""
    with pytest.raises(InputError) as caught:
        filled(text)
    (problem,) = caught.value.problems
    assert problem.place == PLACE
    assert problem.remedy
    assert problem.code in (
        "content/template",
        "content/character",
        "content/too-long",
        "content/unknown-contact",
        "content/unknown-field",
    )


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "{{",
                    "}}",
                    "{%",
                    "%}",
                    "{#",
                    "#}",
                    "{",
                    "}",
                    "**",
                    "*",
                    ".",
                    "|",
                    "(",
                    ")",
                    "'",
                    " ",
                    "nspcc",
                    "phone",
                    "nspcc.phone",
                    "{{ nspcc.phone }}",
                    "council.web",
                    "\ue000",
                    "\ue001",
                    "0",
                    "-",
                ]
            ),
            max_size=14,
        ).map("".join),
    )
)
def test_fill_gives_spans_or_a_problem(text):
    """Whatever is typed: clean spans, or a problem that the user can mend. Never a traceback."""
    try:
        spans = filled(text)
    except HandbillError as error:
        assert all(problem.place == PLACE for problem in error.problems)
        return
    assert not set("\ue000\ue001{}") & set(flatten(spans)) and "**" not in flatten(spans)
    assert all(span.text for span in spans)
    assert [span.ref for span in spans if span.ref] == [f"{a}.{b}" for a, b in find_lookups(text, PLACE)]


def test_hostile_text_in_content_names_its_line(tmp_path):
    """In a real file the refusal points at the line."""
    with pytest.raises(InputError) as caught:
        load_sample(tmp_path, ("messages/shared.yaml", "any child", "{{ ''.__class__ }}"))
    (problem,) = caught.value.problems
    assert str(problem.place) == "content/messages/shared.yaml:13 (blocks.what.items[2])"
