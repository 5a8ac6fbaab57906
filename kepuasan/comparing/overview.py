"""Everything that differs between two waves and bears on their comparison, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kepuasan.comparing.findings import table
from kepuasan.comparing.invariance import invariance_findings
from kepuasan.comparing.pairs import paired
from kepuasan.comparing.questionnaires import mode_findings, scale_findings, wording_findings
from kepuasan.comparing.respondents import characteristics, frame_findings, missing_findings, mix_findings
from kepuasan.estimators.reading import item_names

if TYPE_CHECKING:
    import pandas as pd

    from kepuasan.specification import Specs
    from kepuasan.survey import Survey

__all__ = ["comparability"]


def comparability(survey: Survey, base: Any, current: Any, *, spec: Specs | None = None, mix: Any = None, frame: Any = None) -> pd.DataFrame:
    """Everything that differs between two waves and bears on their comparison: to be read before any change is told apart.

    Parameters
    ----------
    survey : Survey
        Waves stacked by `stack_waves`, each with its codebook.
    base, current : label
        Two waves.
    spec : IndexSpec, or {wave: IndexSpec}, optional
        The index whose items are looked at. Without it, that of each wave's codebook.
    mix : str or list of str, optional
        What describes respondents. Without it the codebook's numbers and items with values that are neither on a scale nor part of the index, the
        design or the frame. Among these may be answers on the service, such as whether somebody would use it again: they are no mix; name the others.
    frame : str, optional
        The column of the groups that were asked. Without it, the first of the strata.

    Returns
    -------
    DataFrame
        One row a finding, the serious ones first, then the minor ones; what was looked at and does not differ has a row too. Among equals, aspects
        keep the order of the notes. ``aspect``; ``severity``: "none", "minor", "serious"; ``item``: the column, "" for all of them; ``base`` and
        ``current``: what each wave has; ``size`` of the difference, on the scale that ``measure`` names; ``p_value``, NaN where nothing is tested;
        ``advice``.

    Raises
    ------
    DataError
        A survey without waves, unknown waves, twice the same; unknown columns; a frame column without a code in a wave.
    SinglePSUError
        A stratum with one unit, where the design says "fail".

    Notes
    -----
    All shares, means and moments are weighted, all tests design-based. Severity, minor and serious:

    * frame: the larger share of a wave's weight in groups that it alone asked; any, and from 5 percent.
    * mode: not stated; different.
    * scale, wording, where the codebooks differ by more than spacing and case: items outside the index, or labels without a question; items
      of the index. Another scoring is serious; other index weights are minor, as the attribution has a part for them.
    * mix: standardised differences, of categories the distance of Yang and Dalton (2012); from 0.1 (Austin 2009) and from 0.25 (Rubin 2001) where
      p < .05: what chance makes of clustered answers in many categories can be large. Tests: t of the means; F of all shares.
    * missingness: points between the shares of missing answers; from 2 where p < .05, and from 5.
    * invariance: of answers as they were given, reversed items turned, on rows that have all of them. Loadings on one factor, in closed form, are
      compared after the factor is rescaled, from 0.1 and from 0.2; then intercepts beyond what the mean of the factor accounts for, from 0.1 and from
      0.25 pooled standard deviations. An item counts where p < .05 for it and for all items together. The bounds are conventions: 0.2 standard
      deviations are the least effect that Nye and others (2019) call small. The answers cannot tell an item that is understood otherwise from one
      whose subject changed by itself; the latter is what an attribution by item is after.

    References
    ----------
    Austin, P. C. (2009). Balance diagnostics for comparing the distribution of baseline covariates between treatment groups in propensity-score
    matched samples. *Statistics in Medicine* 28, 3083-3107.
    Nye, C. D., Bradburn, J., Olenick, J., Bialko, C. and Drasgow, F. (2019). How big are my effects? Examining the magnitude of effect sizes in
    studies of measurement equivalence. *Organizational Research Methods* 22, 678-709.
    Rubin, D. B. (2001). Using propensity scores to help design observational studies: application to the tobacco litigation. *Health Services and
    Outcomes Research Methodology* 2, 169-188.
    Steenkamp, J.-B. E. M. and Baumgartner, H. (1998). Assessing measurement invariance in cross-national consumer research. *Journal of Consumer
    Research* 25, 78-90.

    Examples
    --------
    >>> from kepuasan import load_sample
    >>> found = comparability(load_sample("users"), "2020", "2022", mix=["sex", "age"])
    >>> found.loc[0, ["aspect", "severity", "item", "base", "current"]].tolist()
    ['frame', 'serious', 'stratum', 37, 6]
    >>> found.loc[0, "advice"][:98]
    "Different frames: 37 groups of 'stratum' against 6; 31 asked in '2020' only (87.6 % of its weight)"
    """
    pair = paired(survey, base, current, spec)
    if frame is not None:
        survey.require([frame])
    columns = characteristics(pair, frame) if mix is None else item_names(mix, "mix")
    survey.require(columns)
    findings = [
        *frame_findings(pair, frame),
        *mode_findings(pair),
        *scale_findings(pair, columns),
        *wording_findings(pair),
        *mix_findings(pair, columns),
        *missing_findings(pair, list(dict.fromkeys([*pair.items, *columns]))),
        *invariance_findings(pair),
    ]
    return table(findings)
