/** A store's history in memory, numbered as the embedded store numbers it: every passage and every removal takes a number. */
import type { Change, IndexedPassage } from "../../src/store/store.ts";

export interface MemoryDocument {
  readonly id: string;
  readonly title: string;
  readonly bodies: readonly string[];
  readonly collection?: string;
  readonly outlet?: string | null;
  readonly published?: string | null;
  readonly language?: string;
}

export interface MemorySource {
  sequence(): Promise<number>;
  changes(since: number): AsyncIterable<Change>;
  put(document: MemoryDocument): void;
  forget(id: string): void;
  /** Passages that are current, in order of their numbers. */
  passages(): IndexedPassage[];
}

export function createMemorySource(documents: readonly MemoryDocument[] = []): MemorySource {
  let sequence = 0;
  let current: IndexedPassage[] = [];
  const removals: { sequence: number; first: number; last: number }[] = [];
  const revisions = new Map<string, number>();

  function forget(id: string): void {
    const numbers = current.filter((passage) => passage.document === id).map((passage) => passage.number);
    if (numbers.length === 0) return;
    current = current.filter((passage) => passage.document !== id);
    removals.push({ sequence: ++sequence, first: numbers[0]!, last: numbers.at(-1)! });
  }

  function put(document: MemoryDocument): void {
    forget(document.id);
    const revision = (revisions.get(document.id) ?? 0) + 1;
    revisions.set(document.id, revision);
    let start = 0;
    for (const body of document.bodies) {
      current.push({
        number: ++sequence,
        document: document.id,
        revision,
        start,
        end: start + body.length,
        collection: document.collection ?? "main",
        outlet: document.outlet ?? null,
        published: document.published ?? null,
        language: document.language ?? "en",
        title: document.title,
        body,
      });
      start += body.length + 2;
    }
  }

  async function* changes(since: number): AsyncGenerator<Change> {
    const until = sequence;
    const adds = current.filter((passage) => passage.number > since);
    const removes = removals.filter((removal) => removal.sequence > since && removal.first <= since);
    let next = 0;
    for (const removal of [...removes, { sequence: until + 1, first: 0, last: 0 }]) {
      while (next < adds.length && adds[next]!.number < removal.sequence) {
        const passages = adds.slice(next, next + 2).filter((passage) => passage.number < removal.sequence);
        next += passages.length;
        yield { kind: "add", sequence: passages.at(-1)!.number, passages };
      }
      if (removal.sequence <= until) yield { kind: "remove", ...removal };
    }
  }

  for (const document of documents) put(document);
  return { sequence: async () => sequence, changes, put, forget, passages: () => current };
}
