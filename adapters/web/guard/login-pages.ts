/** The login as markup: the form, the way out, and the page that leads on. */
import { icon } from "../assets.ts";
import { html, type Markup } from "../markup.ts";

/** A path of these pages to go on to; anything else, whatever it looks like, becomes the first page. */
export function ownPath(wanted: unknown, base: string): string {
  const first = `${base}/`;
  // Browsers take a backslash for a slash and drop tabs and line ends; no path of ours holds any of them. What begins with
  // two slashes has another origin, and what becomes two slashes once dots are resolved would have it in a browser.
  if (typeof wanted !== "string" || !/^\/[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return first;
  const origin = "http://pages.invalid";
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : null;
  return url && url.origin === origin && !url.pathname.startsWith("//")
    ? `${url.pathname}${url.search}${url.hash}`
    : first;
}

/** What the login form is made from. */
export interface LoginForm {
  /** The path under which the pages are opened, without a slash at its end. */
  readonly base: string;
  /** Where to go on to. */
  readonly next: string;
  readonly sessionMs: number;
  /** What was wrong with the last try, or null. */
  readonly wrong: string | null;
  /** The browser does not say whether another site led here, so that it may have kept its cookie back. */
  readonly unsure: boolean;
}

/** The form. */
export function loginForm({ base, sessionMs, next, wrong, unsure }: LoginForm): Markup {
  const faulty = wrong === null ? "" : html` aria-invalid="true" aria-describedby="wrong"`;
  return html`<h1>Log in</h1>
<p class="lede">This Dateline asks for a password. It holds for ${Math.round(sessionMs / 3_600_000)} hours in this browser.</p>
<form class="ask" method="post" action="${base}/login">
${wrong === null ? "" : html`<p class="wrong" role="alert" id="wrong"><strong>${wrong}</strong></p>`}
<input type="hidden" name="next" value="${next}">
<label for="password">Password</label>
<div class="field"><input id="password" name="password" type="password" autocomplete="current-password" required autofocus${faulty}><button type="submit">Log in</button></div>
</form>
${unsure ? html`<p>If you are logged in already and came here from another site: <a href="${by(next, base)}">open the page again</a>.</p>` : ""}`;
}

/** What somebody who is logged in sees, with the way out. */
export function wayOut(base: string): Markup {
  return html`<h1>You are logged in</h1>
<p class="lede">This browser shows the pages until you log out, or until the password is asked for again.</p>
<form class="ask" method="post" action="${base}/logout">
<div class="field"><button type="submit">Log out</button></div>
</form>`;
}

/** Where somebody who is logged in is sent on from. By way of it, because the same address again would only scroll. */
function by(next: string, base: string): string {
  return `${base}/login?next=${encodeURIComponent(next)}`;
}

/** A page that goes on by itself: the browser then sends the cookie that it kept back from another site's link. */
export function again(next: string, base: string): Markup {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Opening – Dateline</title>
<meta http-equiv="refresh" content="0;url=${by(next, base)}">
<link rel="icon" href="${base}${icon.path}" type="image/svg+xml">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"></head>
<body><main><h1>Opening</h1><p><a href="${by(next, base)}">Go on to the page</a></p></main></body></html>`;
}
