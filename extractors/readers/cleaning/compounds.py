"""Words that settle a hyphen at a line end where the document itself does not."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


JOINING_PREFIXES = _words(
    """
    al allo an anti any auto be bio can cardio chemo cyto de dermato dis dys electro endo epi ever every
    exo extra for gastro glyco haemato haemo hemato hemo hepato here hetero homo how hyper hypo immuno
    in inter intra iso lipo lympho macro may micro mis mono more myelo nephro neuro never none on onco
    ortho osteo other out over para patho peri pharmaco phospho photo physio pneumo poly post pre pro
    psycho radio re some sub super supra there thermo thrombo to trans un under where with xeno
    """
)
"""First parts that go with the rest into one word, as in immuno- and modulatory."""

HYPHENATING_FIRST_PARTS = _words(
    """
    age all alpha antibody antigen b beta blood brain broad cell cross cytokine disease dose double drug
    early eight end evidence ex first five follow four fourth full gamma gene gram gut half head health
    heat high host ill immune insulin kappa large late left life ligand long low mid multi near nine non
    one open patient placebo population protein quasi real receptor right risk second self seven sex
    short single six small so state steroid t ten third three time toll treatment triple tumor tumour
    twice two well wide wild x
    """
)
"""First parts of compounds that keep their hyphen, as in double- and blind."""

HYPHENATING_LAST_PARTS = _words(
    """
    acting activated agonist agonists analysis antagonist antagonists associated axis barrier based
    binding blind blinded blocker blockers cell cells controlled converting deficient dependent derived
    dose driven effective expressing free grade independent induced infected inhibitor inhibitors known
    label life like line linked lowering mediated modifying modulating naive negative onset positive
    presenting producing reactive reducing refractory regulated related releasing resistant responsive
    restricted rich risk scale sensitive sparing specific stimulating targeted term threatening
    tolerated treated type up
    """
)
"""Last parts of compounds that keep their hyphen, as in steroid- and resistant."""

UNFINISHED = _words(
    """
    a an and are as at be been between both by either for from had has have in including into is its no
    not of on or such than that the their these this those through to via was were which with
    """
)
"""Words that no sentence ends with."""
