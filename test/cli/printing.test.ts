import { PassThrough, Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { layoutOf, printingTo } from "../../src/cli/printing.ts";
import { colourTheme, plainTheme } from "../../src/reply/plain-text.ts";

describe("how output is laid out", () => {
  it("has colour on a terminal only, and not where it is not wanted", () => {
    expect(layoutOf({ isTTY: true, columns: 80 }, false).theme).toBe(colourTheme);
    expect(layoutOf({ isTTY: true, columns: 80 }, true).theme).toBe(plainTheme);
    expect(layoutOf({}, false).theme).toBe(plainTheme);
  });

  it("is as wide as the terminal, but never so wide that it is hard to read", () => {
    const width = (columns: number) => layoutOf({ isTTY: true, columns }, false).width;
    expect([40, 80, 100, 250, 0].map(width)).toEqual([40, 80, 100, 100, 80]);
    expect(layoutOf({ columns: 40 }, false).width).toBe(80);
  });
});

describe("printing", () => {
  it("waits for a slow reader", async () => {
    const accepted: (() => void)[] = [];
    const output = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => void accepted.push(done) });
    const print = printingTo({ output, signal: new AbortController().signal });
    let printed = false;
    const printing = print("a long line").then(() => {
      printed = true;
    });
    await new Promise(setImmediate);
    expect(printed).toBe(false);
    accepted.shift()!();
    await printing;
  });

  it("waits no longer once nobody reads, and prints no more", async () => {
    const output = new PassThrough({ highWaterMark: 1 });
    const end = new AbortController();
    const print = printingTo({ output, signal: end.signal });
    const printing = print("never read");
    end.abort("unread");
    await printing;
    output.destroy();
    await print("nor this");
  });
});
