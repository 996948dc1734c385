/** How much one visitor may ask of this machine; the server's own limits are here too. */

/** What holds unless a test says otherwise. */
export interface WebLimits {
  /** Points that one address may spend at once, and how many come back each second; a page costs one, a question `askCost`. */
  readonly burst: number;
  readonly refillPerSecond: number;
  readonly askCost: number;
  /** Wrong passwords that one address, and everybody together, may give at once; one comes back each `wrongRefillMs`. */
  readonly wrongPasswords: number;
  readonly wrongPasswordsInAll: number;
  readonly wrongRefillMs: number;
  /** Addresses that are remembered at once. */
  readonly remembered: number;
  /** How long a password holds before it is asked for again. */
  readonly sessionMs: number;
  /** The longest address of a page, in bytes: a question of 2,000 characters, each written as nine, fits. */
  readonly longestUrl: number;
  /** The request's line and headers together, in bytes. */
  readonly longestHead: number;
  /** What a login may send, in bytes. Nothing else may send anything. */
  readonly longestBody: number;
  /** How long a client may take over its headers, and over its whole request. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How long a connection may stay silent, and how long one is kept after an answer. */
  readonly silentMs: number;
  readonly keepAliveMs: number;
  readonly connections: number;
  /** Of one address that is no trusted proxy. */
  readonly connectionsEach: number;
  /** How long what is in flight may take when the server stops. */
  readonly drainMs: number;
  /** How long `/ready` waits for store and search. */
  readonly readyMs: number;
}

export const usualLimits: WebLimits = {
  burst: 400,
  refillPerSecond: 20,
  askCost: 5,
  wrongPasswords: 8,
  wrongPasswordsInAll: 200,
  wrongRefillMs: 60_000,
  remembered: 20_000,
  sessionMs: 12 * 3_600_000,
  longestUrl: 20_000,
  longestHead: 32_768,
  longestBody: 4_096,
  headersMs: 10_000,
  requestMs: 15_000,
  silentMs: 30_000,
  keepAliveMs: 5_000,
  connections: 1_000,
  connectionsEach: 100,
  drainMs: 10_000,
  readyMs: 2_000,
};
