/** What changed between two texts: lines first, then the words of the lines that differ. */

/** A stretch of text that both have, or that only the earlier (`gone`) or the later one (`come`) has. */
export interface Difference {
  readonly kind: "same" | "gone" | "come";
  readonly text: string;
}

/** With more edits than this, what differs is shown as gone and come as a whole: nobody could read it word by word. */
const mostEdits = 400;
/** So many comparisons a call: text that repeats itself without end must not hold up everybody else. */
const mostSteps = 3_000_000;
/** Longer stretches that differ are not compared word by word. */
const longestByWord = 200_000;

/**
 * The shortest way from one list to the other, as Eugene Myers finds it ("An O(ND) difference algorithm", 1986); null
 * when it takes more than `mostEdits` edits, or too long to find.
 */
function edits(before: readonly string[], after: readonly string[]): readonly Difference["kind"][] | null {
  const trace: Int32Array[] = [];
  const offset = mostEdits + 1;
  const reached = new Int32Array(2 * offset + 1);
  let taken = 0;
  for (let d = 0; d <= mostEdits; d++) {
    trace.push(reached.slice());
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && reached[offset + k - 1]! < reached[offset + k + 1]!);
      let x = down ? reached[offset + k + 1]! : reached[offset + k - 1]! + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) {
        x++;
        taken++;
      }
      if (taken > mostSteps) return null;
      reached[offset + k] = x;
      if (x >= before.length && x - k >= after.length) return walkBack(trace, before.length, after.length);
    }
  }
  return null;
}

/** The steps that led to the end, first to last. */
function walkBack(trace: readonly Int32Array[], fromX: number, fromY: number): readonly Difference["kind"][] {
  const steps: Difference["kind"][] = [];
  const offset = mostEdits + 1;
  let [x, y] = [fromX, fromY];
  for (let d = trace.length - 1; d >= 0; d--) {
    const reached = trace[d]!;
    const k = x - y;
    const down = k === -d || (k !== d && reached[offset + k - 1]! < reached[offset + k + 1]!);
    const previous = down ? k + 1 : k - 1;
    const startX = d === 0 ? 0 : reached[offset + previous]!;
    const startY = startX - previous;
    const floorX = d === 0 ? 0 : down ? startX : startX + 1;
    while (x > floorX) {
      steps.push("same");
      x--;
      y--;
    }
    if (d > 0) steps.push(down ? "come" : "gone");
    [x, y] = [startX, d === 0 ? 0 : startY];
  }
  return steps.reverse();
}

/** How many tokens two lists share at their beginnings, or at their ends. */
function shared(before: readonly string[], after: readonly string[], side: "first" | "last", most: number): number {
  const at = (list: readonly string[], i: number) => (side === "first" ? list[i] : list[list.length - 1 - i]);
  let count = 0;
  while (count < most && at(before, count) === at(after, count)) count++;
  return count;
}

/** Neighbours of one kind as one. */
function joined(list: readonly Difference[]): readonly Difference[] {
  const found: Difference[] = [];
  for (const one of list) {
    const last = found.at(-1);
    if (one.text === "") continue;
    if (last?.kind === one.kind) found[found.length - 1] = { kind: one.kind, text: last.text + one.text };
    else found.push(one);
  }
  return found;
}

/** The differences of two lists of tokens. */
function between(before: readonly string[], after: readonly string[]): readonly Difference[] {
  const most = Math.min(before.length, after.length);
  const head = shared(before, after, "first", most);
  const tail = shared(before, after, "last", most - head);
  const [gone, come] = [before.slice(head, before.length - tail), after.slice(head, after.length - tail)];
  const steps = edits(gone, come) ?? [...gone.map(() => "gone" as const), ...come.map(() => "come" as const)];
  let [x, y] = [0, 0];
  const middle = steps.map((kind): Difference => {
    if (kind === "come") return { kind, text: come[y++]! };
    if (kind === "same") y++;
    return { kind, text: gone[x++]! };
  });
  return joined([
    { kind: "same", text: before.slice(0, head).join("") },
    ...middle,
    { kind: "same", text: before.slice(before.length - tail, before.length).join("") },
  ]);
}

function lines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function words(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}]+|[^\s\p{L}\p{N}\p{M}]/gu) ?? [];
}

/**
 * The way from `before` to `after`: `same` and `gone` joined are `before`, `same` and `come` joined are `after`. Lines
 * that differ are compared word by word; where nearly everything differs, the whole is given as gone and come.
 */
export function differences(before: string, after: string): readonly Difference[] {
  const found: Difference[] = [];
  const byLine = between(lines(before), lines(after));
  for (let i = 0; i < byLine.length; ) {
    if (byLine[i]!.kind === "same") {
      found.push(byLine[i]!);
      i += 1;
      continue;
    }
    let [gone, come] = ["", ""];
    for (; i < byLine.length && byLine[i]!.kind !== "same"; i++) {
      if (byLine[i]!.kind === "gone") gone += byLine[i]!.text;
      else come += byLine[i]!.text;
    }
    if (gone.length + come.length > longestByWord)
      found.push({ kind: "gone", text: gone }, { kind: "come", text: come });
    else found.push(...between(words(gone), words(come)));
  }
  return joined(found);
}
