"""What a reader says of a citation, 有用 or 不对, and why the search brought it. The markup is made by pure functions."""

import json
from collections.abc import Mapping
from html import escape

from assistant.types import Answer, Citation
from assistant.web.fault import told as told_of
from assistant.web.gone import trouble
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError
from index.evidence import explained

_NAMES = {True: "有用", False: "不对"}


def why_found(citation: Citation) -> str:
    """Why the search brought this clause, folded away; "" for a clause that was looked up."""
    if citation.why is None:
        return ""
    return f'<details class="why"><summary>为什么</summary><p>{escape(explained(citation.why))}</p></details>'


def judge_buttons(citation: Citation, said: bool | None) -> str:
    """Two buttons, of which the one that was said is pressed; what became of a click is told beside them."""
    buttons = "".join(
        f'<button type="button" data-judge="{citation.n}" data-good="{json.dumps(good)}" '
        f'aria-pressed="{json.dumps(said is good)}">{name}</button>'
        for good, name in _NAMES.items()
    )
    return (
        f'<span class="tools judge" role="group" aria-label="第 {citation.n} 条出处对这个问题" '
        f'data-clause="{escape(citation.clause)}">{buttons}<span class="judged" role="status"></span></span>'
    )


def said_of(service: PolicyService, question: str) -> dict[str, bool]:
    """What was said of clauses for this question before, by clause id; {} where the library cannot be read."""
    try:
        return {mark.clause: mark.good for mark in service.marks() if mark.question == question}
    except PolicyError:
        return {}


def judged(service: PolicyService, answer: Answer | None, data: object) -> str:
    """Keeps, changes or takes back what is said of a citation of the answer; JSON for the page.

    data: what the browser sent, `n` of the citation and `good`: true, false, or null to take it back.
    The JSON: `n`, `clause`, `good` as it is now (absent where nothing was changed), and `told`, a sentence for the reader.
    """
    asked = data if isinstance(data, Mapping) else {}
    n, good = asked.get("n"), asked.get("good")
    cited = next((c for c in answer.citations if c.n == n), None) if answer else None
    if answer is None or cited is None or not (good is None or isinstance(good, bool)):
        return json.dumps({"n": n if isinstance(n, int) else 0, "told": "未能记下，请重新提问后再试。"}, ensure_ascii=False)
    where = {"n": cited.n, "clause": cited.clause}
    try:
        _keep(service, answer.question, cited.clause, good)
    except PolicyError as error:
        return json.dumps(
            {**where, "told": f"未能记下：{trouble(service, error, cited.document, clause=cited.clause)}"}, ensure_ascii=False
        )
    except Exception as error:
        return json.dumps({**where, "told": told_of(error, "未能记下")}, ensure_ascii=False)
    return json.dumps({**where, "good": good, "told": "已撤销" if good is None else "已记下"}, ensure_ascii=False)


def _keep(service: PolicyService, question: str, clause: str, good: bool | None) -> None:
    if good is not None:
        service.mark(question, clause, good=good)
        return
    for mark in service.marks():
        if (mark.question, mark.clause) == (question, clause):
            service.unmark(mark.number)
