/** The other way in: Slack posts to the app's own address, signed, and takes the HTTP answer as the ack. */
import { createHmac } from "node:crypto";
import { request } from "node:http";
import type { Ack, Envelope, Transport } from "./delivery.ts";
import type { Json } from "./workspace.ts";

/** How a request is signed; `right` and now unless said. */
interface Signing {
  readonly signature?: "right" | "wrong" | "missing";
  /** How long ago the timestamp says it was sent. */
  readonly ageMs?: number;
}

/** Slack's side of signed HTTP. */
export interface SignedHttp extends Transport {
  /**
   * Where the app listens; several addresses are replicas behind a balancer and are used in turn. Asks for the challenge
   * first, like Slack; rejects where the app does not give it back.
   */
  setRequestUrl(...urls: readonly string[]): Promise<void>;
  /** Posts any body as it is. */
  post(body: string, type: string, signing?: Signing, headers?: Readonly<Record<string, string>>): Promise<Ack>;
  /** Gives up whatever is still waiting for an answer. */
  close(): void;
}

const json = "application/json";
const form = "application/x-www-form-urlencoded";

/** Signs with `signingSecret`; gives a request `windowMs` to be answered. */
export function createSignedHttp(signingSecret: string, windowMs: number): SignedHttp {
  const targets: URL[] = [];
  let turn = 0;
  const pending = new Set<() => void>();

  function headersFor(body: string, { signature = "right", ageMs = 0 }: Signing): Record<string, string> {
    const timestamp = String(Math.floor((Date.now() - ageMs) / 1_000));
    const secret = signature === "right" ? signingSecret : `${signingSecret} but another`;
    const hash = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return {
      "user-agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
      "x-slack-request-timestamp": timestamp,
      ...(signature !== "missing" && { "x-slack-signature": `v0=${hash}` }),
    };
  }

  function post(
    body: string,
    type: string,
    signing: Signing = {},
    extra: Readonly<Record<string, string>> = {},
    limitMs = windowMs,
  ): Promise<Ack> {
    const url = targets[turn++ % targets.length];
    if (!url) throw new Error("the double does not know the app's address: call slack.http.setRequestUrl(url) first");
    const started = performance.now();
    return new Promise((resolve) => {
      const end = (ack: Omit<Ack, "ms">) => {
        clearTimeout(timer);
        pending.delete(giveUp);
        resolve({ ...ack, ms: performance.now() - started });
      };
      const failed = (error: string) => end({ acked: false, body: null, status: null, error });
      const sent = request(
        url,
        {
          method: "POST",
          agent: false,
          headers: {
            ...headersFor(body, signing),
            ...extra,
            "content-type": type,
            "content-length": Buffer.byteLength(body),
          },
        },
        async (response) => {
          const parts: Buffer[] = [];
          try {
            for await (const part of response as AsyncIterable<Buffer>) parts.push(part);
          } catch (error) {
            return failed(String(error));
          }
          const status = response.statusCode ?? 0;
          const acked = status >= 200 && status < 300;
          end({
            acked,
            body: readBody(Buffer.concat(parts).toString("utf8")),
            status,
            error: acked ? null : `http_${status}`,
          });
        },
      );
      const giveUp = () => {
        failed("operation_timeout");
        sent.destroy();
      };
      const timer = setTimeout(giveUp, limitMs);
      pending.add(giveUp);
      sent.on("error", (error) => failed(error.message));
      sent.end(body);
    });
  }

  return {
    name: "http",
    post,
    close() {
      for (const giveUp of [...pending]) giveUp();
    },
    async setRequestUrl(...urls) {
      targets.splice(0, targets.length, ...urls.map((url) => new URL(url)));
      turn = 0;
      for (const url of urls) {
        const challenge = `challenge-${Date.now()}`;
        const ack = await post(JSON.stringify({ token: "verification", challenge, type: "url_verification" }), json);
        const said = typeof ack.body === "object" && ack.body !== null ? (ack.body as Json).challenge : ack.body;
        if (!ack.acked || said !== challenge)
          throw new Error(`${url} did not answer the challenge: ${ack.error ?? JSON.stringify(ack.body)}`);
      }
    },
    async send(envelope, limitMs) {
      if (targets.length === 0) return { acked: false, ms: 0, body: null, status: null, error: "dispatch_failed" };
      const retry: Record<string, string> =
        envelope.attempt > 0
          ? { "x-slack-retry-num": String(envelope.attempt), "x-slack-retry-reason": envelope.reason ?? "http_timeout" }
          : {};
      return post(bodyOf(envelope), envelope.type === "events_api" ? json : form, {}, retry, limitMs);
    },
  };
}

function bodyOf({ type, payload }: Envelope): string {
  if (type === "events_api") return JSON.stringify(payload);
  if (type === "interactive") return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(
    Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, String(value)])),
  ).toString();
}

function readBody(text: string): unknown {
  if (text === "") return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
