"""The usual headings of sections, and the kind of section that each announces."""

from __future__ import annotations

import re

_NAMES: dict[str, tuple[str, ...]] = {
    "abstract": (
        r"(?:structured |graphical |unstructured )?abstract|(?:executive |lay |plain[- ]language )?summary",
        r"synopsis|highlights|key (?:points|messages)",
    ),
    "keywords": (r"key ?-?words?(?: and phrases)?|index terms|mesh terms|subject headings",),
    "introduction": (
        r"introduction|(?:general |scientific )?background(?: and (?:aims?|objectives?|purpose))?",
        r"rationale|(?:study |main )?objectives?|aims?(?: and (?:objectives?|scope))?",
        r"purpose(?: of (?:the )?(?:study|review))?|context|importance",
        r"introduction and (?:background|aims?|objectives?)|aims? of (?:the |this )?(?:study|review)",
        r"objective of (?:the |this )?(?:study|review)|hypothesis",
    ),
    "methods": (
        r"(?:(?:materials?|patients?|subjects?|participants|animals|design|data|search|data sources)"
        r"(?:,? and |, ))?(?:methods?|methodology)(?: and (?:materials?|design|analysis))?",
        r"experimental (?:section|procedures?|methods?|design)",
        r"(?:study |trial )?design(?: and (?:setting|participants))?",
        r"(?:study )?setting(?:s| and participants)?|(?:study )?(?:participants|population|subjects)",
        r"interventions?|exposures?|statistical (?:analys[ei]s|methods?)|statistics",
        r"(?:literature )?search (?:strategy|methods?)|literature search",
        r"data (?:sources?|collection|extraction|analysis|synthesis)|(?:study|literature) selection",
        r"(?:eligibility|inclusion|selection) criteria|(?:main )?outcome measures?",
        r"main outcomes?(?: and measures?)?|measurements?|design,? setting,? and participants",
        r"review methods?",
    ),
    "results": (r"(?:main |key )?(?:results?|findings)(?: and discussions?)?|results? and conclusions?",),
    "discussion": (r"(?:general )?discussions?|(?:strengths and )?limitations|discussion and conclusions?",),
    "conclusion": (
        r"(?:overall )?conclusions?|concluding (?:remarks|comments)|interpretation",
        r"conclusions?(?:,| and) .{1,60}|(?:summary|discussion) and (?:conclusions?|outlook|perspectives?)",
        r"future (?:directions?|perspectives?|prospects|outlook)",
        r"(?:perspectives?|outlook)(?: and .{1,40})?|take[- ]home messages?",
    ),
    "body": (
        r"descriptions?|overview|main text|case (?:presentation|description|reports?|series)",
        r"abbreviations?(?: used)?|list of abbreviations|clinical (?:relevance|significance|implications)",
        r"significance|implications|(?:figure|table) (?:legends?|captions?)|figures?|tables?|appendix",
        r"appendices",
    ),
    "authors": (
        r"(?:list of )?authors?|authors? (?:information|details|affiliations?|names?)|about the authors?",
        r"affiliations?(?:s? of authors?)?|(?:authors? and )?affiliations?",
        r"(?:address(?:es)? (?:for|of) )?correspondence(?: to| address| author)?",
        r"corresponding authors?(?: information| details)?|address|contact (?:information|details|us)",
        r"e-?mail(?: address)?|orcid(?: ids?)?|equal contributions?|present address",
        r"reprint requests?(?: to)?",
    ),
    "acknowledgements": (r"acknowledge?ments?(?: and .{1,40})?|thanks",),
    "funding": (
        r"(?:sources? of |role of )?(?:the )?funding(?: sources?| statement| information| support|"
        r" and .{1,40})?",
        r"financial (?:support|disclosures?)(?: and sponsorship)?|(?:grant|sources? of) support|grants?",
        r"sponsorship",
    ),
    "conflict_of_interest": (
        r"(?:declarations? of |statement of |potential |"
        r"disclosure of )?(?:potential )?(?:conflict(?:s|ing)?(?: of)? interests?|"
        r"competing (?:financial )?interests?|duality of interests?|interests)(?: statements?|"
        r" disclosures?| declarations?)?",
        r"(?:authors?[’'] ?|author )?disclosures?(?: statements?)?|competing interests? and .{1,40}",
    ),
    "references": (
        r"references?(?: and (?:notes|recommended reading|further reading))?",
        r"(?:reference|bibliography) list|list of references|bibliography",
        r"(?:selected )?(?:literature|works|references) cited|cited (?:literature|references)|literature",
        r"further reading|selected references|selected readings?",
    ),
    "metadata": (
        r"(?:how |please |to )?(?:to )?cite(?: this)?(?: (?:article|paper|review|as))?",
        r"(?:suggested |recommended )?citation|cite as|copyrights?(?: .{1,40})?",
        r"licen[cs]e(?: (?:and|agreement|statement|information)\b.{0,40})?|licen[cs]ing",
        r"rights and permissions|open access(?: statement)?",
        r"ethics(?: (?:approval|statement|declarations?|committee)\b.{0,50})?",
        r"ethical (?:approval|statement|considerations?|clearance|standards|compliance)(?: and .{1,40})?",
        r"(?:data|code|data and code|materials?)(?: sharing)? (?:availability|accessibility|sharing)"
        r"(?: statements?)?",
        r"availability of (?:supporting )?(?:data|materials?)(?: .{1,40})?",
        r"(?:credit )?(?:author(?:s|ship|s[’']|[’']s)? )?contributions?(?: (?:statement|of authors|"
        r"to authorship).{0,20})?",
        r"credit .{1,50}|publisher[’']?s note|disclaimer|article (?:history|information|info|details|type)",
        r"manuscript .{1,20}|suppl(?:ementary|emental) (?:materials?|information|data|files?)",
        r"supporting information|consent (?:for|to) .{1,40}|(?:patient |informed )consent(?: .{1,40})?",
        r"institutional review board.{0,20}|(?:animal|human) .{0,20}ethics|declarations?",
        r"provenance(?: and peer review)?|peer[- ]review(?: information)?",
        r"(?:trial )?registration(?: number)?",
        r"(?:statement on |declaration of )?(?:the )?(?:use of )?(?:generative )?(?:ai|"
        r"artificial intelligence) (?:statement|disclosure|declaration|use).{0,30}",
        r"received|accepted|revised|reviewed|submitted|published(?: online)?|available online|e-?pub",
        r"first published|date of .{1,30}|(?:date )?(?:received|accepted|published)(?: date)?",
        r"publication date|editor assigned|(?:academic |handling )?editors?(?: and reviewers)?|edited by",
        r"reviewed by|doi|pmid|pmcid|p?issn|e-?issn|journal|volume|issue|year|date|publisher",
    ),
}
_KINDS = {kind: re.compile("|".join(patterns), re.IGNORECASE) for kind, patterns in _NAMES.items()}
_NUMBER = re.compile(r"(?:(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?|[IVX]{1,5}\.|[A-H][.)])\s+(?=\S)")
_LONGEST_NAME = 90


def heading_kind(text: str) -> str | None:
    """Return the section kind that a heading announces, or None if it is not a known one.

    Numbers before it, case, a final colon and marks such as "*" are ignored.

    >>> heading_kind("4. CONCLUSIONS:"), heading_kind("Janus kinase inhibitors")
    ('conclusion', None)
    """
    if len(text) > _LONGEST_NAME:
        return None
    name = _NUMBER.sub("", text.strip(), count=1).strip(" \t.:;*_†‡#—–-").replace("&", "and")
    name = " ".join(name.split())
    for kind, pattern in _KINDS.items():
        if pattern.fullmatch(name):
            return kind
    return None


def heading_number(text: str) -> str | None:
    """Return the decimal number before a heading: "2.1" of "2.1. JAK inhibitors"."""
    match = _NUMBER.match(text)
    return match[1] if match else None


def heading_depth(text: str) -> int:
    """Return the depth of the number before a heading: 0 for "2. Methods" or none, 1 for "2.1. Patients"."""
    number = heading_number(text)
    return number.count(".") if number else 0


def is_capitals(line: str) -> bool:
    """Whether a line is in capitals, as headings of plain text are: four letters or more, no full stop."""
    letters = [character for character in line if character.isalpha()]
    return (
        len(letters) >= 4
        and len(line) <= 120
        and len(line.split()) <= 14
        and not line.endswith((".", ",", ";"))
        and all(not letter.islower() for letter in letters)
    )
