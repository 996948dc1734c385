/**
 * Takes the pictures of the pages that README.md and the documents show, into docs/screenshots.
 *
 * usage: node scripts/screenshots.ts
 */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium, visitorOf } from "../test/support/chromium.ts";
import { openWebPages, type WebPages } from "../test/support/every-page.ts";

/** How a page is looked at. */
interface View {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

const desk: View = { width: 1040, height: 680, colorScheme: "light" };
const night: View = { ...desk, colorScheme: "dark" };
const phone: View = { width: 320, height: 640, colorScheme: "light" };

/** The pictures: which page, and how; the light one at a desk bears the page's name alone. */
const pictures: readonly (readonly [string, string, View])[] = [
  ...[
    "home",
    "answer",
    "decline",
    "in-slack",
    "in-discord",
    "document",
    "documents",
    "digests",
    "digest",
    "feeds",
    "login",
  ].map((name) => [name, name, desk] as const),
  ["comparison", "comparison", desk],
  ["answer-dark", "answer", night],
  ["document-dark", "document", night],
  ["answer-phone", "answer", phone],
  ["document-phone", "document", phone],
];

async function take(browser: Browser, url: string, view: View, path: string): Promise<void> {
  const { width, height, colorScheme } = view;
  const visitor = await visitorOf(browser, { viewport: { width, height }, colorScheme });
  await visitor.page.goto(url, { waitUntil: "networkidle" });
  await visitor.page.screenshot({ path });
  await visitor.context.close();
}

const folder = join(import.meta.dirname, "..", "docs", "screenshots");
mkdirSync(folder, { recursive: true });
for (const old of readdirSync(folder).filter((name) => name.endsWith(".png"))) rmSync(join(folder, old));
const shown: WebPages = await openWebPages();
const browser = await launchChromium();
try {
  for (const [picture, name, view] of pictures) {
    const page = shown.pages.find((one) => one.name === name)!;
    await take(browser, page.url, view, join(folder, `${picture}.png`));
  }
} finally {
  await browser.close();
  await shown.close();
}
