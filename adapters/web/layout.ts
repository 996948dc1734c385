/** The frame of every page: head, skip link, masthead, main, foot. */
import { icon, script, stylesheet } from "./assets.ts";
import { html, line, type Markup } from "./markup.ts";

/** A page before it stands in its frame. */
export interface Page {
  /** For the window's title; the name of the site follows it. */
  readonly title: string;
  /** Which entry of the masthead this page belongs to. */
  readonly section: Section | null;
  readonly main: Markup;
}

const sections = [
  { name: "ask", path: "/", label: "Ask" },
  { name: "documents", path: "/documents", label: "Documents" },
  { name: "digests", path: "/digests", label: "Digests" },
  { name: "feeds", path: "/feeds", label: "Feeds" },
] as const;
export type Section = (typeof sections)[number]["name"];

/** The page in its frame; `base` is the path under which the pages are opened, without a slash at its end. */
export function framed({ title, section, main }: Page, base: string): Markup {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${line(title)} – Dateline</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${base}${icon.path}" type="image/svg+xml">
<link rel="stylesheet" href="${base}${stylesheet.path}">
<script type="module" src="${base}${script.path}"></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="masthead">
<a class="wordmark" href="${base}/">Dateline</a>
<nav aria-label="Pages">
${sections.map(({ name, path, label }) => html`<a href="${base}${path}"${name === section ? html` aria-current="page"` : ""}>${label}</a>`)}
</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot"><p>Every claim is a citation. What the documents do not say is not said here.</p></footer>
</body>
</html>`;
}
