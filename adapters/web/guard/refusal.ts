/** What somebody is told who is turned away: a page or JSON, as asked for, with what to do about it. */
import type { Context } from "hono";
import { accepts } from "hono/accepts";
import { framed } from "../layout.ts";
import { problemPage } from "../problems.ts";

/** Why a request is not served. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 405 | 413 | 414 | 421 | 429 | 500;
  /** For programs. */
  readonly code: string;
  readonly heading: string;
  readonly sentence: string;
}

/** Whether the client would rather have JSON than a page. */
export function prefersJson(c: Context): boolean {
  const supports = ["text/html", "application/json"];
  return accepts(c, { header: "Accept", supports, default: "text/html" }) === "application/json";
}

/** A refusal as JSON: the shape of every other failure of these pages. */
export function refusalJson({ code, sentence }: Refusal): { readonly error: unknown } {
  return { error: { code, message: sentence } };
}

/** Answers with the refusal; headers that belong to it are set by the caller before. */
export function refuse(c: Context, refusal: Refusal, base: string): Response | Promise<Response> {
  c.header("Vary", "Accept");
  c.header("Cache-Control", "no-store");
  if (prefersJson(c)) return c.json(refusalJson(refusal), refusal.status);
  return c.html(framed(problemPage(refusal, base), base), refusal.status);
}
