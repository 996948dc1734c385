import { describe, expect, it } from "vitest";
import { bCubed } from "../support/bcubed.ts";
import { clustered, compare } from "../support/clustering.ts";
import { type LabelledItem, readLabelledItems } from "../support/labelled-items.ts";

const development = readLabelledItems("development").items;
const heldOut = readLabelledItems("held-out").items;
const days = (items: readonly LabelledItem[]) =>
  [...new Set(items.map(({ published }) => published.slice(0, 10)))].map((day): [string, readonly LabelledItem[]] => [
    day,
    items.filter(({ published }) => published.startsWith(day)),
  ]);

describe("the labelled news items", () => {
  const all = [...development, ...heldOut];

  it("are more than 300, of more than 60 stories that several outlets report", () => {
    const sizes = Map.groupBy(all, ({ story }) => story);
    expect(all.length).toBeGreaterThanOrEqual(300);
    expect([...sizes.values()].filter((items) => items.length > 1).length).toBeGreaterThanOrEqual(60);
    expect(
      [...sizes.values()].filter((items) => new Set(items.map(({ outlet }) => outlet)).size < items.length - 1),
    ).toEqual([]);
  });

  it("have no story in both halves, and no text twice", () => {
    const held = new Set(heldOut.map(({ story }) => story));
    expect(development.filter(({ story }) => held.has(story))).toEqual([]);
    expect(new Set(all.map(({ title, text }) => `${title} ${text}`)).size).toBe(all.length);
  });
});

describe("clustering by event", () => {
  it.each([
    ["the half it was made on", development],
    ["the half that was held out", heldOut],
    ["both halves together", [...development, ...heldOut]],
  ])("reaches BCubed F1 0.90 and beats single-pass TF-IDF at its best threshold on %s", async (name, items) => {
    const { ours, baseline, stories } = await compare(items);
    console.log(
      `${name}: ${items.length} items, ${stories} stories; BCubed F1 ${ours.f1.toFixed(3)} ` +
        `(precision ${ours.precision.toFixed(3)}, recall ${ours.recall.toFixed(3)}); ` +
        `single pass ${baseline.f1.toFixed(3)} at ${baseline.threshold}`,
    );
    expect(ours.f1).toBeGreaterThanOrEqual(0.9);
    expect(ours.f1).toBeGreaterThan(baseline.f1);
  });

  it.each(days(heldOut))("does as well on a window as small as a day: %s", async (_day, items) => {
    expect(
      bCubed(
        items.map(({ story }) => story),
        await clustered(items),
      ).f1,
    ).toBeGreaterThanOrEqual(0.9);
  });

  it("gives the same groups whatever the order of the items", async () => {
    const groupsOf = async (items: readonly LabelledItem[]) => {
      const clusters = await clustered(items);
      const groups = Map.groupBy(items.keys(), (at) => clusters[at]!);
      return new Set(
        [...groups.values()].map((group) =>
          group
            .map((at) => items[at]!.id)
            .sort()
            .join(" "),
        ),
      );
    };
    expect(await groupsOf(development.toReversed())).toEqual(await groupsOf(development));
  });

  it("keeps apart what shares its topic and its words, but not its place", async () => {
    const clusters = await clustered(development);
    const of = (story: string) =>
      new Set(development.flatMap((item, at) => (item.story === story ? [clusters[at]] : [])));
    for (const [one, other] of [
      ["vellin-flood", "ellery-cyclone"],
      ["brandauer-tarvos", "okello-tarvos"],
      ["brandauer-tarvos", "brandauer-oronta"],
      ["halvard-nurses", "halvard-teachers"],
      ["venn-trial", "gravenmoor-mayor"],
      ["hochwasser-lahnbach", "hochwasser-tiefenau"],
    ] as const)
      expect(
        [...of(one)].filter((cluster) => of(other).has(cluster)),
        `${one}, ${other}`,
      ).toEqual([]);
  });
});

describe("BCubed", () => {
  it("is one for the labels themselves, and counts both kinds of mistake", () => {
    expect(bCubed(["a", "a", "b"], [1, 1, 2])).toEqual({ precision: 1, recall: 1, f1: 1 });
    expect(bCubed(["a", "a", "b", "b"], [1, 1, 1, 1])).toMatchObject({ precision: 0.5, recall: 1 });
    expect(bCubed(["a", "a", "b", "b"], [1, 2, 3, 4])).toMatchObject({ precision: 1, recall: 0.5 });
  });
});
