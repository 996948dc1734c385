/** Every page there is, with something on it, each by an address of its own: what is looked over and photographed. */
import { previewReply as inDiscord } from "../../adapters/discord/preview.ts";
import { previewReply as inSlack } from "../../adapters/slack/preview.ts";
import type { Answer } from "../../src/answer/answer.ts";
import { openNewsroom } from "../../src/open-newsroom.ts";
import { systemRuntime } from "../../src/runtime.ts";
import { temporaryFolder } from "./command-line.ts";
import { openShownNewsroom } from "./shown-newsroom.ts";
import { startSite, type WebSite } from "./web-site.ts";

export interface WebPage {
  /** What a picture of it is called. */
  readonly name: string;
  /** The whole address. */
  readonly url: string;
}

export interface WebPages {
  /** Over the starter corpus. */
  readonly starter: WebSite;
  /** Over feeds, digests and revised documents. */
  readonly desk: WebSite;
  /** Asks for a password. */
  readonly locked: WebSite;
  readonly pages: readonly WebPage[];
  close(): Promise<void>;
}

/** The question that the pictures and tests ask of the starter corpus. */
export const shownQuestion = "What did the cable say about religious freedom?";

const ask = (question: string, more = "") => `/ask?q=${encodeURIComponent(question)}${more}`;

async function answerOf(site: WebSite, question: string): Promise<Answer> {
  return (await (await site.get(ask(question), { headers: { accept: "application/json" } })).json()) as Answer;
}

/** Where the first citation of an answer opens. */
function citedPath({ citations }: Answer): string {
  const { document, revision, start, end } = citations[0]!;
  return `/documents/${document}?revision=${revision}&start=${start}&end=${end}#cited`;
}

/** Serves them all on free ports of this machine; nothing is limited by address. */
export async function openWebPages(): Promise<WebPages> {
  const folders = [temporaryFolder(), temporaryFolder()] as const;
  const opened = await openNewsroom(folders[0].path, { runtime: systemRuntime, publicUrl: null });
  const shown = await openShownNewsroom(folders[1].path);
  const previews = [
    { platform: "slack", payloads: inSlack },
    { platform: "discord", payloads: inDiscord },
  ] as const;
  const limits = { burst: 1e6 };
  const starter = await startSite(opened.newsroom, { previews, limits });
  const desk = await startSite(shown.opened.newsroom, { previews, limits, runtime: shown.runtime });
  const locked = await startSite(opened.newsroom, { password: "correct horse battery", limits });
  const answer = await answerOf(starter, shownQuestion);
  const page = (site: WebSite, name: string, path: string) => ({ name, url: `${site.address}${path}` });
  const pages = [
    page(starter, "home", "/"),
    page(starter, "answer", ask(shownQuestion)),
    page(starter, "decline", ask("What did the cable say about the football world cup?")),
    page(starter, "in-slack", ask(shownQuestion, "&as=slack")),
    page(starter, "in-discord", ask(shownQuestion, "&as=discord")),
    page(starter, "as-data", ask(shownQuestion, "&as=data")),
    page(starter, "no-question", "/ask?q="),
    page(starter, "document", citedPath(answer)),
    page(starter, "follow-up", ask("And what about Canada?", `&follows=${answer.id}`)),
    page(starter, "documents", "/documents"),
    page(starter, "no-digests", "/digests"),
    page(starter, "no-feeds", "/feeds"),
    page(starter, "not-found", "/nowhere"),
    page(desk, "front-desk", "/"),
    page(desk, "desk-answer", ask("How many people died in the flood in Karsova?")),
    page(desk, "one-outlet", ask("How many people died in the flood in Karsova?", "&outlet=Coast+Wire")),
    page(desk, "old-revision", `/documents/${shown.revised}?revision=1&start=4&end=60#cited`),
    page(desk, "many-documents", "/documents"),
    page(desk, "revised", `/documents/${shown.revised}`),
    page(desk, "comparison", `/documents/${shown.revised}?compare=1`),
    page(desk, "long-document", `/documents/${shown.long}?part=2`),
    page(desk, "digests", "/digests"),
    page(desk, "digest", `/digests/${shown.digest}`),
    page(desk, "feeds", "/feeds"),
    page(locked, "login", "/"),
  ];
  return {
    starter,
    desk,
    locked,
    pages,
    async close() {
      for (const site of [starter, desk, locked]) await site.stop();
      for (const { close } of [opened, shown.opened]) await close();
      for (const { remove } of folders) remove();
    },
  };
}
