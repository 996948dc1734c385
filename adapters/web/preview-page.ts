/** An answer as it looks on the other platforms and as data, each behind a line that opens it, with the JSON to copy. */
import type { Answer } from "../../src/answer/answer.ts";
import { inertJson } from "../../src/reply/inert.ts";
import type { Reply } from "../../src/reply/reply.ts";
import { html, type Markup } from "./markup.ts";
import type { Preview } from "./preview.ts";
import { drawSlack } from "./slack-preview.ts";

const platforms = { slack: "Slack", discord: "Discord" } as const;
const drawings = { slack: drawSlack, discord: drawSlack } as const;

function jsonMarkup(id: string, label: string, value: unknown): Markup {
  return html`<div class="json"><p class="bar"><span id="${id}-label">${label}</span> <button type="button" data-copies="${id}" hidden>Copy</button></p>
<pre id="${id}" tabindex="0" role="region" aria-labelledby="${id}-label">${inertJson(value, 2)}</pre></div>`;
}

/** How `reply` looks on a platform: its payloads drawn, and as JSON. */
export function previewMarkup({ platform, payloads }: Preview, reply: Reply): Markup {
  const made = payloads(reply);
  return html`<details class="preview">
<summary>How this looks in ${platforms[platform]}</summary>
${drawings[platform](made)}
${jsonMarkup(`${platform}-json`, `What ${platforms[platform]} is sent`, [...made.main, ...made.thread])}
</details>`;
}

/** The answer as `ask --json` prints it. */
export function dataMarkup(answer: Answer): Markup {
  return html`<details class="preview">
<summary>This answer as data</summary>
<p class="hint">The same address gives it to programs that ask for <code>application/json</code>.</p>
${jsonMarkup("answer-json", "The answer", answer)}
</details>`;
}
