/** Tells time that grows with the length of a text from time that grows with its square, on any machine. */

function fastest(run: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 3; round++) {
    const started = performance.now();
    run();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

/**
 * How many times longer `run` takes on 200,000 characters of repeated `unit` than on a quarter of them, leaving aside what
 * is too short to measure: about 4 for linear time, 16 for quadratic.
 */
export function growth(run: (text: string) => unknown, unit: string): number {
  const text = (length: number) => unit.repeat(Math.ceil(length / unit.length));
  const [short, long] = [text(50_000), text(200_000)];
  run(short);
  const before = fastest(() => run(short));
  return Math.max(0, fastest(() => run(long)) - 50) / Math.max(before, 5);
}

/** The most that still counts as linear. */
export const linearGrowth = 9;
