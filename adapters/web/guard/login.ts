/** The one cookie there is, and the page that gives it to whoever knows the password. */
import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";
import { framed } from "../layout.ts";
import type { Caller } from "./addresses.ts";
import type { Allowance } from "./allowance.ts";
import { again, loginForm, ownPath, wayOut } from "./login-pages.ts";
import { prefersJson, type Refusal, refusalJson, refuse } from "./refusal.ts";
import type { Sessions } from "./session.ts";

export interface LoginDeps {
  readonly sessions: Sessions;
  /** Wrong passwords that are still allowed, by address and for everybody. */
  readonly each: Allowance;
  readonly all: Allowance;
  /** The path under which the pages are opened, without a slash at its end. */
  readonly base: string;
  readonly sessionMs: number;
  readonly longestBody: number;
}

export interface Login {
  /** Whether the request shows that the password was given. */
  admits(c: Context, caller: Caller): boolean;
  /** What a request without it gets: the form, or a word on how programs log in. */
  ask(c: Context, caller: Caller): Response | Promise<Response>;
  /** Answers the form. */
  enter(c: Context, caller: Caller): Promise<Response>;
  /** Sends somebody who is logged in on to the page that was wanted; without one, shows the way out. */
  inside(c: Context): Response | Promise<Response>;
  /** Ends the session in this browser. */
  leave(c: Context, caller: Caller): Response;
}

const everybody = "*";

const loggedOut: Refusal = {
  status: 401,
  code: "password-needed",
  heading: "Log in",
  sentence: "This Dateline asks for a password. Programs send it as “Authorization: Bearer PASSWORD”.",
};

/** The browser's own word for it where there is one, else the address of the page that sent the form. */
function isFromHere(c: Context): boolean {
  const site = c.req.header("sec-fetch-site");
  if (site !== undefined) return site === "same-origin";
  const origin = c.req.header("origin") ?? "";
  return URL.canParse(origin) && new URL(origin).host === c.req.header("host");
}

/** Makes the login. */
export function createLogin({ sessions, each, all, base, sessionMs, longestBody }: LoginDeps): Login {
  // The prefix binds the cookie to this host over https; browsers refuse it elsewhere.
  const cookieName = (secure: boolean) => (secure ? "__Host-dateline" : "dateline");

  function keep(c: Context, caller: Caller, value: string, maxAge: number): void {
    const attributes = { path: "/", httpOnly: true, sameSite: "Strict", secure: caller.secure, maxAge } as const;
    setCookie(c, cookieName(caller.secure), value, attributes);
  }

  function tooMany(c: Context, waitMs: number): Response | Promise<Response> {
    const seconds = Math.ceil(waitMs / 1000);
    c.header("Retry-After", String(seconds));
    const sentence = `There were too many wrong passwords. Try again in ${seconds} seconds.`;
    return refuse(c, { status: 429, code: "too-many-passwords", heading: "Not now", sentence }, base);
  }

  /** Compares, within what may be tried: true, false, or how long to wait. */
  function tried(given: string, { key }: Caller): boolean | number {
    const waitMs = each.spend(key) || all.spend(everybody);
    if (waitMs > 0) return waitMs;
    if (!sessions.isPassword(given)) return false;
    each.refund(key);
    all.refund(everybody);
    return true;
  }

  const page = (c: Context, next: string, wrong: string | null, status: 200 | 401) => {
    const unsure = c.req.header("sec-fetch-site") === undefined;
    c.header("Cache-Control", "no-store");
    return c.html(
      framed({ title: "Log in", section: null, main: loginForm({ base, sessionMs, next, wrong, unsure }) }, base),
      status,
    );
  };

  return {
    admits(c, caller) {
      const bearer = /^Bearer (.+)$/i.exec(c.req.header("authorization") ?? "")?.[1];
      // Headers arrive as bytes, one a character.
      if (bearer !== undefined) return tried(Buffer.from(bearer, "latin1").toString("utf8"), caller) === true;
      const value = getCookie(c, cookieName(caller.secure));
      return value !== undefined && sessions.holds(value);
    },
    ask(c) {
      c.header("WWW-Authenticate", 'Bearer realm="Dateline"');
      c.header("Vary", "Accept, Cookie");
      c.header("Cache-Control", "no-store");
      if (prefersJson(c)) return c.json(refusalJson(loggedOut), 401);
      const url = new URL(c.req.url);
      const path = url.pathname.startsWith(`${base}/`) ? url.pathname : `${base}${url.pathname}`;
      // What follows # stays in the browser; a page of quoted words opens at them.
      const here = ownPath(`${path}${url.search}${url.searchParams.has("start") ? "#cited" : ""}`, base);
      // A strict cookie stays at home when another site's link leads here, so somebody logged in would be asked again.
      const fromElsewhere = ["cross-site", "same-site"].includes(c.req.header("sec-fetch-site") ?? "");
      if (fromElsewhere && c.req.header("sec-fetch-mode") === "navigate") return c.html(again(here, base), 401);
      return page(c, path === `${base}/login` ? ownPath(url.searchParams.get("next"), base) : here, null, 401);
    },
    async enter(c, caller) {
      if (!isFromHere(c)) {
        const sentence = "That form was sent from another site. Open the page you want here and log in there.";
        return refuse(c, { status: 403, code: "cross-site", heading: "Not from here", sentence }, base);
      }
      const length = Number(c.req.header("content-length") ?? Number.NaN);
      if (!(length <= longestBody)) {
        const sentence = `A login takes at most ${longestBody} bytes and says how many it has.`;
        return refuse(c, { status: 413, code: "too-large", heading: "Too large", sentence }, base);
      }
      const sent = new URLSearchParams(await c.req.text());
      const next = ownPath(sent.get("next"), base);
      const outcome = tried(sent.get("password") ?? "", caller);
      if (typeof outcome === "number") return tooMany(c, outcome);
      if (!outcome) return page(c, next, "That is not the password. Try again.", 401);
      keep(c, caller, sessions.issue(), Math.floor(sessionMs / 1000));
      return c.redirect(next, 303);
    },
    inside(c) {
      const next = c.req.query("next");
      if (next !== undefined) return c.redirect(ownPath(next, base), 303);
      c.header("Cache-Control", "no-store");
      return c.html(framed({ title: "You are logged in", section: null, main: wayOut(base) }, base));
    },
    leave(c, caller) {
      if (isFromHere(c)) {
        keep(c, caller, "", 0);
        // So that “back” shows nothing of what was open.
        c.header("Clear-Site-Data", '"cache"');
      }
      return c.redirect(`${base}/`, 303);
    },
  };
}
