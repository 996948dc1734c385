/** The pages as a Hono app: each route asks the newsroom, and says it as a page or as JSON. */
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Newsroom } from "../../src/ports.ts";
import { answerOf, askPage } from "./ask-page.ts";
import { type Asset, icon, script, stylesheet } from "./assets.ts";
import { checkCited, documentPage } from "./document-page.ts";
import { documentsPage } from "./documents-page.ts";
import { homePage, outletNames } from "./home-page.ts";
import { framed, type Page } from "./layout.ts";
import type { Preview } from "./preview.ts";
import { problemOf, problemPage } from "./problems.ts";
import { given, webInquiry, webPlace, wholeNumber } from "./requests.ts";

export interface PagesOptions {
  /** The path under which the pages are opened, such as "/dateline", without a slash at its end; empty for the root. */
  readonly base: string;
  readonly logger: Logger;
  /** How answers look on other platforms. */
  readonly previews: readonly Preview[];
}

const documentsAPage = 50;

function wantsJson(c: Context): boolean {
  return (
    accepts(c, { header: "Accept", supports: ["text/html", "application/json"], default: "text/html" }) ===
    "application/json"
  );
}

/** What a route gives: the same content as data and as a page. */
interface Shown {
  readonly json: unknown;
  readonly page: () => Page;
}

/** The pages over a newsroom. Every failure is a page, or JSON, with a status of its own. */
export function createPages(newsroom: Newsroom, { base, logger, previews }: PagesOptions): Hono {
  const app = new Hono();

  const show = (c: Context, { json, page }: Shown, status: 200 | 400 | 404 | 500 | 503 = 200) => {
    c.header("Vary", "Accept");
    return wantsJson(c) ? c.json(json, status) : c.html(framed(page(), base), status);
  };
  const asset = ({ path, type, body }: Asset) =>
    app.get(path, (c) =>
      c.body(body, 200, { "Content-Type": type, "Cache-Control": "public, max-age=31536000, immutable" }),
    );
  const collections = () => newsroom.collections(webPlace);

  asset(stylesheet);
  asset(script);
  asset(icon);

  app.get("/", async (c) => {
    const seen = await collections();
    const counts = await newsroom.read.counts(seen);
    const option = { command: "ask", subcommand: null, option: "question" };
    const examples = await newsroom.complete(option, "", webInquiry("", seen));
    return show(c, { json: { ...counts, examples }, page: () => homePage({ counts, examples }, base) });
  });

  app.get("/ask", async (c) => {
    const seen = await collections();
    const follows = given(c.req.query("follows"));
    const outlet = given(c.req.query("outlet"));
    const more = { follows, ...(outlet === null ? {} : { outlet }) };
    const reply = await newsroom.ask(webInquiry(c.req.query("q") ?? "", seen, more), c.req.raw.signal);
    const before = follows === null ? null : await newsroom.read.answer(follows);
    const outlets = outletNames(await newsroom.read.counts(seen));
    const asked = { reply, before, lost: follows !== null && before === null, outlet, outlets, previews };
    return show(c, { json: answerOf(reply), page: () => askPage(asked, base) });
  });

  app.get("/documents", async (c) => {
    const after = c.req.query("after") ?? null;
    const found = await newsroom.read.documents(await collections(), { limit: documentsAPage + 1, after });
    const documents = found.slice(0, documentsAPage);
    const list = { documents, next: found.length > documentsAPage ? documents.at(-1)!.id : null };
    return show(c, { json: list, page: () => documentsPage(list, base) });
  });

  app.get("/documents/:id", async (c) => {
    const revision = wholeNumber("revision", c.req.query("revision"), 1);
    const start = wholeNumber("start", c.req.query("start"), 0);
    const end = wholeNumber("end", c.req.query("end"), 0);
    const document = await newsroom.read.document(c.req.param("id"), await collections(), revision);
    if (!document)
      throw new NewsroomError("not-found", "There is no such document here, or it has been removed for good.");
    const cited = start === undefined || end === undefined ? null : { start, end };
    if (cited) checkCited(document, cited);
    return show(c, { json: { ...document, cited }, page: () => documentPage(document, cited) });
  });

  app.notFound((c) => {
    const problem = problemOf(new NewsroomError("not-found", "There is no page at this address."));
    return show(c, { json: asJson(problem), page: () => problemPage(problem, base) }, problem.status);
  });

  app.onError((error, c) => {
    const problem = problemOf(error);
    if (problem.status >= 500) logger.error("A page could not be made", { path: c.req.path, error });
    return show(c, { json: asJson(problem), page: () => problemPage(problem, base) }, problem.status);
  });

  return app;
}

function asJson({ code, sentence }: ReturnType<typeof problemOf>): unknown {
  return { error: { code, message: sentence } };
}
