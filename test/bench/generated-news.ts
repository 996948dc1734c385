/**
 * A corpus of any size that resembles news in what matters to a search: word frequencies by rank, words that come back within
 * a document, inflected forms, passages of 60 to 100 words, a title over several passages. The words are invented, but for
 * the commonest, which are English function words. The same seed gives the same corpus.
 */
import { stopWordLists } from "../../src/text/stop-words.ts";

export interface GeneratedDocument {
  readonly id: string;
  readonly title: string;
  readonly bodies: readonly string[];
}

export interface GeneratedNews {
  /** Documents with `passages` passages in all. */
  documents(passages: number): Generator<GeneratedDocument>;
  /** Four to ten different words of content out of the title and a passage of `document`, in their order there. */
  question(document: GeneratedDocument): readonly string[];
}

const functionWords = stopWordLists.en!.split(/\s+/).slice(0, 120);
/**
 * The word of rank r has a frequency proportional to 1 / (r + shift) up to the kernel of the language, and beyond it to
 * 1 / r ^ steep (Ferrer i Cancho and Solé, 2001, "Two regimes in the frequency of words").
 */
const shift = 2.7;
const kernel = 8_000;
const steep = 1.9;
/** The rarest rank. */
const ranks = 5_000_000;
/** Share of the words of content that the document has used before. */
const repeated = 0.25;

const onsets = "b c d f g h j k l m n p r s t v w br dr st tr sh".split(" ");
const vowels = "a e i o u a e ea".split(" ");
const codas = ["", "n", "r", "l", "t", "", "m", "", "nd", ""];
/** Words of the kernel inflect; beyond it are names. */
const endings = ["", "", "", "", "s", "s", "ed", "ing"];

/** Numbers from 0 to 1 (mulberry32). */
function createChance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The word of a rank: a function word, or syllables that spell the rank. */
function wordOf(rank: number): string {
  if (rank < functionWords.length) return functionWords[rank]!;
  let rest = Math.imul(rank, 2_654_435_761) >>> 0;
  let word = "";
  for (let syllable = 0; syllable < (rank < 2_000 ? 1 : rank < 50_000 ? 2 : 3); syllable++) {
    word += onsets[rest % onsets.length]! + vowels[(rest >>> 5) % vowels.length]! + codas[(rest >>> 9) % codas.length]!;
    rest = Math.imul(rest ^ (rest >>> 13), 1_540_483_477) >>> 0;
  }
  return word;
}

export function createGeneratedNews(seed: number): GeneratedNews {
  const chance = createChance(seed);
  const whole = (below: number) => Math.floor(chance() * below);
  const kernelMass = Math.log((kernel + shift) / shift);
  const beyondMass = (1 - (kernel / ranks) ** (steep - 1)) / (steep - 1);
  const words: string[] = [];

  /** A rank by inversion of the integral of the frequencies. */
  function drawRank(): number {
    const mass = chance() * (kernelMass + beyondMass);
    if (mass < kernelMass) return Math.floor(shift * Math.exp(mass) - shift);
    return Math.floor(kernel * (1 - (mass - kernelMass) * (steep - 1)) ** (-1 / (steep - 1)));
  }

  function inflected(rank: number): string {
    words[rank] ??= wordOf(rank);
    const inflects = rank >= functionWords.length && rank < kernel;
    return inflects ? words[rank]! + endings[whole(endings.length)]! : words[rank]!;
  }

  function drawWord(used: number[]): string {
    if (used.length > 8 && chance() < repeated * 0.6) return inflected(used[whole(used.length)]!);
    const rank = drawRank();
    if (rank >= functionWords.length) used.push(rank);
    return inflected(rank);
  }

  function capitalised(word: string): string {
    return word[0]!.toUpperCase() + word.slice(1);
  }

  function sentence(used: number[], length: number): string {
    const drawn = Array.from({ length }, () => drawWord(used));
    const comma = whole(length);
    const written = drawn.map(
      (word, i) => (chance() < 0.06 ? capitalised(word) : word) + (i === comma && i + 1 < length ? "," : ""),
    );
    return `${capitalised(written.join(" "))}.`;
  }

  function body(used: number[]): string {
    const sentences: string[] = [];
    for (let left = 60 + whole(41); left > 0; ) {
      const length = Math.min(left, 12 + whole(18));
      sentences.push(sentence(used, length));
      left -= length;
    }
    return sentences.join(" ");
  }

  /** A headline: words of content of the document, few others. */
  function title(used: number[]): string {
    const drawn = Array.from({ length: 6 + whole(5) }, () =>
      chance() < 0.75 ? inflected(used[whole(used.length)]!) : drawWord(used),
    );
    return capitalised(drawn.join(" "));
  }

  return {
    *documents(passages) {
      for (let made = 0, document = 0; made < passages; document++) {
        const used: number[] = [];
        const count = Math.min(passages - made, 3 + whole(11));
        const bodies = Array.from({ length: count }, () => body(used));
        yield { id: `n-${document.toString(36).padStart(6, "0")}`, title: title(used), bodies };
        made += count;
      }
    },
    question({ title: heading, bodies }) {
      const content = `${heading} ${bodies[whole(bodies.length)]!}`
        .toLowerCase()
        .replace(/[.,]/g, "")
        .split(" ")
        .filter((word) => !functionWords.includes(word));
      const wanted = Math.min(4 + whole(7), content.length);
      const chosen = new Set<number>();
      while (chosen.size < wanted) chosen.add(whole(content.length));
      return [...new Set([...chosen].sort((a, b) => a - b).map((i) => content[i]!))];
    },
  };
}
