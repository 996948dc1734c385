/** Weighs the evidence that a line speaks for the page and not for the article. */
import { isStopWord } from "../../text/languages.ts";
import { stemmer } from "../../text/stems.ts";
import { pageWords } from "./page-words.ts";
import { type PlainWord, plainWords } from "./plain-words.ts";

/** Evidence that needs nothing beside it. */
export const selfEvident = 3;

/** What the paragraphs of an article tell. */
export interface Article {
  readonly language: string;
  /** Stems of its words. */
  readonly stems: ReadonlySet<string>;
  /** Whether it speaks to its reader outside quotations. */
  readonly addresses: boolean;
}

/** A line as it is weighed. */
export interface Candidate {
  readonly content: string;
  /** How often the same words stand alone between paragraphs of this text. */
  readonly repeated: number;
  readonly listItem: boolean;
}

/** Reads what an article is about and whom it speaks to; `language` is the tag it is written in. */
export function readArticle(paragraphs: readonly string[], language: string): Article {
  const text = paragraphs.join("\n");
  const vocabulary = new Map(plainWords(text).map((word) => [word.accented, word.text]));
  const stem = stemmer(language);
  const addresses =
    [...vocabulary.values()].some((word) => pageWords.isReader(word)) &&
    plainWords(text.replace(/[“„«"][^”»"\n]*[”»"\n]/g, " ")).some((word) => pageWords.isReader(word.text));
  return { language, stems: new Set([...vocabulary.keys()].map(stem)), addresses };
}

/** What a line shows by itself, before it is held against the article. */
interface Signs {
  readonly found: readonly PlainWord[];
  readonly trade: readonly PlainWord[];
  readonly parts: number;
  readonly action: boolean;
  readonly addressed: boolean;
  readonly hosted: boolean;
  /** What else speaks against it, whatever the article is about. */
  readonly form: number;
}

function signsOf({ content, repeated }: Candidate): Signs {
  const found = plainWords(content);
  const isAddressed = namesAddress(content);
  const parts = found.filter((word) => pageWords.isPart(word.text)).length;
  const trade = found.filter((word) => pageWords.isTrade(word.text));
  const addressed = found.some((word) => pageWords.isReader(word.text));
  const action = asksSomething(found, content);
  const offersPrice = (addressed || action) && /[$€£¥]\s?\d|\d\s?(?:%|[$€£¥])/.test(content);
  return {
    found,
    trade,
    parts,
    action,
    addressed,
    hosted:
      found.some((word) => pageWords.isHost(word.text)) && (trade.length > 0 || parts > 0 || isAddressed || addressed),
    form:
      (isAddressed ? 1 : 0) +
      (isTrail(content) || isByline(content) ? 1.5 : 0) +
      (isCapitals(content) ? 0.5 : 0) +
      (repeated > 1 ? 1 : 0) +
      (offersPrice ? 0.5 : 0),
  };
}

/** The most that a line could weigh, whatever the article says: what is too light need not be weighed. */
export function mostWeight(candidate: Candidate): number {
  const { content } = candidate;
  if (isCopyright(content) || isMostlyAddress(content)) return selfEvident;
  const { trade, parts, action, addressed, hosted, form } = signsOf(candidate);
  if (trade.length > 0 || parts > 1 || action || (addressed && parts > 0) || labelOf(content) !== null)
    return selfEvident;
  return 1 + form + (addressed ? 1 : 0) + (hosted ? 0.5 : 0);
}

/** The evidence against a line: the more, the surer; nothing or less when it is the article's. */
export function weigh(candidate: Candidate, article: Article): number {
  const { content, repeated } = candidate;
  if (isCopyright(content) || isMostlyAddress(content) || isLabelled(content, article)) return selfEvident;
  const { found, trade, parts, action, addressed, hosted, form } = signsOf(candidate);
  const foreignTrade = trade.filter((word) => !isShared(word, article)).length;
  const actions = found.filter((word) => pageWords.isAction(word.text)).length;
  const speaksOfPage = foreignTrade > 0 || ((action || addressed) && parts > 0) || parts > 1 || (action && actions > 1);
  if (speaksOfPage && isOnlyPage(found, article)) return selfEvident;
  if (candidate.listItem) return 0;

  const topic = found.filter(
    (word) => !isPageWord(word.text) && !isFunction(word.text, article) && !/^\d/.test(word.text),
  );
  const overlap = topic.length === 0 ? 0 : topic.filter((word) => isShared(word, article)).length / topic.length;
  // A name that is repeated may head what a person says; a phrase that is repeated heads nothing.
  const isPhrase = repeated > 1 && overlap === 0 && /\p{Ll}\s+\p{Ll}+\s+\p{Ll}/u.test(content);
  return (
    form +
    (overlap === 0 ? 0.5 : overlap >= 1 / 3 ? -1.5 : 0) +
    (foreignTrade > 0 ? Math.min(1.5, 0.5 + foreignTrade / 2) : 0) +
    (addressed && !article.addresses ? 1 : addressed && foreignTrade > 0 ? 0.5 : 0) +
    (hosted ? 0.5 : 0) +
    (action ? 0.5 : 0) +
    (action && foreignTrade > 0 && parts > 0 ? 0.5 : 0) +
    (isPhrase ? 0.5 : 0)
  );
}

/** Whether a line's only words are those with which pages speak of themselves, and function words. */
function isOnlyPage(found: readonly PlainWord[], article: Article): boolean {
  return (
    found.length <= 10 && found.every(({ text }) => isPageWord(text) || text.length === 1 || isFunction(text, article))
  );
}

function isPageWord(word: string): boolean {
  return pageWords.isTrade(word) || pageWords.isAction(word) || pageWords.isPart(word);
}

/** Whether a line could be an entry of a menu: page words alone, at least one. */
export function isMenuEntry(content: string, article: Article): boolean {
  const found = plainWords(content);
  return isOnlyPage(found, article) && found.some(({ text }) => isPageWord(text));
}

function isFunction(word: string, article: Article): boolean {
  return isStopWord(word, article.language) || isStopWord(word, "en");
}

function isShared(word: PlainWord, article: Article): boolean {
  return article.stems.has(stemmer(article.language)(word.accented));
}

/** Whether a line, or a sentence in it, begins with what a page asks of its reader. */
function asksSomething(found: readonly PlainWord[], content: string): boolean {
  return found.some(
    (word, index) =>
      pageWords.isAction(word.text) &&
      (index === 0 || /[.!?]["”’)]*\s*$/.test(content.slice(Math.max(0, word.start - 4), word.start))),
  );
}

/** A photographer and an agency: capitalised names around a slash, nothing else. */
function isByline(content: string): boolean {
  return content.length <= 80 && /^(?:\p{Lu}[\p{L}.'’-]+ ?){1,3}\/ ?(?:\p{Lu}[\p{L}.'’-]+ ?){1,3}$/u.test(content);
}

function isCapitals(content: string): boolean {
  return /\p{Lu}{2}/u.test(content) && !/\p{Ll}/u.test(content);
}

function isCopyright(content: string): boolean {
  return /(?:©|\(c\)\s*\d{4}|\ball rights reserved\b)/i.test(content) && content.length <= 300;
}

function namesAddress(content: string): boolean {
  return /\S@[\w-]+\.\w|https?:\/\/|\bwww\.\w/i.test(content);
}

function isMostlyAddress(content: string): boolean {
  const addresses = content.match(/(?:https?:\/\/|www\.)\S+|[\w.+-]+@[\w-]+\.\S+/gi) ?? [];
  return addresses.join("").length * 2 > content.length;
}

/** Short names between marks, as a path through a site or a row of sections. */
function isTrail(content: string): boolean {
  if (/\d/.test(content) || content.length > 200) return false;
  const names = content.split(/\s[|›»>→·•]\s|[|›→]/).map((name) => name.trim());
  return names.length > 2 && names.every((name) => name !== "" && name.split(/\s+/).length <= 3);
}

/** What stands before a colon, a bar, or "by" and a name at the beginning of a line, or null. */
function labelOf(content: string): string | null {
  return (
    /^[[(]?([\p{L}/-]{2,20}(?:\s[\p{L}/-]{1,20}){0,4})\s?(?:[:|]|\bby\b(?=\s+\p{Lu}))\s*\S/u.exec(content)?.[1] ?? null
  );
}

/** "Read more: …", "Photo: …", "Picture by …": a label made of page words, and what it labels. */
function isLabelled(content: string, article: Article): boolean {
  const label = plainWords(labelOf(content) ?? "");
  if (label.length === 0 || !isOnlyPage(label, article)) return false;
  const parts = label.filter(({ text }) => pageWords.isPart(text)).length;
  const asks = pageWords.isAction(label[0]!.text) ? label.length <= 2 || parts > 0 : parts > 0;
  if (asks && label.some(({ text }) => pageWords.isAction(text))) return true;
  const credits = label.every(({ text }) => pageWords.isCredit(text) || isFunction(text, article));
  return (
    (credits && label.some(({ text }) => pageWords.isCredit(text))) || label.some(({ text }) => pageWords.isTrade(text))
  );
}
