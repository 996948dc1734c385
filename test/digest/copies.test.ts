import { describe, expect, it } from "vitest";
import { independentOutlets, originals } from "../../src/digest/copies.ts";
import { type Report, readReport } from "../../src/digest/report.ts";
import { createTermReader } from "../../src/digest/terms.ts";
import { type LabelledItem, readLabelledItems } from "../support/labelled-items.ts";
import { storedDocument } from "../support/stored.ts";

const reader = createTermReader();
const reportOf = ({
  id,
  title,
  text,
  outlet,
  published,
  origin = null,
}: Partial<LabelledItem> & { origin?: string | null }): Report =>
  readReport(
    {
      document: storedDocument({
        id: id!,
        text: text!,
        meta: { title: title!, outlet: outlet ?? null, published: published ?? null, origin },
      }),
      arrivedAt: Date.parse("2026-12-01"),
      byFeed: true,
      baseline: false,
    },
    reader,
    [],
  );

/** Each copy, and whether it was taken for one: within its story, in order of time. */
function recognised(half: "development" | "held-out") {
  const stories = Map.groupBy(readLabelledItems(half).items, ({ story }) => story);
  let [found, wrong, missed] = [0, 0, 0];
  for (const items of stories.values()) {
    const inTime = items.toSorted((a, b) => a.published.localeCompare(b.published));
    const first = originals(inTime.map(reportOf));
    for (const [at, item] of inTime.entries()) {
      if (first[at] !== at && item.copy) found++;
      else if (first[at] !== at) wrong++;
      else if (item.copy && inTime.some((other, before) => before < at && !other.copy)) missed++;
    }
  }
  return { found, wrong, missed };
}

describe("telling who carries a text", () => {
  it.each(["development", "held-out"] as const)(
    "knows the copies of the %s half, and takes nothing else for one",
    (half) => {
      const { found, wrong, missed } = recognised(half);
      expect({ wrong, missed }).toEqual({ wrong: 0, missed: 0 });
      expect(found).toBeGreaterThan(15);
    },
  );

  it("takes a report that names its source for that source's", () => {
    const own = reportOf({
      id: "1",
      title: "A",
      text: "The dam at Orla holds, engineers said on Monday.",
      outlet: "Agency",
    });
    const credited = reportOf({
      id: "2",
      title: "B",
      text: "No danger from the Orla dam.",
      outlet: "Star",
      origin: "agency",
    });
    expect(originals([own, credited])).toEqual([0, 0]);
  });

  it("does not compare texts of a few words", () => {
    const short = (id: string) => reportOf({ id, title: "T", text: "More soon.", outlet: id });
    expect(originals([short("1"), short("2")])).toEqual([0, 1]);
  });
});

describe("counting independent outlets", () => {
  const from = (outlet: string | null, id: string) =>
    reportOf({ id, title: id, text: id, ...(outlet === null ? {} : { outlet }) });

  it.each([
    ["one text in three outlets once", ["A", "B", "C"], [0, 0, 0], 1],
    ["three texts of three outlets thrice", ["A", "B", "C"], [0, 1, 2], 3],
    ["two texts of one outlet once", ["A", "A"], [0, 1], 1],
    ["an outlet that carries a wire text and has its own report, besides the wire", ["Wire", "B", "B"], [0, 0, 2], 2],
    ["documents that name no outlet, each", [null, null], [0, 1], 2],
  ] as const)("counts %s", (_name, outlets, first, count) => {
    expect(
      independentOutlets(
        outlets.map((outlet, at) => from(outlet, `r${at}`)),
        first,
      ),
    ).toBe(count);
  });

  it("pairs texts and outlets so that as many as can count", () => {
    // The text of A and B could be A's, but then A's own would count for nobody.
    const reports = ["A", "B", "A"].map((outlet, at) => from(outlet, `r${at}`));
    expect(independentOutlets(reports, [0, 0, 2])).toBe(2);
  });
});
