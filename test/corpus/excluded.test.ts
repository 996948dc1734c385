import fc from "fast-check";
import { expect, it } from "vitest";
import { blankExcluded } from "../../src/corpus/excluded.ts";

it("blanks what is excluded unit for unit, wherever a slice begins and ends", () => {
  const gaps = fc.array(fc.tuple(fc.nat(4), fc.integer({ min: 1, max: 4 })), { maxLength: 8 });
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), gaps, fc.nat(40), fc.nat(40), (text, list, x, y) => {
      let at = 0;
      const excluded = list.map(([gap, length]) => {
        const start = at + gap;
        at = start + length;
        return { start, end: at };
      });
      const [start, end] = [Math.min(x, y, text.length), Math.min(Math.max(x, y), text.length)];
      const units = Array.from({ length: end - start }, (_, i) => {
        const inside = excluded.some((span) => start + i >= span.start && start + i < span.end);
        return inside ? " " : text[start + i];
      });
      expect(blankExcluded(text, start, end, excluded)).toBe(units.join(""));
    }),
  );
});
