"""What does not hold together between the files of content/ is told with file, line and remedy."""

from __future__ import annotations

import pytest
from campaign_tree import FILES, line_of, load_broken, load_sample, plant

from handbill.campaign.campaign import load_campaign
from handbill.campaign.facts import find_uncovered
from handbill.problems import InputError, Severity

SHARED, PIECE, REGISTER = "messages/shared.yaml", "pieces/parents.yaml", "contacts.yaml"


def test_sample_loads_without_warning(tmp_path):
    """The tree that the other tests break is whole; without this they would prove nothing."""
    assert load_sample(tmp_path).warnings == ()


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "code", "remedy"),
    [
        (PIECE, "[call, code]", "[call, cod]", "back:", "content/unknown-block", "“code”?"),
        (PIECE, "cover: [cover]", "cover: [cover, cover]", "cover: [", "content/repeated-block", "Keep one"),
        (PIECE, "audience: parents", "audience: carers", "audience:", "content/audience-name", "same name"),
        (PIECE, "[poster-head]", "[poster-head, zzzzzz]", "headline:", "content/unknown-block", "Known:"),
        (
            SHARED,
            "{{ emergency.phone }}",
            "{{ emergancy.phone }}",
            "Danger",
            "content/unknown-contact",
            "“emergency”?",
        ),
        (
            SHARED,
            "{{ emergency.phone }}",
            "{{ emergency.phon }}",
            "Danger",
            "content/unknown-field",
            "“phone”?",
        ),
        (SHARED, "{{ emergency.phone }}", "{{ emergency.web }}", "Danger", "contact/no-value", "phone"),
        (
            SHARED,
            "{{ emergency.phone }}",
            "{{ emergency.phone | upper }}",
            "Danger",
            "content/template",
            "nspcc.phone",
        ),
        (SHARED, "{{ emergency.phone }}", "{ emergency.phone }", "Danger", "content/template", "nspcc.phone"),
        (
            SHARED,
            "{{ emergency.phone }}",
            "{{ samaritans.phone }}",
            "Danger",
            "contact/not-printable",
            "Ring it",
        ),
        (
            SHARED,
            "{{ emergency.phone }}",
            "{{ nightwatch.phone }}",
            "Danger",
            "contact/not-printable",
            "another",
        ),
        (SHARED, "{{ emergency.phone }}", "999", "Danger", "content/typed-number", "{{ emergency.phone }}"),
        (
            SHARED,
            "- contact: nspcc",
            "- contact: samaritans",
            "- contact: sam",
            "contact/not-printable",
            "Ring it",
        ),
        (
            SHARED,
            "- contact: nspcc",
            "- contact: nspc",
            "- contact: nspc",
            "content/unknown-contact",
            "“nspcc”?",
        ),
        (SHARED, "claims: [free]", "claims: [fre]", "claims:", "contact/unknown-claim", "“free”?"),
        (SHARED, "facts: [1, 2]", "facts: [1, 3]", "facts:", "content/unknown-fact", "Known: 1, 2, 22."),
        (SHARED, "facts: [1, 2]", "facts: [1, 22]", "facts:", "content/fact-out", "It is overseas."),
        (SHARED, "**always**", "**always", '- "It is', "content/bold", "**words**"),
        (
            SHARED,
            "It can be any child.",
            "It is not strangers.",
            "It is not",
            "style/g27",
            "people they know or meet",
        ),
        (SHARED, "any child", "any\u202echild", "It can be", "content/character", "Delete it"),
        (
            SHARED,
            "contact: nspcc\n    text",
            "contact: emergency\n    text",
            "contact: emergency",
            "contact/no-value",
            "phone",
        ),
        (
            "campaign.yaml",
            "  placeholder_council",
            "  placeholder_x",
            "words:",
            "content/missing-word",
            "placeholder_council",
        ),
        (
            "campaign.yaml",
            "  review_draft",
            "  review_drft",
            "words:",
            "content/missing-word",
            "review_draft",
        ),
        (
            "campaign.yaml",
            "[COUNCIL NUMBER]",
            "{{ council.phone }}",
            "  placeholder_council",
            "yaml/value",
            "braces",
        ),
        ("facts.yaml", "{parents: must}", "{parent: must}", "1:", "content/unknown-audience", "“parents”?"),
        ("sites.yaml", "council: {", "concil: {", "concil:", "content/unknown-local-contact", "“council”?"),
        ("sites.yaml", "phone:", "fone:", "council:", "yaml/unknown-key", "“phone”?"),
        ("style.yaml", "strangers?", "strangers(", "rules:", "yaml/value", "brackets"),
        (
            "contacts.yaml",
            "local: true",
            'local: true\n    phone: "1"',
            "council:",
            "yaml/value",
            "sites.yaml",
        ),
        ("contacts.yaml", 'phone: "999"', "phone: 999", "phone: 999", "yaml/type", 'quotes: "999"'),
        ("languages.yaml", "  en:", "  eng:", "languages:", "content/no-source-language", "Put it back"),
    ],
)
def test_fault_is_told(tmp_path, file, old, new, at, code, remedy):
    """Each class of mistake names the file, the line and what to do, and stops the program."""
    change = (file, old, new)
    found = [problem for problem in load_broken(tmp_path, change) if problem.code == code]
    assert len(found) == 1, found
    (problem,) = found
    assert problem.place is not None
    assert problem.place.file == f"content/{file}"
    if file == "style.yaml":
        assert problem.place.line == 2
    else:
        assert problem.place.line == line_of(file, at, change)
    assert remedy in problem.remedy


def test_checked_contact_of_certainty_c_is_printed(tmp_path):
    """Once someone has rung it and written the date, a C contact may be used."""
    campaign = load_sample(
        tmp_path,
        (REGISTER, "certainty: C", "certainty: C\n    checked: 2026-11-20"),
        (SHARED, "{{ emergency.phone }}", "{{ samaritans.phone }}"),
    )
    assert "116 123" in campaign.bind("parents", "leaflet", "en").contacts


def test_contact_of_certainty_x_is_never_printed(tmp_path):
    """X stays out even with a date beside it."""
    found = load_broken(
        tmp_path,
        (REGISTER, "certainty: X", "certainty: X\n    checked: 2026-11-20"),
        (SHARED, "- contact: council", "- contact: nightwatch"),
    )
    assert [problem.code for problem in found] == ["contact/not-printable"]


def test_unused_block_is_a_warning(tmp_path):
    """A block left over does no harm, but somebody may have forgotten to place it."""
    campaign = load_sample(tmp_path, (PIECE, "inside: [what]", "inside: []"))
    (warning,) = campaign.warnings
    assert (warning.code, warning.severity) == ("content/unused-block", Severity.WARNING)
    assert "what" in warning.what


def test_block_in_two_files(tmp_path):
    """Two messages with one name: the second is pointed at, the first is named."""
    plant(tmp_path)
    (tmp_path / "content/messages/zz.yaml").write_text(
        'blocks:\n  what: {kind: text, paragraphs: ["Twice."]}\n', encoding="utf-8"
    )
    with pytest.raises(InputError) as caught:
        load_campaign(tmp_path)
    (problem,) = caught.value.problems
    assert problem.place is not None and problem.place.file == "content/messages/zz.yaml"
    assert "content/messages/shared.yaml" in problem.what


def test_faults_of_all_files_at_once(tmp_path):
    """Slips in three files are told in one run."""
    found = load_broken(
        tmp_path,
        ("campaign.yaml", "name:", "nam:"),
        (SHARED, "items:", "itmes:"),
        (PIECE, "code:", "cod:"),
    )
    assert {problem.place.file for problem in found if problem.place} == {
        "content/campaign.yaml",
        "content/messages/shared.yaml",
        "content/pieces/parents.yaml",
    }


def test_every_bad_text_of_a_block_at_once(tmp_path):
    """Two lines of one block that hold more than lookups are told together."""
    found = load_broken(
        tmp_path, (SHARED, "**always**", "{% if x %}"), (SHARED, "It can be any child.", "{{ 1 }} child.")
    )
    assert [problem.code for problem in found] == ["content/template"] * 2


def test_second_code(tmp_path):
    """One QR a piece: a reader scans one at most."""
    found = load_broken(
        tmp_path,
        (
            SHARED,
            "  code:",
            '  code-2:\n    kind: qr\n    contact: nspcc\n    text: "More"\n  code:',
        ),
        (PIECE, "[call, code]", "[call, code, code-2]"),
    )
    assert [problem.code for problem in found] == ["content/two-codes"]


def test_warning_of_the_linter_does_not_stop(tmp_path):
    """W rules ask a human; the campaign loads."""
    campaign = load_sample(tmp_path, (SHARED, "any child", "any victim"))
    assert [(warning.code, warning.severity) for warning in campaign.warnings] == [
        ("style/g18", Severity.WARNING)
    ]


def test_typed_name_of_a_service_is_a_warning(tmp_path):
    """A typed name would not be set as one piece of Latin in Urdu; the lookup is named."""
    campaign = load_sample(tmp_path, (SHARED, "any child", "any child, says NSPCC"))
    (warning,) = campaign.warnings
    assert warning.code == "content/typed-name" and "{{ nspcc.short }}" in warning.remedy


def test_long_sentence_is_a_warning(tmp_path):
    """The reading limits of the audience are watched whenever the campaign is loaded."""
    campaign = load_sample(
        tmp_path, (SHARED, "It can be any child.", "It can be " + "any old " * 10 + "child.")
    )
    (warning,) = campaign.warnings
    assert warning.code == "content/long-sentence"
    assert warning.place is not None and warning.place.line == line_of(SHARED, "It can be any")


def test_missing_folder_and_file(tmp_path):
    """Run in the wrong folder, or with a file lost, the program says which."""
    with pytest.raises(InputError, match="content/no-folder"):
        load_campaign(tmp_path)
    plant(tmp_path)
    (tmp_path / "content/style.yaml").unlink()
    (tmp_path / "content/messages/shared.yaml").unlink()
    with pytest.raises(InputError) as caught:
        load_campaign(tmp_path)
    assert {"yaml/no-file", "content/no-files"} <= {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize(
    ("arguments", "nearest"),
    [
        (("parent", "leaflet", "en", None), "parents"),
        (("parents", "leeflet", "en", None), "leaflet"),
        (("parents", "leaflet", "pll", None), "pl"),
        (("parents", "leaflet", "en", "exampelshire"), "exampleshire"),
    ],
)
def test_unknown_name_on_the_command_line(tmp_path, arguments, nearest):
    """A slip on the command line gets the nearest name that exists."""
    with pytest.raises(InputError) as caught:
        load_sample(tmp_path).bind(*arguments)
    assert f"“{nearest}”?" in caught.value.problems[0].remedy


def test_uncovered_facts():
    """A must-fact that no block teaches is found; a light one is not demanded."""
    campaign_facts = {number: fact for number, fact in _facts().items()}
    assert find_uncovered(campaign_facts, "parents", frozenset()) == (1,)
    assert find_uncovered(campaign_facts, "parents", frozenset({1})) == ()


def _facts():
    import yaml

    from handbill.campaign.facts import FactsFile

    return FactsFile.model_validate(yaml.safe_load(FILES["facts.yaml"])).facts
