/** How much each address may still spend: token buckets in a bounded table. */

export interface Allowance {
  /** Spends `cost` of `key`; 0 when it could, else the milliseconds until it can. */
  spend(key: string, cost?: number): number;
  /** Gives `cost` back. */
  refund(key: string, cost?: number): void;
  /** How many keys are remembered. */
  readonly size: number;
}

export interface AllowanceOptions {
  /** What a key may spend at once. */
  readonly capacity: number;
  /** Milliseconds in which one comes back. */
  readonly refillMs: number;
  /** Keys that are remembered at once; beyond it the one that was longest unused is forgotten. */
  readonly remembered: number;
  readonly monotonic: () => number;
}

interface Bucket {
  left: number;
  at: number;
}

/** Makes an allowance that starts full for everybody. */
export function createAllowance({ capacity, refillMs, remembered, monotonic }: AllowanceOptions): Allowance {
  // In order of last use: a key is taken out and put in again each time.
  const buckets = new Map<string, Bucket>();

  function bucketOf(key: string): Bucket {
    const now = monotonic();
    const kept = buckets.get(key);
    const bucket = kept ?? { left: capacity, at: now };
    bucket.left = Math.min(capacity, bucket.left + (now - bucket.at) / refillMs);
    bucket.at = now;
    if (kept) buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > remembered && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  }

  return {
    spend(key, cost = 1) {
      const bucket = bucketOf(key);
      if (bucket.left < cost) return Math.ceil((cost - bucket.left) * refillMs);
      bucket.left -= cost;
      return 0;
    },
    refund(key, cost = 1) {
      const bucket = bucketOf(key);
      bucket.left = Math.min(capacity, bucket.left + cost);
    },
    get size() {
      return buckets.size;
    },
  };
}
