"""Questions put, and for models with the help ``+repair`` put again with what the compiler says of the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from algorand_coder.evaluate.answering import Model, Question
from algorand_coder.evaluate.config import EvaluateConfig
from algorand_coder.evaluate.judging import Answer
from algorand_coder.evaluate.models import Spec
from algorand_coder.evaluate.problems import Problem
from algorand_coder.evaluate.prompts import conversation, repair
from algorand_coder.generate.chat import Conversation, with_answer
from algorand_coder.pipeline.progress import Progress
from algorand_coder.records import Candidate, Outcome, Verdict, default_filename
from algorand_coder.syntax.answers import extract_code

Check = Callable[[Sequence[Candidate]], Sequence[Verdict]]
MAX_FINDINGS = 8
NO_CODE = "There is no TypeScript in the answer."


@dataclass(frozen=True, slots=True)
class Given:
    """An answer with the whole conversation before it; tokens, dollars and seconds are those of all rounds."""

    problem: Problem
    conversation: Conversation
    answer: Answer


def ask(  # noqa: PLR0917
    model: Model, spec: Spec, problems: Sequence[Problem], config: EvaluateConfig, check: Check, progress: Progress
) -> list[Given]:
    """Every sample of an answer to every problem, problem by problem.

    ``check`` is the compiler's half of the verifier: it sees the answer and the given context, never the problem's
    harness, so that no round learns how an answer will be judged.
    """
    questions = [
        (problem, Question(conversation(problem, config.statement, documentation=spec.documentation), sample))
        for problem in problems
        for sample in range(config.samples)
    ]
    answers = model.answer([question for _, question in questions], f"answers of {spec.label}", progress)
    given = [
        Given(problem, question.conversation, answer)
        for (problem, question), answer in zip(questions, answers, strict=True)
    ]
    for number in range(config.repair_rounds if spec.repair else 0):
        findings = _findings(given, check)
        if not findings:
            break
        again = [
            Question(
                [*with_answer(given[index].conversation, given[index].answer.text), repair(said)],
                given[index].answer.sample,
            )
            for index, said in findings.items()
        ]
        made = model.answer(again, f"answers of {spec.label}, repair {number + 1}", progress)
        for index, question, answer in zip(findings, again, made, strict=True):
            given[index] = Given(given[index].problem, question.conversation, _summed(given[index].answer, answer))
    return given


def _findings(given: Sequence[Given], check: Check) -> dict[int, str]:
    """What the compiler says, by the index of each answer that it refuses."""
    found: dict[int, str] = {}
    candidates: dict[int, Candidate] = {}
    for index, each in enumerate(given):
        code = extract_code(each.answer.text, each.problem.exports)
        if each.answer.error:
            continue
        if not code:
            found[index] = NO_CODE
            continue
        header = each.problem.header
        entry = default_filename(header.kind)
        candidates[index] = Candidate({**each.problem.context, entry: code}, entry, header.kind, header.target)
    for index, verdict in zip(candidates, check(list(candidates.values())), strict=True):
        if verdict.outcome is Outcome.FAILED:
            found[index] = _lines(verdict)
    return dict(sorted(found.items()))


def _lines(verdict: Verdict) -> str:
    lines = []
    for finding in verdict.diagnostics[:MAX_FINDINGS]:
        lines.append(f"{finding.file}:{finding.line}:{finding.column} {finding.code} {finding.message}")
        if finding.hint:
            lines.append(f"  hint: {finding.hint}")
    return "\n".join(lines)


def _summed(before: Answer, answer: Answer) -> Answer:
    return replace(
        answer,
        prompt_tokens=before.prompt_tokens + answer.prompt_tokens,
        completion_tokens=before.completion_tokens + answer.completion_tokens,
        dollars=before.dollars + answer.dollars,
        seconds=before.seconds + answer.seconds,
    )
