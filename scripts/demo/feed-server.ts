/** Serves the demonstration's feeds on loopback, in three formats, and the pages of their items. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { DemoFeed, DemoItem } from "./news.ts";

const hourMs = 3_600_000;
const escaped = (text: string) => text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);

interface Written {
  readonly type: string;
  readonly body: string;
}

function slug({ title }: DemoItem): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function rss({ outlet }: DemoFeed, items: readonly DemoItem[], base: string, now: number): Written {
  const entries = items.map(
    (
      item,
    ) => `<item><title>${escaped(item.title)}</title><link>${base}/${slug(item)}</link><guid>${base}/${slug(item)}</guid>
<pubDate>${new Date(now - item.hoursAgo * hourMs).toUTCString()}</pubDate><description>${escaped(item.text)}</description></item>`,
  );
  const body = `<?xml version="1.0"?><rss version="2.0"><channel><title>${escaped(outlet)}</title><link>${base}/</link>
<description>News</description>${entries.join("")}</channel></rss>`;
  return { type: "application/rss+xml", body };
}

function atom({ outlet }: DemoFeed, items: readonly DemoItem[], base: string, now: number): Written {
  const entries = items.map((item) => {
    const at = new Date(now - item.hoursAgo * hourMs).toISOString();
    return `<entry><title>${escaped(item.title)}</title><id>${base}/${slug(item)}</id><link href="${base}/${slug(item)}"/>
<published>${at}</published><updated>${at}</updated><content type="text">${escaped(item.text)}</content></entry>`;
  });
  const body = `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>${escaped(outlet)}</title><id>${base}/</id>
<updated>${new Date(now).toISOString()}</updated><link href="${base}/"/>${entries.join("")}</feed>`;
  return { type: "application/atom+xml", body };
}

function json({ outlet }: DemoFeed, items: readonly DemoItem[], base: string, now: number): Written {
  const body = JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: outlet,
    home_page_url: `${base}/`,
    items: items.map((item) => ({
      id: `${base}/${slug(item)}`,
      url: `${base}/${slug(item)}`,
      title: item.title,
      content_text: item.text,
      date_published: new Date(now - item.hoursAgo * hourMs).toISOString(),
    })),
  });
  return { type: "application/feed+json", body };
}

const writers = { rss, atom, json } as const;

export interface FeedServer {
  /** The feeds' addresses, in order. */
  readonly addresses: readonly string[];
  readonly host: string;
  /** From now on the feeds hold their news too. */
  publish(): void;
  close(): void;
}

/** Serves `feeds` on a free port of 127.0.0.1; at first only what they held before. */
export async function serveFeeds(feeds: readonly DemoFeed[], now: number): Promise<FeedServer> {
  let published = false;
  const server = createServer((request, response) => {
    const [, at = "", page = ""] = /^\/(\d+)\/?(.*)$/.exec(request.url ?? "") ?? [];
    const feed = feeds[Number(at)];
    if (at === "" || !feed) {
      response.writeHead(404).end();
      return;
    }
    const items = published ? [...feed.items, ...feed.before] : feed.before;
    const base = `http://${request.headers.host}/${at}`;
    const item = items.find((one) => slug(one) === page);
    const { type, body } =
      page === "feed"
        ? writers[feed.kind](feed, items, base, now)
        : {
            type: "text/html",
            body: `<!doctype html><title>${escaped(item?.title ?? feed.outlet)}</title><p>${escaped(item?.text ?? "")}</p>`,
          };
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    addresses: feeds.map((_, at) => `http://${host}/${at}/feed`),
    host,
    publish: () => {
      published = true;
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
