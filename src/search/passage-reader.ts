/** Reads a passage for the index: its words as term numbers, each with its impact and its places. */
import type { IndexedPassage } from "../store/store.ts";
import { isStopWord } from "../text/languages.ts";
import { uncachedStemmer } from "../text/stems.ts";
import { fold } from "../text/tokens.ts";
import { createWordReader, type WordReader } from "../text/word-reader.ts";
import { withRoom } from "./growing.ts";
import { bodyShare, impactOf, stretchOf, titleShare } from "./scoring.ts";
import type { Vocabulary } from "./vocabulary.ts";

/** A passage as read; valid until the next one is. The first `count` of each array. */
export interface PassageReading {
  count: number;
  terms: Uint32Array<ArrayBuffer>;
  impacts: Uint8Array<ArrayBuffer>;
  places: Uint8Array<ArrayBuffer>;
  /** A digest of the words of title and body, in order. */
  digest: number;
  /** The distinct words of content of the title (all of them where it has none), ascending. */
  titleTerms: Uint32Array;
}

export interface PassageReader {
  read(passage: Pick<IndexedPassage, "title" | "body" | "language">): PassageReading;
}

/** Words after which the table of words begins anew, to bound its memory. */
const wordLimit = 1 << 20;

/** A title as read: its words in order, as term × 2, plus 1 for a stop word. */
interface TitleReading {
  readonly title: string;
  readonly language: string;
  readonly words: Uint32Array;
  readonly distinct: Uint32Array;
  readonly digest: number;
}

/** From word numbers to terms in one language, filled as words come up: term × 2, plus 1 for a stop word; -1 when unknown. */
function createStemTable(vocabulary: Vocabulary, words: WordReader, language: string) {
  const stem = uncachedStemmer(language);
  let known = new Int32Array(1 << 12).fill(-1);

  return (word: number): number => {
    if (word < known.length) {
      const found = known[word]!;
      if (found !== -1) return found;
    } else {
      const filled = known.length;
      known = withRoom(known, word + 1).fill(-1, filled);
    }
    const accented = words.accented(word);
    const coded = vocabulary.intern(stem(accented)) * 2 + (isStopWord(fold(accented), language) ? 1 : 0);
    known[word] = coded;
    return coded;
  };
}

export function createPassageReader(vocabulary: Vocabulary): PassageReader {
  const reading: PassageReading = {
    count: 0,
    terms: new Uint32Array(256),
    impacts: new Uint8Array(256),
    places: new Uint8Array(256),
    digest: 0,
    titleTerms: new Uint32Array(0),
  };
  let words = createWordReader();
  let tables = new Map<string, (word: number) => number>();
  let lastTitle: TitleReading | null = null;
  // Two numbers a term, side by side: the passage it was last seen in, and its place in `reading` there.
  let seen = new Uint32Array(0);
  let titleCounts = new Uint32Array(256);
  let bodyCounts = new Uint32Array(256);
  let stamp = 0;

  function tableOf(language: string): (word: number) => number {
    if (words.size > wordLimit) {
      words = createWordReader();
      tables = new Map();
    }
    let table = tables.get(language);
    if (!table) {
      table = createStemTable(vocabulary, words, language);
      tables.set(language, table);
    }
    return table;
  }

  function readTitle(title: string, language: string): TitleReading {
    if (lastTitle && lastTitle.title === title && lastTitle.language === language) return lastTitle;
    const table = tableOf(language);
    const count = words.read(title);
    const coded = Uint32Array.from(words.ids.subarray(0, count), table);
    const content = coded.filter((code) => (code & 1) === 0);
    const distinct = new Set((content.length > 0 ? content : coded).map((code) => code >>> 1));
    const digest = coded.reduce((sum, code) => Math.imul(sum ^ (code + 1), 0x01000193), 0);
    lastTitle = { title, language, words: coded, distinct: Uint32Array.from(distinct).sort(), digest };
    return lastTitle;
  }

  /** Where the counts of a term are kept in this passage. */
  function slot(term: number): number {
    if (term * 2 + 2 > seen.length) seen = withRoom(seen, vocabulary.size * 2);
    if (seen[term * 2] === stamp) return seen[term * 2 + 1]!;
    const at = reading.count++;
    seen[term * 2] = stamp;
    seen[term * 2 + 1] = at;
    if (at === titleCounts.length) {
      titleCounts = withRoom(titleCounts, at + 1);
      bodyCounts = withRoom(bodyCounts, titleCounts.length);
      reading.terms = withRoom(reading.terms, titleCounts.length);
      reading.impacts = withRoom(reading.impacts, titleCounts.length);
      reading.places = withRoom(reading.places, titleCounts.length);
    }
    titleCounts[at] = 0;
    bodyCounts[at] = 0;
    reading.terms[at] = term;
    reading.places[at] = 0;
    return at;
  }

  function read({ title, body, language }: Pick<IndexedPassage, "title" | "body" | "language">): PassageReading {
    const titleRead = readTitle(title, language);
    const table = tableOf(language);
    reading.count = 0;
    stamp++;
    for (const code of titleRead.words) titleCounts[slot(code >>> 1)]!++;
    const length = words.read(body);
    const ids = words.ids;
    let digest = titleRead.digest;
    for (let position = 0; position < length; position++) {
      const code = table(ids[position]!);
      const term = code >>> 1;
      const at = slot(term);
      bodyCounts[at]!++;
      if ((code & 1) === 0) reading.places[at]! |= 1 << stretchOf(position, length);
      digest = Math.imul(digest ^ (term + 1), 0x01000193);
    }
    const perTitle = titleShare(titleRead.words.length);
    const perBody = bodyShare(length);
    for (let at = 0; at < reading.count; at++) {
      reading.impacts[at] = impactOf(titleCounts[at]! * perTitle + bodyCounts[at]! * perBody);
    }
    reading.digest = digest;
    reading.titleTerms = titleRead.distinct;
    return reading;
  }

  return { read };
}
