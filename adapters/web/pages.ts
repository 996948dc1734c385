/** The pages as a Hono app: each route asks the newsroom, and says it as a page or as JSON. */
import { type Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import type { StoredDocument } from "../../src/corpus/document.ts";
import { NewsroomError } from "../../src/errors.ts";
import type { Logger } from "../../src/logger.ts";
import type { Newsroom } from "../../src/ports.ts";
import type { Runtime } from "../../src/runtime.ts";
import { longestQuestion } from "./ask-form.ts";
import { answerOf, askPage } from "./ask-page.ts";
import { type Asset, icon, script, stylesheet } from "./assets.ts";
import { comparisonData, documentData } from "./data.ts";
import { digestPage } from "./digest-page.ts";
import { digestsPage } from "./digests-page.ts";
import { checkCited, chosenPart, documentPage } from "./document-page.ts";
import { documentsPage } from "./documents-page.ts";
import { feedsPage } from "./feeds-page.ts";
import { homePage, outletNames } from "./home-page.ts";
import { framed, type Page } from "./layout.ts";
import type { Preview } from "./preview.ts";
import { dataPage, platformPage } from "./preview-page.ts";
import { problemOf, problemPage } from "./problems.ts";
import { askPath, given, readAskRequest, readDocumentRequest, webInquiry, webPlace } from "./requests.ts";
import { comparisonPage } from "./revisions.ts";

export interface PagesOptions {
  /** The path under which the pages are opened, such as "/dateline", without a slash at its end; empty for the root. */
  readonly base: string;
  readonly runtime: Pick<Runtime, "now">;
  readonly logger: Logger;
  /** How answers look on other platforms. */
  readonly previews: readonly Preview[];
}

const documentsAPage = 50;
const digestsAPage = 30;
/** Days of arrivals in the chart of the feeds. */
const daysCharted = 14;

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
export function createPages(newsroom: Newsroom, { base, runtime, logger, previews }: PagesOptions): Hono {
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
    const { question, follows, outlet, form } = readAskRequest(c.req.query());
    const more = { follows, ...(outlet === null ? {} : { outlet }) };
    const reply = await newsroom.ask(webInquiry(question, seen, more), c.req.raw.signal);
    const answer = answerOf(reply);
    const path = askPath({ question: answer.question, follows, outlet });
    const preview = previews.find(({ platform }) => platform === form);
    if (preview) {
      const payloads = preview.payloads(reply);
      return show(c, { json: payloads, page: () => platformPage(answer, preview.platform, payloads, base + path) });
    }
    if (form !== null) return show(c, { json: answer, page: () => dataPage(answer, base + path) });
    const before = follows === null ? null : await newsroom.read.answer(follows);
    const lost = follows !== null && before === null;
    const outlets = outletNames(await newsroom.read.counts(seen));
    const forms = [...previews.map(({ platform }) => platform), "data" as const];
    const asked = { reply, before, lost, outlet, outlets, forms, path };
    return show(c, { json: answer, page: () => askPage(asked, base) });
  });

  app.get("/documents", async (c) => {
    const seen = await collections();
    const after = given(c.req.query("after"));
    const found = await newsroom.read.documents(seen, { limit: documentsAPage + 1, after });
    const documents = found.slice(0, documentsAPage);
    const next = found.length > documentsAPage ? documents.at(-1)!.id : null;
    const counts = await newsroom.read.counts(seen);
    return show(c, { json: { documents, next }, page: () => documentsPage({ counts, documents, after, next }, base) });
  });

  /** A revision; throws `not-found` for one that is not there, or not for these pages. */
  async function documentOf(id: string, seen: readonly string[], revision?: number): Promise<StoredDocument> {
    const found = await newsroom.read.document(id, seen, revision);
    if (found) return found;
    const what = revision === undefined ? "document" : `revision ${revision} of a document`;
    throw new NewsroomError("not-found", `There is no such ${what} here, or it has been removed for good.`);
  }

  app.get("/documents/:id", async (c) => {
    const { id, revision, start, end, part, compare } = readDocumentRequest(c.req.param("id"), c.req.query());
    const seen = await collections();
    const document = await documentOf(id, seen, revision);
    if (compare !== undefined) {
      const compared = { before: await documentOf(id, seen, compare), after: document };
      return show(c, { json: comparisonData(compared), page: () => comparisonPage(compared, base) });
    }
    const cited = start === undefined || end === undefined ? null : { start, end };
    if (cited) checkCited(document, cited);
    const revisions = await newsroom.read.revisions(id, seen);
    const view = { document, revisions, cited, part: chosenPart(document, part, cited) };
    return show(c, { json: documentData(view), page: () => documentPage(view, base) });
  });

  app.get("/digests", async (c) => {
    const after = given(c.req.query("after"));
    const found = await newsroom.read.digests(await collections(), { limit: digestsAPage + 1, after });
    const digests = found.slice(0, digestsAPage);
    const next = found.length > digestsAPage ? digests.at(-1)!.id : null;
    return show(c, { json: { digests, next }, page: () => digestsPage({ digests, after, next }, base) });
  });

  app.get("/digests/:id", async (c) => {
    const digest = await newsroom.read.digest(c.req.param("id"), await collections());
    if (!digest) throw new NewsroomError("not-found", "There is no such digest here.");
    return show(c, { json: digest, page: () => digestPage(digest, base) });
  });

  app.get("/feeds", async (c) => {
    const seen = await collections();
    const [feeds, arrivals] = [await newsroom.read.feeds(seen), await newsroom.read.arrivals(seen, daysCharted)];
    const view = { feeds, arrivals, days: daysCharted, now: runtime.now() };
    return show(c, { json: { feeds, arrivals }, page: () => feedsPage(view) });
  });

  app.notFound((c) => {
    const problem = problemOf(new NewsroomError("not-found", "There is no page at this address."));
    return show(c, { json: asJson(problem), page: () => problemPage(problem, base) }, problem.status);
  });

  app.onError((error, c) => {
    // Nobody is there any more to be told, and nothing is wrong.
    if (c.req.raw.signal.aborted) return new Response(null, { status: 499 });
    const problem = problemOf(error);
    if (problem.status >= 500) logger.error("A page could not be made", { path: c.req.path, error });
    const question = c.req.path.endsWith("/ask") ? (c.req.query("q") ?? "").slice(0, longestQuestion) : null;
    return show(c, { json: asJson(problem), page: () => problemPage(problem, base, question) }, problem.status);
  });

  return app;
}

function asJson({ code, sentence }: ReturnType<typeof problemOf>): unknown {
  return { error: { code, message: sentence } };
}
