import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { chartData, chartMarkup } from "../../../adapters/web/chart.ts";
import type { DayCount } from "../../../src/ports.ts";

const now = Date.parse("2026-03-03T12:00:00Z");
const count = (day: string, outlet: string | null, items: number): DayCount => ({ day, outlet, items });

describe("the chart of what feeds brought", () => {
  it("has a column for every day, also those without items, and the largest outlet first", () => {
    const data = chartData(
      [count("2026-03-03", "B", 2), count("2026-03-01", "A", 5), count("2026-03-01", null, 1)],
      now,
      3,
    );
    expect(data).toEqual({
      outlets: ["A", "B", "outlet not given"],
      columns: [
        { day: "2026-03-01", items: [5, 0, 1] },
        { day: "2026-03-02", items: [0, 0, 0] },
        { day: "2026-03-03", items: [0, 2, 0] },
      ],
    });
  });

  it("counts the outlets beyond the sixth together, and days outside not at all", () => {
    const many = Array.from({ length: 9 }, (_, i) => count("2026-03-03", `O${i}`, 10 - i));
    const data = chartData([...many, count("2026-01-01", "O0", 99)], now, 2);
    expect(data.outlets).toEqual(["O0", "O1", "O2", "O3", "O4", "O5", "other outlets"]);
    expect(data.columns[1]!.items).toEqual([10, 9, 8, 7, 6, 5, 4 + 3 + 2]);
  });

  it("draws each figure inside the plot, as high as it is large, and says all of them in a table", () => {
    const data = chartData(
      [count("2026-03-03", "A <b>", 40), count("2026-03-03", "B", 20), count("2026-03-02", "B", 10)],
      now,
      2,
    );
    const { document } = parseHTML(`<main>${chartMarkup(data)}</main>`);
    const bars = [...document.querySelectorAll("svg[role=img] rect")].map((bar) => ({
      y: Number(bar.getAttribute("y")),
      height: Number(bar.getAttribute("height")),
      said: bar.querySelector("title")!.textContent,
    }));
    expect(bars.map(({ said }) => said)).toEqual([
      "2 March 2026, B: 10 items",
      "3 March 2026, A <b>: 40 items",
      "3 March 2026, B: 20 items",
    ]);
    for (const { y, height } of bars) {
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(220);
    }
    expect(bars[1]!.height / bars[0]!.height).toBeCloseTo(4, 0);
    expect([...document.querySelectorAll("tbody tr")].map((row) => row.textContent)).toEqual([
      "3 March 2026402060",
      "2 March 202601010",
    ]);
    expect(document.querySelector("b")).toBeNull();
  });

  it("says so where nothing came in", () => {
    expect(String(chartMarkup(chartData([], now, 14)))).toContain("Nothing has come in by feed in the last 14 days.");
  });
});
