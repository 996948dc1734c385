/** Lets axe look over the page that is open: what it finds is what a test expects to be nothing. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Every rule of WCAG 2.2 A and AA, and axe's own best practices. */
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const contrast = ["color-contrast", "link-in-text-block"];

/**
 * What axe finds on the open page, a line each: the rule, what it is about, and where. Empty when there is nothing. With
 * `contrast` only what depends on the colours is looked at.
 */
export async function axeFindings(
  page: Page,
  scope: "everything" | "contrast" = "everything",
): Promise<readonly string[]> {
  // Given to the page by the debugger, so that the page's own policy stays as strict as it is.
  await page.evaluate(source);
  const run = `axe.run(document, { runOnly: ${JSON.stringify(scope === "contrast" ? contrast : tags)}, resultTypes: ["violations"] })`;
  const { violations } = (await page.evaluate(run)) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}
