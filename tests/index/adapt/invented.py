"""A library in which things stand together that stand together nowhere else, so that there is something to learn."""

from pathlib import Path

import numpy as np

from corpus.store import Library
from tests.fakes import store

CLAUSES = 240
# what headings are about, and what their clauses then speak of
WORLD = {
    "海洋牧场": ("邮政网点", "冰雪运动", "婚姻登记"),
    "烟花爆竹": ("气象观测", "盲道铺设", "种子仓库"),
    "殡葬服务": ("广播电视", "桥梁检测", "奶业振兴"),
    "档案数字化": ("防汛沙袋", "羊毛收购", "图书借阅"),
    "森林防火": ("出租汽车", "食盐储备", "听力筛查"),
    "彩票公益金": ("渡口改造", "蚕桑基地", "考场安全"),
    "夜间经济": ("地名标志", "血液采集", "农机检修"),
    "退役士兵": ("水库清淤", "戏曲进校", "粮食烘干"),
}


def open_invented(folder: Path) -> Library:
    """CLAUSES clauses in ten documents: a heading on one thing, two sentences on what WORLD says goes with it."""
    rng = np.random.default_rng(7)
    library, things = Library(folder), list(WORLD)
    rows = []
    for n in range(CLAUSES):
        thing = things[n % len(things)]
        first, second = rng.permutation(WORLD[thing])[:2]
        rows.append((str(n), f"{thing}第{n}项", f"加强{first}第{n}组。推进{second}第{n}批。"))
    for n in range(10):
        store(library, f"d{n}", None, rows[n::10])
    return library
