"""The parts of pages that are no more than markup."""

from __future__ import annotations

from alexnet.ui import components


def test_a_table_has_a_twin_for_the_printer_with_every_cell_as_it_is_shown(monkeypatch):
    sent: dict[str, object] = {}
    monkeypatch.setattr(components.st, "dataframe", lambda rows, **_: sent.update(rows=rows))
    monkeypatch.setattr(components.st, "html", lambda markup: sent.update(markup=markup))
    rows = [{"run": "<b>one</b>", "accuracy": 86.94}, {"run": "two", "accuracy": None}]
    components.data_table(rows, formats={"accuracy": "%.1f %%"})
    assert sent["rows"] == rows
    markup = str(sent["markup"])
    assert markup.count("<tr>") == 3 and "print-only" in markup
    assert "<td>&lt;b&gt;one&lt;/b&gt;</td><td>86.9 %</td>" in markup
    assert "<td>two</td><td></td>" in markup
