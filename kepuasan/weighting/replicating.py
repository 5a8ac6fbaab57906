"""Replicates made from the design."""

from __future__ import annotations

import hashlib
import warnings
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from kepuasan.design import Replication, check_fay_rho
from kepuasan.errors import DataWarning, DesignError, choose
from kepuasan.numerics.replication import Factors, balanced, bootstrap, jackknife, successive_differences
from kepuasan.numerics.spread import ReplicateRule
from kepuasan.survey import Survey, require_survey
from kepuasan.weighting.steps import require_whole

if TYPE_CHECKING:
    from kepuasan.design import BoundDesign
    from kepuasan.numerics.totals import Floats, Integers

__all__ = ["add_replicates", "replicate_weights"]

Method = Literal["jk1", "jkn", "brr", "fay", "bootstrap", "sdr"]
METHODS: tuple[Method, ...] = ("jk1", "jkn", "brr", "fay", "bootstrap", "sdr")
_LARGEST = 2_000_000_000


def add_replicates(survey: Survey, method: Method, *, n: int | None = None, seed: int | None = None, fay_rho: float | None = None) -> Survey:
    """The survey with errors from replicates instead of linearisation.

    Parameters
    ----------
    survey : Survey
        The whole sample, with its strata and units. Weighting steps taken before and after are done again in every replicate.
    method : {"jk1", "jkn", "brr", "fay", "bootstrap", "sdr"}
        Jackknife without and with strata, balanced repeated replication and Fay's way of it (two units a stratum), the bootstrap of Rao and
        Wu, successive differences in the order of the unit codes.
    n : int, optional
        Replicates: 500 for the bootstrap, the least power of two that serves for "brr", "fay" and "sdr"; jackknives have one a unit and take no n.
    seed : int, optional
        For the bootstrap; drawn and kept in the history where it is not given. Each stratum has its own stream.
    fay_rho : float, optional
        For "fay": from 0 to below 1.

    Returns
    -------
    Survey
        Every estimate from it has replicates; degrees of freedom are those of the design.

    Raises
    ------
    DesignError
        Strata where "jk1" knows none; strata without exactly two units where halves are taken; factors too many to keep.
    ChoiceError
        An unknown method.

    Warns
    -----
    DataWarning
        Finite populations after the first stage, which replicates of first-stage units leave out.

    Notes
    -----
    Replicates are centred at their mean. The first stage's sampling fraction f enters: squared gaps of jackknives are multiplied by 1 - f, and
    factors of the other methods deviate from 1 by sqrt(1 - f) times as much. Factors are kept by unit (units x replicates). Replicates that cannot
    meet the targets of a weighting step, or leave a domain empty, are left out with a warning; outside the jackknife the others stand for them.

    References
    ----------
    Wolter, K. M. (2007). *Introduction to Variance Estimation*, 2nd ed. Springer.
    Rao, J. N. K. and Wu, C. F. J. (1988). Resampling inference with complex survey data. *JASA* 83, 231-241.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey, mean
    >>> survey = add_replicates(Survey(pd.DataFrame({"speed": [3, 4, 2, 4]})), "jk1")
    >>> round(float(mean(survey, "speed").se[0]), 6)
    0.478714
    """
    survey = require_whole(survey, "add_replicates")
    choose("method", method, METHODS)
    design = survey.design
    if design.replication is not None:
        raise DesignError("the survey has replicates already; start from the survey without them")
    _check(method, n, seed, fay_rho)
    stratum, fraction = design.psu_stratum, design.fractions
    _check_strata(design, method, stratum)
    number = _number(method, stratum, fraction, n)
    size = 8 * len(stratum) * number + (number**2 if method in ("brr", "fay", "sdr") else 0)
    if size > _LARGEST:
        raise DesignError(
            f"{method} replicates of {len(stratum):,} units take {size / 1e9:.1f} GB; use linearisation, fewer replicates, "
            "or declare the units that were sampled"
        )
    if method == "bootstrap" and seed is None:
        seed = int(np.random.SeedSequence().generate_state(1)[0])
    if len(design.rule.stages) > 1:
        warnings.warn(
            f"{method} replicates are of first-stage units, so that finite populations of later stages count for nothing and errors come out "
            "too small; linearisation takes all stages, and leaving out the first fpc too is the cautious way",
            DataWarning,
            stacklevel=2,
        )
    if method == "sdr" and number <= len(stratum):
        warnings.warn(
            f"{number} replicates are no more than the {len(stratum):,} sampled units, so that units share rows of the matrix "
            "and errors are approximate",
            DataWarning,
            stacklevel=2,
        )
    made = _made(method, design, n, seed, fay_rho)
    unit = None if design.unit is None and len(stratum) == len(design.weights) else design.row_psu()
    rule = ReplicateRule(made.scale, mse=False, resampled=method not in ("jk1", "jkn"), drawn=method == "bootstrap")
    replication = Replication(made.factor, unit, rule, method, given=False)
    step: dict[str, Any] = {"step": "add_replicates", "method": method, "replicates": len(made.scale), "seed": seed, "fay_rho": fay_rho}
    return Survey.assembled(survey.frame, survey.codebook, design.with_replication(replication, step), None, survey.wave_codebooks)


def replicate_weights(survey: Survey) -> pd.DataFrame:
    """The replicate weights of a survey as columns, for files and other programs.

    Parameters
    ----------
    survey : Survey
        With replicates, made or given. Of a domain, only its rows.

    Returns
    -------
    DataFrame (rows, replicates)
        Columns ``replicate_1``, ``replicate_2``, ...: full weights, every weighting step done again. To read them back name their scales:
        ``Replicates(columns, method="other", rscales=survey.design.replication.rule.scale)``.

    Raises
    ------
    DesignError
        A survey without replicates.

    Examples
    --------
    >>> import pandas as pd
    >>> from kepuasan import Survey
    >>> replicate_weights(add_replicates(Survey(pd.DataFrame({"speed": [3, 4, 2]})), "jk1"))["replicate_1"].to_list()
    [0.0, 1.5, 1.5]
    """
    require_survey(survey)
    if survey.design.plan is None:
        raise DesignError("the survey has no replicates; make them: add_replicates(survey, ...)")
    weights = np.vstack(list(survey.design.plan.weights(survey.design.weights))).T
    table = pd.DataFrame(weights, index=survey.frame.index, columns=[f"replicate_{number}" for number in range(1, weights.shape[1] + 1)])
    return table if survey.domain is None else table[survey.domain]


def _check(method: Method, n: int | None, seed: int | None, fay_rho: float | None) -> None:
    check_fay_rho(method, fay_rho)
    if seed is not None and method != "bootstrap":
        raise DesignError(f"seed is given, but {method!r} draws nothing; it belongs to the bootstrap")
    if seed is not None and (isinstance(seed, bool) or not isinstance(seed, (int, np.integer)) or seed < 0):
        raise DesignError(f"seed is {seed!r}; give a whole number of 0 or more")
    if n is None:
        return
    if method in ("jk1", "jkn"):
        raise DesignError(f"n is given, but {method!r} has one replicate a unit")
    if not isinstance(n, (int, np.integer)) or n < 2 or (method != "bootstrap" and n & (n - 1)):
        raise DesignError(f"n is {n!r}; give a whole number from 2" + ("" if method == "bootstrap" else " that is a power of two"))


def _check_strata(design: BoundDesign, method: Method, stratum: Integers) -> None:
    size = np.bincount(stratum)
    if method == "jk1" and len(size) > 1:
        raise DesignError(f'the design has {len(size)} strata, which "jk1" knows nothing of; use method="jkn"')
    if (size < 2).all():
        raise DesignError("no stratum of the design has two sampled units, so that there is nothing to replicate; merge strata")
    if method in ("brr", "fay"):
        wrong = np.flatnonzero(size != 2)
        if wrong.size:
            raise DesignError(
                f"{method!r} takes halves, but {wrong.size} of {len(size)} strata have other than two sampled units: "
                f'{"; ".join(design.stratum_names(wrong[:4]))}; use method="jkn" or "bootstrap"'
            )
    if (size == 1).any() and design.lone_strata.any() and design.declaration.single_psu not in ("certainty", "remove"):
        design.require_variance()
        raise DesignError(
            f"strata with one sampled unit have no replicates: {'; '.join(design.stratum_names(np.flatnonzero(design.lone_strata)[:4]))}; "
            'merge them with similar strata, or declare Design(single_psu="certainty")'
        )


def _streams(design: BoundDesign, seed: int) -> list[np.random.Generator]:
    """A stream for each stratum, spawned from the seed by the stratum's name: other strata do not change its draws."""
    names = (hashlib.blake2b(name.encode(), digest_size=16).digest() for name in design.stratum_names())
    keys = (tuple(int(word) for word in np.frombuffer(name, dtype=np.uint32)) for name in names)
    return [np.random.default_rng(np.random.SeedSequence(seed, spawn_key=key)) for key in keys]


def _number(method: Method, stratum: Integers, fraction: Floats, n: int | None) -> int:
    usual = {"bootstrap": 500, "jk1": len(stratum), "jkn": len(stratum), "sdr": 1 << len(stratum).bit_length()}
    least = {"brr": 1 << len(fraction).bit_length(), "fay": 1 << len(fraction).bit_length(), "sdr": 4}.get(method, 2)
    if n is not None and n < least:
        raise DesignError(f"n is {n}; {method!r} with {len(fraction)} strata needs {least} replicates or more")
    return n or usual.get(method, least)


def _made(method: Method, design: BoundDesign, n: int | None, seed: int | None, fay_rho: float | None) -> Factors:
    stratum, fraction = design.psu_stratum, design.fractions
    if method in ("jk1", "jkn"):
        return jackknife(stratum, fraction)
    if method == "bootstrap":
        return bootstrap(stratum, fraction, n or 500, _streams(design, int(seed or 0)))
    if method == "sdr":
        return successive_differences(stratum, fraction, n)
    return balanced(stratum, fraction, fay_rho or 0.0, n)
