/** The feeds: what comes in by itself, how each of them fares, and how much they bring. */
import type { DayCount, FeedSummary } from "../../src/ports.ts";
import { counted } from "../../src/reply/counted.ts";
import { chartData, chartMarkup } from "./chart.ts";
import type { Page } from "./layout.ts";
import { html, line, type Markup, openable } from "./markup.ts";
import { fromNow } from "./moments.ts";

export interface FeedsView {
  readonly feeds: readonly FeedSummary[];
  /** Of the last `days` days. */
  readonly arrivals: readonly DayCount[];
  readonly days: number;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

const states: Record<FeedSummary["state"], string> = {
  active: "in order",
  failing: "failing",
  paused: "paused",
  gone: "gone",
};

function moment(at: number, now: number): Markup {
  return html`<time datetime="${new Date(at).toISOString()}">${fromNow(at, now)}</time>`;
}

function rate(itemsADay: number): string {
  if (itemsADay >= 1) return `about ${counted(Math.round(itemsADay), "item")} a day`;
  return itemsADay > 0 ? "less than one item a day" : "no items lately";
}

function feedMarkup(feed: FeedSummary, now: number): Markup {
  const { title, address, home, outlet, collection, state, problem, lastSuccessAt, nextTryAt, itemsADay } = feed;
  const site = openable(home);
  const details = [
    outlet === null || outlet === title ? null : html`cited as ${line(outlet)}`,
    collection === "main" ? null : html`kept in ${line(collection)}`,
    lastSuccessAt === null ? html`not read yet` : html`read ${moment(lastSuccessAt, now)}`,
    nextTryAt === null || state === "paused" || state === "gone" ? null : html`next ${moment(nextTryAt, now)}`,
    itemsADay === null ? null : html`${rate(itemsADay)}`,
  ].filter((one) => one !== null);
  return html`<li class="feed ${state}"><p class="name"><span class="state">${states[state]}</span> <b>${
    site === null ? line(title) : html`<a href="${site}" rel="noopener noreferrer external">${line(title)}</a>`
  }</b></p>
<p class="meta">${details.map((one, i) => html`${i === 0 ? "" : " · "}${one}`)}</p>
${problem === null ? "" : html`<p class="fault">${line(problem)}</p>`}
<p class="meta address">${line(address)}</p></li>`;
}

function healthWords(feeds: readonly FeedSummary[]): string {
  const failing = feeds.filter(({ state }) => state === "failing" || state === "gone").length;
  const paused = feeds.filter(({ state }) => state === "paused").length;
  const all = counted(feeds.length, "feed");
  const trouble = [failing === 0 ? null : `${failing} in trouble`, paused === 0 ? null : `${paused} paused`];
  const said = trouble.filter((one) => one !== null);
  return said.length === 0 ? `${all}, all in order.` : `${all}: ${said.join(", ")}.`;
}

/** The page of the feeds; those in trouble come first. */
export function feedsPage({ feeds, arrivals, days, now }: FeedsView): Page {
  const troubled = feeds.filter(({ state }) => state === "failing" || state === "gone");
  const sorted = [...troubled, ...feeds.filter((feed) => !troubled.includes(feed))];
  return {
    title: "Feeds",
    section: "feeds",
    main: html`<h1>Feeds</h1>
${
  feeds.length === 0
    ? html`<p class="lede">No feed is read yet. Whoever runs Dateline adds one with <code>npm start -- feeds add ADDRESS</code>; managers of a channel can do it in chat.</p>`
    : html`<p class="status">${healthWords(feeds)}</p>
${chartMarkup(chartData(arrivals, now, days))}
<ul class="listing">${sorted.map((feed) => feedMarkup(feed, now))}</ul>`
}`,
  };
}
