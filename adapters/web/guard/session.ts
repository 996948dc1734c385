/** What proves that somebody gave the password: a signed, expiring value. Nothing is kept of who they are. */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { AdapterState } from "../../../src/ports.ts";
import type { Runtime } from "../../../src/runtime.ts";

export interface Sessions {
  /** A value for the cookie, good from now on for as long as a session lasts. */
  issue(): string;
  /** Whether a cookie's value was issued here, for this password, and has not expired. */
  holds(value: string): boolean;
  /** Whether `given` is the password; takes as long for any wrong one. */
  isPassword(given: string): boolean;
}

export interface SessionsOptions {
  readonly password: string;
  readonly state: AdapterState;
  readonly runtime: Pick<Runtime, "now" | "uuid">;
  readonly sessionMs: number;
}

const secretName = "session-secret";
const secretTtlMs = 10 * 365 * 86_400_000;

/** The secret that every replica over this store shares. */
async function sharedSecret(state: AdapterState, runtime: Pick<Runtime, "uuid">): Promise<string> {
  const fresh = `${runtime.uuid()}${runtime.uuid()}`;
  await state.putOnce(secretName, fresh, secretTtlMs);
  return (await state.get(secretName)) ?? fresh;
}

function equal(left: Buffer, right: Buffer): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Sessions end with the password: the key they are signed with is made of it and of the secret in the store. */
export async function createSessions({ password, state, runtime, sessionMs }: SessionsOptions): Promise<Sessions> {
  const secret = await sharedSecret(state, runtime);
  const digest = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text, "utf8").digest();
  const key = digest(secret, `session of ${password}`);
  const expected = digest(secret, password);
  const sign = (expires: string) => digest(key, expires);

  return {
    issue() {
      const expires = String(runtime.now() + sessionMs);
      return `${expires}.${sign(expires).toString("base64url")}`;
    },
    holds(value) {
      const [, expires, signature] = /^(\d{1,15})\.([\w-]{43})$/.exec(value) ?? [];
      if (expires === undefined || signature === undefined) return false;
      return equal(Buffer.from(signature, "base64url"), sign(expires)) && Number(expires) > runtime.now();
    },
    isPassword: (given) => equal(digest(secret, given), expected),
  };
}
