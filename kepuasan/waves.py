"""Several waves, or populations, as one survey."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from kepuasan.columns import WAVE
from kepuasan.design import BoundDesign, Labels, bind_labels
from kepuasan.errors import DataError, DesignError, some
from kepuasan.survey import RESERVED, Survey

if TYPE_CHECKING:
    from kepuasan.codebook import Codebook
    from kepuasan.numerics.adjustments import Adjustment

__all__ = ["stack_waves"]


def stack_waves(waves: Mapping[Any, Survey], *, shared_psu: bool = False, column: str = WAVE) -> Survey:
    """Several waves as one survey, with the column ``wave``; or several populations, with a column of another name.

    Parameters
    ----------
    waves : mapping of label to Survey
        In order. All must use the same single-PSU rule; their codebooks must agree on every item both have.
    shared_psu : bool
        False: waves are independent samples, strata are kept apart by wave. True: equal stratum and PSU codes are the same PSUs in
        every wave (a panel, or repeated samples in fixed units), so that the waves' estimates covary.
    column : str
        The column that holds the labels. Populations asked the same questions stack by one of their own, each with the waves it has:
        ``stack_waves({"users": users, "admins": admins}, column="population")``.

    Returns
    -------
    Survey
        Rows of all waves, in order; an item asked in one wave only is missing in the others. ``wave_codebooks`` keeps what each wave asked; where
        populations are stacked, what all of them asked in each wave.

    Raises
    ------
    DataError
        Fewer than two waves, a wave that is no Survey, a column of that name already there.
    CodebookError
        Waves that read the same codes in two ways: other scales, types, directions or missing codes.
    DesignError
        Different single-PSU rules or numbers of stages; shared_psu without psu columns, or with a wave that shares none.

    Examples
    --------
    >>> import pandas as pd
    >>> one = Survey(pd.DataFrame({"speed": [3, 4, 2, 4]}))
    >>> len(stack_waves({"2020": one, "2022": one}))
    8

    Users against officers on the same questions, each a sample of its own:

    >>> from kepuasan import mean
    >>> officers = Survey(pd.DataFrame({"speed": [4, 4, 3, 4]}))
    >>> both = stack_waves({"users": one, "officers": officers}, column="population")
    >>> mean(both, "speed", by="population").contrast({"population": "officers"}, {"population": "users"}).value
    array([0.5])
    """
    _check_waves(waves, column)
    surveys = list(waves.values())
    frames = [survey.frame.assign(**{column: label}) for label, survey in waves.items()]
    frame = pd.concat(frames, ignore_index=True)
    frame = frame[[column, *(name for name in frame.columns if name != column)]]
    codebook = _merged({label: survey.codebook for label, survey in waves.items()}, column)
    by_wave = {label: _wave_labels((column, label), survey, shared=shared_psu) for label, survey in waves.items()}
    if shared_psu:
        _check_shared(by_wave)
    labels = _stacked_labels(list(by_wave.values()))
    design = _with_steps(bind_labels(surveys[0].design.declaration, labels, len(frame)), waves, column)
    domain = None
    if any(survey.domain is not None for survey in surveys):
        domain = np.concatenate([np.ones(len(survey.frame), dtype=bool) if survey.domain is None else survey.domain for survey in surveys])
    return Survey.assembled(frame, codebook, design, domain, _codebooks(waves, column))


def _merged(codebooks: Mapping[Any, Codebook], column: str) -> Codebook:
    """One codebook for all, the first one's labels before the others'."""
    (_, merged), *others = codebooks.items()
    for label, codebook in others:
        merged = merged.merged(codebook, where=f"{column} {label!r}")
    return merged


def _codebooks(waves: Mapping[Any, Survey], column: str) -> dict[Any, Codebook]:
    """The codebook of each wave; where populations are stacked, those of all populations that have the wave as one."""
    if column == WAVE:
        return {label: survey.codebook for label, survey in waves.items()}
    labels = dict.fromkeys(wave for survey in waves.values() for wave in survey.wave_codebooks)
    having = {wave: {label: one.wave_codebooks[wave] for label, one in waves.items() if wave in one.wave_codebooks} for wave in labels}
    return {wave: _merged(codebooks, column) for wave, codebooks in having.items()}


def _with_steps(design: BoundDesign, waves: Mapping[Any, Survey], column: str) -> BoundDesign:
    """The stacked design with the weights and weighting steps of every wave, each on its own rows."""
    adjustments: list[Adjustment] = []
    first = 0
    for survey in waves.values():
        adjustments.extend(step.shifted(first) for step in survey.design.adjustments)
        first += len(survey.frame)
    history = tuple({**step, column: label} for label, survey in waves.items() for step in survey.design.history)
    weights = np.concatenate([survey.design.weights for survey in waves.values()])
    return replace(design, weights=weights, base=design.weights, adjustments=tuple(adjustments), history=history)


def _check_waves(waves: Mapping[Any, Survey], column: str) -> None:
    if not isinstance(column, str) or column in RESERVED:
        why = "is a column of every table of results" if isinstance(column, str) else "is no text"
        raise DataError(f'column is {column!r}, which {why}; give the column of the labels a name such as "wave" or "population"')
    if not isinstance(waves, Mapping):
        raise DataError(f"waves are a mapping of label to Survey, not {type(waves).__name__}; write {{'2020': survey, '2022': survey}}")
    if len(waves) < 2:
        raise DataError(f"{len(waves)} waves are given; stacking needs two or more, such as {{'2020': survey, '2022': survey}}")
    for label, survey in waves.items():
        if not isinstance(survey, Survey):
            raise DataError(f"{column} {label!r} is {type(survey).__name__}, not a Survey")
        if column in survey.frame.columns:
            other = '; to stack populations that have waves each, name another column: column="population"' if column == WAVE else ""
            raise DataError(f"the data of {column} {label!r} have a column {column!r} already; drop or rename it before stacking{other}")
    texts = [str(label) for label in waves]
    if len(set(texts)) < len(texts):
        twice = some(sorted({text for text in texts if texts.count(text) > 1}))
        raise DataError(f"two waves are labelled {twice}; waves are told apart by the text of their label")
    _check_designs(waves, column)


def _check_designs(waves: Mapping[Any, Survey], column: str) -> None:
    for label, survey in waves.items():
        if survey.design.replication is not None:
            raise DesignError(
                f"{column} {label!r} has replicates, which are those of one sample; stack the waves first, then add_replicates to the whole, "
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


def _wave_labels(wave: tuple[str, Any], survey: Survey, *, shared: bool) -> Labels:
    """The design's labels of one wave (column, label), its first-stage strata kept apart by the wave unless PSUs are shared."""
    column, label = wave
    given, n_rows = survey.design.labels, len(survey.frame)
    if shared and not given.psu:
        raise DesignError(
            f"shared_psu=True says that PSUs are the same in all waves, but {column} {label!r} has no psu column; declare Design(psu=...)"
        )
    first = [codes.reset_index(drop=True) for codes in given.strata[0]] if given.strata else [pd.Series(np.zeros(n_rows))]
    if not shared:
        first.insert(0, pd.Series([label] * n_rows))
    later = tuple(tuple(codes.reset_index(drop=True) for codes in stage) for stage in given.strata[1:])
    psu = tuple(codes.reset_index(drop=True) for codes in given.psu)
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
    strata = tuple(_stage_strata(waves, stage, sizes) for stage in range(max(len(wave.strata) for wave in waves)))
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


def _stage_strata(waves: Sequence[Labels], stage: int, sizes: Sequence[int]) -> tuple[pd.Series[Any], ...]:
    """The strata columns of a stage one after another: a wave with fewer columns, or none, has one code in those it lacks."""
    given = [wave.strata[stage] if stage < len(wave.strata) else () for wave in waves]
    width = max(1, *(len(columns) for columns in given))
    padded = [(*columns, *[pd.Series(np.zeros(n))] * (width - len(columns))) for columns, n in zip(given, sizes, strict=True)]
    return tuple(pd.concat(columns, ignore_index=True) for columns in zip(*padded, strict=True))
