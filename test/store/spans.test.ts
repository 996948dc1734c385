import fc from "fast-check";
import { expect, it } from "vitest";
import { packSpans, unpackSpans } from "../../src/store/spans.ts";

it("keeps spans through packing", () => {
  const offset = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.array(fc.record({ start: offset, end: offset }, { noNullPrototype: true })), (spans) => {
      expect(unpackSpans(packSpans(spans))).toEqual(spans);
      const within = new Uint8Array([1, ...packSpans(spans)]).subarray(1);
      expect(unpackSpans(within)).toEqual(spans);
    }),
  );
});
