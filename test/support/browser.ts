/** Tests of what a person sees in a real Chromium: skipped with a word on how to get one, and in CI never skipped. */
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, describe, vi } from "vitest";
import { findChromium, launchChromium, type Visitor, visitorOf, wayToGetOne } from "./chromium.ts";

/**
 * Describes what is seen in a real browser. `tests` gets a way to open visitors; the one browser of the file starts with
 * the first of them. Without a Chromium the tests are skipped with a line that says how to get one; in CI they fail.
 */
export function describeInBrowser(
  what: string,
  tests: (visit: (options?: BrowserContextOptions) => Promise<Visitor>) => void,
): void {
  const wanted = findChromium() !== null || process.env.CI === "true";
  if (!wanted) process.stderr.write(`Skipped, there is no browser here: ${what}. ${wayToGetOne}\n`);
  // A browser shares the machine with the other tests.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
  describe.runIf(wanted)(what, () => {
    let browser: Promise<Browser> | null = null;
    afterAll(async () => (await browser)?.close());
    tests(async (options) => {
      browser ??= launchChromium();
      return visitorOf(await browser, options);
    });
  });
}
