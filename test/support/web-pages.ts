/** The pages without a server: over a newsroom, each opened as a document to look into. */
import { parseHTML } from "linkedom";
import { createPages, type PagesOptions } from "../../adapters/web/pages.ts";
import type { Newsroom } from "../../src/ports.ts";
import { createLogLines } from "./log-lines.ts";

/** A page as it came. */
export interface OpenedPage {
  readonly status: number;
  readonly text: string;
  /** What the page says in an element, white space as it is; null where there is no such element. */
  said(selector: string): string | null;
  /** The same of every such element, in order. */
  all(selector: string): readonly string[];
  /** An attribute of the first such element. */
  attribute(selector: string, name: string): string | null;
}

export interface PagesUnderTest {
  open(path: string): Promise<OpenedPage>;
  /** The same address, asked for as JSON. */
  json(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** What was logged. */
  readonly log: ReturnType<typeof createLogLines>;
}

/** The pages over `newsroom`, at the root and on 3 March 2026, noon UTC, unless told otherwise. */
export function pagesOver(newsroom: Newsroom, options: Partial<PagesOptions> = {}): PagesUnderTest {
  const log = createLogLines();
  const runtime = { now: () => Date.parse("2026-03-03T12:00:00Z") };
  const app = createPages(newsroom, { base: "", previews: [], runtime, logger: log.logger, ...options });
  return {
    log,
    async open(path) {
      const answer = await app.request(path, { headers: { accept: "text/html" } });
      const text = await answer.text();
      const { document } = parseHTML(text);
      return {
        status: answer.status,
        text,
        said: (selector) => document.querySelector(selector)?.textContent ?? null,
        all: (selector) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent ?? ""),
        attribute: (selector, name) => document.querySelector(selector)?.getAttribute(name) ?? null,
      };
    },
    async json(path) {
      const answer = await app.request(path, { headers: { accept: "application/json" } });
      return { status: answer.status, body: await answer.json() };
    },
  };
}
