"""What the form of a word tells: the stem of a drug's name, the code of a compound, the ending of a disease."""

from __future__ import annotations

import re

from extractors.language.lexicon import word_list

_TRIAL_NOUNS = word_list("language", "trial_nouns")
_WORDS_ENDING_IN_CEPT = word_list("language", "words_ending_in_cept")

_BIOLOGIC_STEM = re.compile(r"(mab|cept|kinra|fusp|leucel|gimod)$")

_SMALL_MOLECULE_STEM = re.compile(
    r"(tinib|citinib|limus|rolimus|imod|milast|lukast|gepant|prazole|sartan|vastatin|ciclib|lisib|parib|degib|olimod"
    r"|nersen|gliptin|gliflozin|xaban|cillin|floxacin|conazole|ciclovir|oxetine)$"
)


def inn_subtype(word: str) -> str:
    """Return the drug subtype that the stem of an international nonproprietary name stands for, or "".

    >>> inn_subtype("efgartigimod"), inn_subtype("povorcitinib"), inn_subtype("receptor")
    ('biologic', 'small_molecule', '')
    """
    if _BIOLOGIC_STEM.search(word):
        return "" if word in _WORDS_ENDING_IN_CEPT else "biologic"
    return "small_molecule" if _SMALL_MOLECULE_STEM.search(word) else ""


_CODE = re.compile(r"[A-Z]{1,5}-?\d{2,7}[A-Za-z]?\d?")

_NO_CODE = re.compile(
    r"(ACR|DAS|PASI|EASI|SF|EQ|PM|C57|THP|HEK|MCF|RAW|COVID|SARS|CD|IL|HLA|HIV|HPV|BMI|FEV|Th|P|T|B)-?\d+[A-Z]?"
)


def names_compound(word: str) -> bool:
    """Whether a word has the form of a code for a compound under study.

    >>> names_compound("GSK2982772"), names_compound("MCC950"), names_compound("H-151"), names_compound("CD20")
    (True, True, True, False)
    """
    return bool(_CODE.fullmatch(word)) and not _NO_CODE.fullmatch(word)


_DISEASE_SUFFIX = re.compile(
    r"(itis|opathy|openia|aemia|emia|[a-z]uria|algia|carcinoma|sarcoma|lymphoma|blastoma|plegia|oedema|edema|philia|matosis|oidosis)$"
)


def names_disease(word: str) -> bool:
    """Whether a lower-case word ends like the name of a disease.

    >>> names_disease("rhinoconjunctivitis"), names_disease("cytopenia"), names_disease("diagnosis")
    (True, True, False)
    """
    return len(word) > 7 and bool(_DISEASE_SUFFIX.search(word))


def names_a_trial(name: str, after: str) -> bool:
    """Whether a name in capitals is that of a trial, by the word after it.

    >>> names_a_trial("DREAM", "study"), names_a_trial("DREAM", "complex"), names_a_trial("TNF", "study")
    (True, False, False)
    """
    return name.isalpha() and name.isupper() and len(name) > 3 and after.lower() in _TRIAL_NOUNS
