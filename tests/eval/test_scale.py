import json
from pathlib import Path

from click.testing import CliRunner

from eval.scale import main

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"


def test_every_figure_is_printed(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    rows = [json.dumps({"query": question}) for question in ("秸秆焚烧谁管", "挥发性有机物治理", "油烟扰民怎么办") * 4]
    (tmp_path / "questions" / "written.jsonl").write_text("\n".join(rows), encoding="utf-8")
    result = CliRunner().invoke(main, [str(SAMPLES), "--shared", str(tmp_path), "--questions", "10"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "文件 5 件" in result.output
    assert "作答 find " in result.output
    assert "相同的比例：1.0000（10 问）" in result.output
