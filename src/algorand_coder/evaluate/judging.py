"""From a model's answer to a row: code found, judged together with its harness, outcome at every level."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from algorand_coder.evaluate.problems import Problem
from algorand_coder.generate.chat import Conversation
from algorand_coder.records import Candidate, Diagnostic, Level, LevelResult, Outcome, Verdict
from algorand_coder.syntax.answers import extract_code

LEVELS = tuple(Level)
NO_CODE = "answer/no-code"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model gave back to one question."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    finish: str
    """``stop`` at the model's own end, ``length`` where the token limit cut it, ``refusal``; ``none``: no answer."""
    sample: int = 0
    """Which of several answers to the same question."""
    error: str = ""
    """Why there is no answer, by a fault of the infrastructure; empty otherwise."""
    served: str = ""
    """The model that an endpoint says has answered."""
    dollars: float = 0.0
    seconds: float = 0.0
    """From the question to the answer, where one question is answered at a time."""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A row of ``answers.parquet``: everything needed to score again without the model."""

    problem: str
    model: str
    """``base``, ``tuned``, or what else was chosen as a model."""
    category: str
    difficulty: str
    kind: str
    family: str
    seen: bool
    prompt: str
    """What the user's turn said."""
    messages: str
    """The whole conversation as JSON."""
    answer: str
    code: str
    """The code found in the answer; empty when there is none."""
    parse: str
    """Outcome of the level: passed, failed (here or earlier), unjudged; empty where the level does not apply."""
    types: str
    compile: str
    deploy: str
    behave: str
    verdict: Verdict
    prompt_tokens: int
    completion_tokens: int
    finish: str
    sample: int = 0
    served: str = ""
    dollars: float = 0.0
    seconds: float = field(default=0.0, compare=False)
    """Wall time; never written into rows."""

    @property
    def solved(self) -> bool:
        """Whether the answer passed everything that was asked of it."""
        reached = [outcome for level in LEVELS if (outcome := self.outcome(level))]
        return bool(reached) and reached[-1] == Outcome.PASSED.value

    def outcome(self, level: Level) -> str:
        """The outcome at ``level``."""
        found: str = getattr(self, level.value)
        return found


def judge_answers(
    model: str,
    questions: Sequence[tuple[Problem, Conversation]],
    answers: Sequence[Answer],
    judge: Callable[[Sequence[Candidate]], Sequence[Verdict]],
    deepest: Level = Level.BEHAVE,
) -> list[AnswerRow]:
    """Judge ``answers`` to ``questions``, in order. An answer without code fails to parse and is not sent on; a
    question that the infrastructure left without an answer is unjudged.

    ``deepest`` is how far ``judge`` looks; deeper levels are left out of the rows.
    """
    codes = [
        extract_code(answer.text, problem.exports) for (problem, _), answer in zip(questions, answers, strict=True)
    ]
    candidates = [problem.candidate(code) for (problem, _), code in zip(questions, codes, strict=True)]
    sent = [index for index, code in enumerate(codes) if code]
    verdicts = {
        index: _unanswered(candidates[index], answer.error) if answer.error else _no_code(candidates[index])
        for index, answer in enumerate(answers)
        if not codes[index]
    }
    verdicts.update(zip(sent, judge([candidates[index] for index in sent]), strict=True))
    return [
        _row(model, questions[index], answers[index], codes[index], verdicts[index], deepest)
        for index in range(len(questions))
    ]


def outcomes(problem: Problem, verdict: Verdict, deepest: Level = Level.BEHAVE) -> dict[Level, str]:
    """The outcome at each level that applies to ``problem``; a failure or a gap counts for every level after it.

    A contract that only its check can create (``verify.deploy``) was deployed when it behaves, and otherwise was not;
    where no check is run, nothing is known of its deployment, which then does not apply.
    """
    found: dict[Level, str] = {}
    carried = ""
    judged = {result.level: result.outcome.value for result in verdict.levels}
    if deepest == Level.BEHAVE:
        judged.setdefault(Level.DEPLOY, judged.get(Level.BEHAVE, Outcome.UNJUDGED.value))
    for level in problem.levels:
        if level.depth > deepest.depth:
            break
        if level == Level.DEPLOY and level not in judged and not carried:
            continue
        outcome = carried or judged.get(level, Outcome.UNJUDGED.value)
        found[level] = outcome
        if outcome != Outcome.PASSED.value:
            carried = outcome
    return found


def _row(  # noqa: PLR0917
    model: str,
    question: tuple[Problem, Conversation],
    answer: Answer,
    code: str,
    verdict: Verdict,
    deepest: Level,
) -> AnswerRow:
    problem, conversation = question
    header = problem.header
    found = outcomes(problem, verdict, deepest)
    return AnswerRow(
        problem=problem.id,
        model=model,
        category=header.category.value,
        difficulty=header.difficulty,
        kind=header.kind.value,
        family=header.family,
        seen=problem.seen,
        prompt=conversation[-1]["content"],
        messages=json.dumps(list(conversation), ensure_ascii=False),
        answer=answer.text,
        code=code,
        parse=found.get(Level.PARSE, ""),
        types=found.get(Level.TYPES, ""),
        compile=found.get(Level.COMPILE, ""),
        deploy=found.get(Level.DEPLOY, ""),
        behave=found.get(Level.BEHAVE, ""),
        verdict=verdict,
        prompt_tokens=answer.prompt_tokens,
        completion_tokens=answer.completion_tokens,
        finish=answer.finish,
        sample=answer.sample,
        served=answer.served,
        dollars=answer.dollars,
        seconds=answer.seconds,
    )


def _unanswered(candidate: Candidate, error: str) -> Verdict:
    return Verdict(candidate.key, (LevelResult(Level.PARSE, Outcome.UNJUDGED, reason=f"no answer: {error}"),))


def _no_code(candidate: Candidate) -> Verdict:
    finding = Diagnostic(Level.PARSE, candidate.entry, 0, 0, NO_CODE, "the answer holds no TypeScript")
    return Verdict(candidate.key, (LevelResult(Level.PARSE, Outcome.FAILED, (finding,)),))
