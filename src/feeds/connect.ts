/** Opens connections to addresses that were checked, and to no others. */
import { isIP, Socket } from "node:net";
import { buildConnector } from "undici";

/** Opens one connection to a literal address. Tests record through it what is dialled. */
export type Dial = ReturnType<typeof buildConnector>;

/** Dials with TLS names checked; `timeoutMs` is for one address. */
export function createDial(timeoutMs: number): Dial {
  return buildConnector({ timeout: timeoutMs, allowH2: false, maxCachedSessions: 0 });
}

/**
 * A connector for undici that dials `addresses` in order until one answers, whatever name undici gives it: between check and
 * dial no name is resolved again, so it cannot come to mean another machine. TLS is still checked against `host`. Dialling
 * ends when `signal` aborts.
 */
export function connectTo(addresses: readonly string[], host: string, dial: Dial, signal: AbortSignal): Dial {
  return (options, callback) => {
    const attempt = (at: number): void => {
      const { servername: _, ...rest } = options;
      const name = options.protocol === "https:" && isIP(host) === 0 ? { servername: host } : {};
      let socket: unknown;
      const onAbort = (): void => {
        if (socket instanceof Socket) socket.destroy(new Error("Nobody waits for this connection any more."));
      };
      signal.addEventListener("abort", onAbort, { once: true });
      // undici's own connector returns the socket at once, though its type does not say so.
      socket = dial({ ...rest, ...name, hostname: addresses[at]! }, (...result) => {
        signal.removeEventListener("abort", onAbort);
        if (result[0] && at + 1 < addresses.length && !signal.aborted) attempt(at + 1);
        else callback(...result);
      });
    };
    attempt(0);
  };
}
