/** Makes clean items of what parsers give: plain text, absolute links, dates that can be true, ids that stay. */
import { createHash } from "node:crypto";
import { cleanLine, cutAtGrapheme, webAddress } from "../corpus/read/meta-values.ts";
import { withoutClosers } from "./closers.ts";
import type { FeedItem, ParsedFeed } from "./feed.ts";
import { feedDate } from "./feed-date.ts";
import { htmlText } from "./html-text.ts";
import type { RawFeed, RawItem } from "./raw-feed.ts";

/** What cleaning needs to know beside the feed. */
export interface CleaningFacts {
  /** Where relative links start, "" when nothing is known. */
  readonly base: string;
  /** For dates that lie in the future. */
  readonly nowMs: number;
  /** The language that the server names, or null. */
  readonly language: string | null;
}

const maxIdLength = 512;
const maxTitleFromText = 120;
const maxCategories = 20;

/** The feed cleaned. An entry that holds nothing to read, or breaks, is counted and left out; the others are kept. */
export function cleanFeed(raw: RawFeed, facts: CleaningFacts): ParsedFeed {
  const home = absolute(raw.home, facts.base);
  const language = languageTag(raw.language) ?? languageTag(facts.language);
  const repeated = repeatedGuids(raw.items, [home, facts.base]);
  const items = new Map<string, FeedItem>();
  let dropped = 0;
  for (const rawItem of raw.items) {
    const item = guarded(() => cleanItem(rawItem, { ...facts, language }, repeated));
    if (!item) dropped++;
    else if (!items.has(item.id)) items.set(item.id, item);
  }
  return {
    format: raw.format,
    title: plainLine(raw.title),
    description: plainLine(raw.description),
    home,
    language,
    ttlMs: ttlOf(raw),
    items: [...items.values()],
    dropped,
  };
}

/** One broken entry must not take the feed with it. */
function guarded<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null; // Counted as dropped by the caller.
  }
}

function cleanItem(raw: RawItem, facts: CleaningFacts, repeated: ReadonlySet<string>): FeedItem | null {
  const texts = [...raw.contents, ...raw.summaries].map(bodyText).filter((text) => text !== "");
  const text = texts.reduce((longest, next) => (next.length > longest.length ? next : longest), "");
  const summary = raw.contents.length > 0 ? bodyText(raw.summaries[0] ?? "") : "";
  const title = plainLine(raw.title) ?? titleFrom(text);
  if (title === null) return null;
  const url = absolute(raw.url, facts.base);
  const first = (dates: readonly string[]): string | null => {
    for (const date of dates) {
      const read = feedDate(date, facts.nowMs);
      if (read) return read;
    }
    return null;
  };
  return {
    id: idOf(raw, url, title, text, repeated),
    title,
    url,
    published: first(raw.published),
    updated: first(raw.updated),
    author: authorOf(raw.author),
    text,
    summary: summary === "" || summary === text ? null : summary,
    language: languageTag(raw.language) ?? facts.language,
    origin: plainLine(raw.origin),
    categories: [...new Set(raw.categories.map(plainLine).filter((name) => name !== null))].slice(0, maxCategories),
  };
}

/** Guids that several different entries of a feed share, or that are the feed's own address: they identify nothing. */
function repeatedGuids(items: readonly RawItem[], own: readonly (string | null)[]): ReadonlySet<string> {
  const first = new Map<string, RawItem>();
  const repeated = new Set<string>(own.filter((address) => address !== null));
  for (const item of items) {
    const guid = line(item.guid);
    if (guid === null) continue;
    const seen = first.get(guid);
    if (!seen) first.set(guid, item);
    else if (seen.url !== item.url || (item.url === null && seen.title !== item.title)) repeated.add(guid);
  }
  return repeated;
}

/** The guid; where it is missing or repeated, the link with it; where that is missing too, what the entry says. */
function idOf(raw: RawItem, url: string | null, title: string, text: string, repeated: ReadonlySet<string>): string {
  const guid = line(raw.guid) ?? line(raw.about);
  if (guid !== null && !repeated.has(guid)) return short(guid);
  if (url !== null && !repeated.has(url)) return short(url);
  return `sha256:${createHash("sha256")
    .update(`${guid ?? ""}\n${url ?? ""}\n${title}\n${text}`)
    .digest("hex")}`;
}

function short(id: string): string {
  return id.length <= maxIdLength ? id : `sha256:${createHash("sha256").update(id).digest("hex")}`;
}

function bodyText(html: string): string {
  return withoutClosers(htmlText(html));
}

function plainLine(html: string | null): string | null {
  return html === null ? null : cleanLine(htmlText(html));
}

function line(value: string | null): string | null {
  return value?.replace(/[\p{Cc}\s]+/gu, " ").trim() || null;
}

/** The beginning of a text that has no title. */
function titleFrom(text: string): string | null {
  const begin = cleanLine(text.slice(0, 2_000).split("\n", 1)[0]);
  if (begin === null || begin.length <= maxTitleFromText) return begin;
  const cut = cutAtGrapheme(begin, maxTitleFromText);
  return `${cut.replace(/\s+\S*$/, "")}…`;
}

/** RSS writes "mail@outlet.example (Name)"; a name is worth more than an address. */
function authorOf(value: string | null): string | null {
  const author = plainLine(value);
  return author === null ? null : (/^\S+@\S+\s+\((.+)\)$/.exec(author)?.[1]?.trim() ?? author);
}

function absolute(address: string | null, base: string): string | null {
  if (address === null) return null;
  return webAddress(URL.parse(address.trim(), base === "" ? undefined : base)?.href);
}

function languageTag(value: string | null): string | null {
  return /^\s*([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]*)?\s*(?:,|$)/.exec(value ?? "")?.[1]?.toLowerCase() ?? null;
}

const periods: Readonly<Record<string, number>> = {
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 7 * 86_400_000,
  monthly: 30 * 86_400_000,
  yearly: 365 * 86_400_000,
};

/** ttl in minutes, else the update period over its frequency; a month at most. */
function ttlOf(raw: RawFeed): number | null {
  const minutes = Number(raw.ttl?.trim() || Number.NaN);
  const period = periods[raw.period?.trim().toLowerCase() ?? ""];
  const frequency = Math.max(1, Number(raw.frequency?.trim() || 1) || 1);
  const ms = minutes > 0 ? minutes * 60_000 : period ? period / frequency : null;
  return ms === null ? null : Math.min(periods.monthly!, Math.round(ms));
}
