import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const script = join(import.meta.dirname, "..", "..", "scripts", "demo-digest.ts");

describe("the demonstration of a digest", () => {
  it("goes from feeds on loopback to the terminal, Slack and Discord, with what was there already left out", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script]);
    const [, , slack, discord, why] = stdout.split(/^── (?=dateline digest preview|the same|dateline digest why)/m);
    expect(stdout).toContain("News digest, ");
    for (const shown of [slack!, discord!]) {
      expect(shown).toContain("The figures differ: ");
      expect(shown).toContain("(in the thread, 1 of 5)");
      expect(shown).not.toContain("parking fees");
    }
    expect(discord).toContain("### [Fertiliser blast shakes Elmouth harbour](<http://127.0.0.1:");
    expect(why).toMatch(/Already there when their feed was added: 1 report\s+- Elmouth council debates parking fees/);
  }, 120_000);
});
