"""Several waves as one survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.design import BoundDesign, Labels, bind_labels
from kepuasan.errors import DataError, DesignError, some
from kepuasan.survey import Survey

if TYPE_CHECKING:
    from kepuasan.numerics.adjustments import Adjustment

__all__ = ["stack_waves"]


def stack_waves(waves: Mapping[Any, Survey], *, shared_psu: bool = False) -> Survey:
    """Several waves as one survey, with the column ``wave``.

    Parameters
    ----------
    waves : mapping of label to Survey
        In order. All must use the same single-PSU rule; their codebooks must agree on every item both have.
    shared_psu : bool
        False: waves are independent samples, strata are kept apart by wave. True: equal stratum and PSU codes are the same PSUs in
        every wave (a panel, or repeated samples in fixed units), so that the waves' estimates covary.

    Returns
    -------
    Survey
        Rows of all waves, in order; an item asked in one wave only is missing in the others.

    Raises
    ------
    DataError
        Fewer than two waves, a wave that is no Survey, a column ``wave`` already there.
    DesignError
        Different single-PSU rules or numbers of stages; shared_psu without psu columns, or with a wave that shares none.

    Examples
    --------
    >>> import pandas as pd
    >>> one = Survey(pd.DataFrame({"speed": [3, 4, 2, 4]}))
    >>> len(stack_waves({"2020": one, "2022": one}))
    8
    """
    _check_waves(waves)
    surveys = list(waves.values())
    frames = [survey.frame.assign(**{WAVE: label}) for label, survey in waves.items()]
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[[WAVE, *(name for name in frame.columns if name != WAVE)]]
    codebook = surveys[0].codebook
    for label, survey in list(waves.items())[1:]:
        codebook = codebook.merged(survey.codebook, where=f"wave {label!r}")
    by_wave = {label: _wave_labels(label, survey, shared=shared_psu) for label, survey in waves.items()}
    if shared_psu:
        _check_shared(by_wave)
    labels = _stacked_labels(list(by_wave.values()))
    design = _with_steps(bind_labels(surveys[0].design.declaration, labels, len(frame)), waves)
    domain = None
    if any(survey.domain is not None for survey in surveys):
        domain = np.concatenate([np.ones(len(survey.frame), dtype=bool) if survey.domain is None else survey.domain for survey in surveys])
    return Survey.assembled(frame, codebook, design, domain)


def _with_steps(design: BoundDesign, waves: Mapping[Any, Survey]) -> BoundDesign:
    """The stacked design with the weights and weighting steps of every wave, each on its own rows."""
    adjustments: list[Adjustment] = []
    first = 0
    for survey in waves.values():
        adjustments.extend(step.shifted(first) for step in survey.design.adjustments)
        first += len(survey.frame)
    history = tuple({**step, WAVE: label} for label, survey in waves.items() for step in survey.design.history)
    weights = np.concatenate([survey.design.weights for survey in waves.values()])
    return replace(design, weights=weights, base=design.weights, adjustments=tuple(adjustments), history=history)


def _check_waves(waves: Mapping[Any, Survey]) -> None:
    if not isinstance(waves, Mapping):
        raise DataError(f"waves are a mapping of label to Survey, not {type(waves).__name__}; write {{'2020': survey, '2022': survey}}")
    if len(waves) < 2:
        raise DataError(f"{len(waves)} waves are given; stacking needs two or more, such as {{'2020': survey, '2022': survey}}")
    for label, survey in waves.items():
        if not isinstance(survey, Survey):
            raise DataError(f"wave {label!r} is {type(survey).__name__}, not a Survey")
        if WAVE in survey.frame.columns:
            raise DataError(f"the data of wave {label!r} have a column {WAVE!r} already; drop or rename it before stacking")
    texts = [str(label) for label in waves]
    if len(set(texts)) < len(texts):
        twice = some(sorted({text for text in texts if texts.count(text) > 1}))
        raise DataError(f"two waves are labelled {twice}; waves are told apart by the text of their label")
    _check_designs(waves)


def _check_designs(waves: Mapping[Any, Survey]) -> None:
    for label, survey in waves.items():
        if survey.design.replication is not None:
            raise DesignError(
                f"wave {label!r} has replicates, which are those of one sample; stack the waves first, then add_replicates to the whole, "
                "or estimate each wave by itself and join(..., independent_designs=True)"
            )
    rules = {survey.design.declaration.single_psu for survey in waves.values()}
    if len(rules) > 1:
        raise DesignError(f"the waves use different single-PSU rules ({some(sorted(rules))}); declare the same one in each")
    stages = {(len(s.design.declaration.columns("psu")) or 1, len(s.design.declaration.columns("fpc"))) for s in waves.values()}
    if len({psu for psu, _ in stages}) > 1:
        raise DesignError(
            f"the waves have different numbers of sampling stages ({some(sorted(psu for psu, _ in stages))}); declare the same number in each"
        )


def _wave_labels(label: Any, survey: Survey, *, shared: bool) -> Labels:
    """The design's labels of one wave, its first-stage strata kept apart by the wave unless PSUs are shared."""
    given, n_rows = survey.design.labels, len(survey.frame)
    if shared and not given.psu:
        raise DesignError(f"shared_psu=True says that PSUs are the same in all waves, but wave {label!r} has no psu column; declare Design(psu=...)")
    first = [column.reset_index(drop=True) for column in given.strata[0]] if given.strata else [pd.Series(np.zeros(n_rows))]
    if not shared:
        first.insert(0, pd.Series([label] * n_rows))
    later = tuple(tuple(column.reset_index(drop=True) for column in stage) for stage in given.strata[1:])
    psu = tuple(column.reset_index(drop=True) for column in given.psu)
    return Labels(survey.design.base, (tuple(first), *later), psu, given.fpc, pd.RangeIndex(n_rows))


def _check_shared(waves: Mapping[Any, Labels]) -> None:
    """Refuse a wave none of whose PSUs is a PSU of another wave, though they are said to be shared."""
    units = {
        label: set(pd.DataFrame(dict(enumerate([*one.strata[0], one.psu[0]]))).drop_duplicates().itertuples(index=False, name=None))
        for label, one in waves.items()
    }
    for label, mine in units.items():
        others = set().union(*(theirs for other, theirs in units.items() if other != label))
        if not mine & others:
            raise DesignError(
                f"shared_psu=True says that PSUs are the same in all waves, but wave {label!r} has no stratum and PSU of another wave: "
                f"its codes are such as {some(sorted(mine, key=str), 1)}, theirs such as {some(sorted(others, key=str), 1)}; "
                "write the codes alike (numbers or text) in all waves, or leave shared_psu out"
            )


def _stacked_labels(waves: Sequence[Labels]) -> Labels:
    """The labels of all waves one after another: a wave without units of a stage has its rows there, one without fpc an infinite population."""
    sizes = [len(wave.strata[0][0]) for wave in waves]
    strata = tuple(
        tuple(
            pd.concat(columns, ignore_index=True)
            for columns in zip(*(_stage_strata(wave, stage, n) for wave, n in zip(waves, sizes, strict=True)), strict=True)
        )
        for stage in range(max(len(wave.strata) for wave in waves))
    )
    psu = tuple(
        pd.concat(
            [wave.psu[stage] if stage < len(wave.psu) else pd.Series(range(n)) for wave, n in zip(waves, sizes, strict=True)], ignore_index=True
        )
        for stage in range(max(len(wave.psu) for wave in waves))
    )
    fpc = tuple(
        np.concatenate([wave.fpc[stage] if stage < len(wave.fpc) else np.full(n, np.inf) for wave, n in zip(waves, sizes, strict=True)])
        for stage in range(max(len(wave.fpc) for wave in waves))
    )
    return Labels(np.concatenate([wave.weight for wave in waves]), strata, psu, fpc, pd.RangeIndex(sum(sizes)))


def _stage_strata(wave: Labels, stage: int, n_rows: int) -> tuple[pd.Series[Any], ...]:
    return wave.strata[stage] if stage < len(wave.strata) else (pd.Series(np.zeros(n_rows)),)
