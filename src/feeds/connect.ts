/** Opens connections to addresses that were checked, and to no others. */
import { isIP } from "node:net";
import { buildConnector } from "undici";

/** Opens one connection to a literal address. Tests record through it what is dialled. */
export type Dial = ReturnType<typeof buildConnector>;

/** Dials with TLS names checked; `timeoutMs` is for one address. */
export function createDial(timeoutMs: number): Dial {
  return buildConnector({ timeout: timeoutMs, allowH2: false, maxCachedSessions: 0 });
}

/**
 * A connector for undici that dials `addresses` in order until one answers, whatever name undici gives it: between check and
 * dial no name is resolved again, so it cannot come to mean another machine. TLS is still checked against `host`.
 */
export function connectTo(addresses: readonly string[], host: string, dial: Dial): Dial {
  return (options, callback) => {
    const attempt = (at: number): void => {
      const { servername: _, ...rest } = options;
      const name = options.protocol === "https:" && isIP(host) === 0 ? { servername: host } : {};
      dial({ ...rest, ...name, hostname: addresses[at]! }, (...result) => {
        if (result[0] && at + 1 < addresses.length) attempt(at + 1);
        else callback(...result);
      });
    };
    attempt(0);
  };
}
