"""A real assistant over four short texts about invented cities, for walks through the drafting desk."""

import tempfile
from pathlib import Path

from assistant.config import Settings
from assistant.service import Assistant, open_assistant
from tests.assistant.fake_assistant import SCRIPT

EAST = """东陵市节能减排工作方案
一、主要目标
到2027年，全市单位地区生产总值能耗比2022年下降14.5%。
二、重点任务
（一）挥发性有机物治理。推进涂装、印刷行业低挥发性原料源头替代。由市经信局牵头开展一轮排查。
三、保障措施
加强宣传引导，定期通报工作进展。"""

WEST = """西浦市节能减排实施方案
（征求意见稿）
一、主要目标
到2027年，全市单位地区生产总值能耗比2022年下降16%以上。
二、重点行动
（一）挥发性有机物治理行动。推进涂装、印刷行业低挥发性原料源头替代。由市工信局牵头开展两轮排查。每年公布名录。"""

SOUTH = f"""南汀市节能减排工作方案
一、挥发性有机物治理
推进涂装、印刷行业低挥发性原料源头替代{SCRIPT}。"""

NORTH = """北原市政务服务工作方案
一、办事环节
企业开办一次办结，证照联办。"""

TEXTS = {"东陵.txt": EAST, "西浦.txt": WEST, "南汀.txt": SOUTH, "北原.txt": NORTH}

_folder = tempfile.TemporaryDirectory()  # gone when the process that serves the page ends


def desk() -> Assistant:
    """The assistant, its index built."""
    folder = Path(_folder.name)
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    assistant = open_assistant(Settings(library=folder / "library"))
    assert [each.status for each in assistant.add([folder / name for name in TEXTS])] == ["added"] * len(TEXTS)
    assistant.refresh()
    return assistant
