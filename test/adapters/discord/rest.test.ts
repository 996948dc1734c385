import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainRendering, renderPart } from "../../../adapters/discord/render.ts";
import { bodyOf, componentIdOf, nonceOf, restOptions } from "../../../adapters/discord/rest.ts";
import { saying } from "../../../src/platform/parts.ts";

const deliveries = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 64 });

describe("the label of a message", () => {
  it("is a nonce that Discord takes, and the id of a component, the same every time", () => {
    fc.assert(
      fc.property(deliveries, fc.nat(50), (delivery, piece) => {
        const label = { delivery, piece };
        expect(nonceOf(label)).toMatch(/^[\w-]{25}$/);
        expect(nonceOf({ ...label })).toBe(nonceOf(label));
        expect(componentIdOf(label)).toBeGreaterThan(0);
        expect(componentIdOf(label)).toBeLessThan(2 ** 31);
      }),
    );
  });

  it("is another for each message of each delivery", () => {
    const labels = ["i1", "i2", "m1", "i1-shared"].flatMap((delivery) =>
      Array.from({ length: 50 }, (_, piece) => ({ delivery, piece })),
    );
    expect(new Set(labels.map(nonceOf)).size).toBe(labels.length);
    expect(new Set(labels.map(componentIdOf)).size).toBe(labels.length);
  });

  it("stands on the first component, and what is ours alone is not sent", () => {
    const [message] = renderPart(saying("So it is."), plainRendering);
    const label = { delivery: "i1", piece: 0 };
    expect(bodyOf(message!, label)).toEqual({
      flags: 32_772,
      allowed_mentions: { parse: [], replied_user: false },
      components: [{ type: 10, content: "So it is.", id: componentIdOf(label) }],
    });
  });
});

describe("discord.js's REST client", () => {
  it("repeats nothing by itself, and tells pauses that are too long to wait for", async () => {
    const { retries, rejectOnRateLimit, api } = restOptions({ apiUrl: null });
    expect(retries).toBe(0);
    expect(api).toBeUndefined();
    const rejects = rejectOnRateLimit as (about: { retryAfter: number; sublimitTimeout: number }) => boolean;
    const rejected = [59_000, 61_000, 0].map((retryAfter) => rejects({ retryAfter, sublimitTimeout: 0 }));
    expect(rejected).toEqual([false, true, true]);
  });
});
